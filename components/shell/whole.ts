// A phone lays out a lesson as it is read, and guesses how high the rest is (globals.css). That is no ground to land on: whoever
// comes back to where they were, reloads, or follows a link to a place inside another page would end up beside it. Such a page is
// laid out whole, at the cost of the time that guessing saves. The next page that begins at its top is guessed again.

/** Runs in the head, so that it knows before the place is looked for. A place in the address of a fresh page needs no help: the
    browser keeps aiming at it until all is there. */
export const wholeScript = `try{let h=document.documentElement.dataset,w=()=>{h.whole=''},n=performance.getEntriesByType('navigation')[0];if(n&&n.type!='navigate')w();addEventListener('popstate',w);self.navigation?.addEventListener('currententrychange',e=>{if(location.hash)w();else if(e.navigationType=='push')delete h.whole})}catch(e){}`;
