// What a reader has chosen once and for all, theme and depth, is kept in the browser and put on <html> before the first paint. These
// are the scripts that do it, as texts. They stand apart from the buttons: a text taken from a client file comes to the page as a
// reference, and where its file is late, React begins <head> twice, misses the body and draws the whole document anew.

export const THEME_KEY = 'fencepost-theme';
export const DEPTH_KEY = 'fencepost-depth';

/** Runs in the head. Without a choice, or without script, the system's theme holds. */
export const themeScript = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

/** Runs in the head. Without a choice, or without script, everything is shown. */
export const depthScript = `try{var d=localStorage.getItem('${DEPTH_KEY}');if(d==='mid'||d==='senior')document.documentElement.dataset.depth=d}catch(e){}`;
