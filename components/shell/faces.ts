// Words first, faces after. On a first visit a page is painted in stand-ins of the same measure (globals.css), and the fonts are
// asked for once the words are there, so that they do not compete with them for a slow line. From then on they are in the
// browser's cache, and are used from the start. Without script they are, too.

const key = 'fencepost-faces';

/** Runs in the head, before anything is painted. */
export const facesScript = `try{if(!localStorage.getItem('${key}')){let d=document,h=d.documentElement.dataset,p=()=>{d.fonts.addEventListener('loadingdone',()=>localStorage.setItem('${key}','1'));delete h.wordsFirst};h.wordsFirst='';new PerformanceObserver((l,o)=>{o.disconnect();p()}).observe({type:'paint',buffered:true});addEventListener('load',()=>setTimeout(p,3000))}}catch(e){}`;
