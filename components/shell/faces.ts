// Words first, faces after. On a first visit a page is painted in stand-ins of the same measure (globals.css), and the fonts are
// asked for once the words are there, so that they do not compete with them for a slow line. They are put on all at once, so that
// the page is laid out one more time and no more. From then on they are in the browser's cache, and are used from the start.
// Without script they are, too.

const key = 'fencepost-faces';

/** Runs in the head, before anything is painted. Italics are asked for only where a page has some; stand-ins are on the
    machine, or not. */
export const facesScript = `try{if(!localStorage.getItem('${key}')){let d=document,h=d.documentElement.dataset,a,p=()=>{if(a)return;a=1;Promise.all([...d.fonts].filter(f=>!/stand-in/.test(f.family)&&(f.style=='normal'||d.querySelector('em,i'))).map(f=>f.load())).then(()=>localStorage.setItem('${key}','1')).catch(()=>{}).then(()=>{delete h.wordsFirst})};h.wordsFirst='';new PerformanceObserver((l,o)=>{o.disconnect();p()}).observe({type:'paint',buffered:true});addEventListener('load',()=>setTimeout(p,3000))}}catch(e){}`;
