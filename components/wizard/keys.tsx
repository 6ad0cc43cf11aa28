'use client';
// The two things that a page of plain links cannot do: the keys 1 to 9 follow an answer, and after a press the focus goes to
// the new heading, so that a reader who hears the page hears the next question. Without script nothing is missing but these.
import { useEffect } from 'react';

/** What was shown last, kept outside the component because moving from page to page may mount it anew. */
let shown: string | null = null;

export function WizardKeys({ address }: { address: string }) {
  useEffect(() => {
    if (shown !== null && shown !== address) {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (heading) {
        heading.tabIndex = -1;
        heading.style.outline = 'none';
        heading.focus({ preventScroll: true });
      }
    }
    shown = address;
  }, [address]);

  useEffect(() => {
    function follow(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      const target = event.target;
      if (target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable], dialog')) return;
      document.querySelector<HTMLAnchorElement>(`main a[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
    window.addEventListener('keydown', follow);
    return () => window.removeEventListener('keydown', follow);
  }, []);

  return null;
}
