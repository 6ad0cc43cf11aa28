'use client';
// At the end of a lesson: how many of its questions and cards are deeper than its reader has chosen to read, and a button that shows
// them. Which line stands is settled by globals.css before the first paint, so nothing moves when the page comes alive.
import { useEffect, useRef, useState } from 'react';
import { chooseDepth, useDepth } from '#components/shell/depth.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Depth } from '#lib/study/card.ts';
import type { Hidden } from '#lib/study/depth.ts';

/** Shows what a link leads to, even where it is deeper. */
function showTarget(): void {
  const target = document.getElementById(window.location.hash.slice(1));
  const passage = target?.closest('[data-passage]');
  if (!target || !passage || getComputedStyle(passage).display !== 'none') return;
  passage.setAttribute('data-shown', '');
  target.scrollIntoView();
}

export function HiddenLines({ hidden }: { hidden: readonly Hidden[] }) {
  const depth = useDepth();
  const [opened, setOpened] = useState<Depth | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone with its line.
  useEffect(() => {
    if (opened !== null) told.current?.focus();
  }, [opened]);
  useEffect(() => {
    showTarget();
    // A link of the router changes the address without a hashchange; browsers that can say so are asked to.
    const { navigation } = window as { navigation?: EventTarget };
    window.addEventListener('hashchange', showTarget);
    navigation?.addEventListener('currententrychange', showTarget);
    return () => {
      window.removeEventListener('hashchange', showTarget);
      navigation?.removeEventListener('currententrychange', showTarget);
    };
  }, []);
  return (
    <>
      {hidden.map(({ chosen, says, shownAt }) => (
        <p
          key={chosen}
          data-hidden-at={chosen}
          className="flex flex-wrap items-center gap-x-2 font-sans text-[0.9375rem] text-muted"
        >
          {says}
          <Button
            variant="plain"
            size="small"
            className="px-0!"
            onClick={() => {
              chooseDepth(shownAt);
              setOpened(shownAt);
            }}
          >
            Show them
          </Button>
        </p>
      ))}
      {opened !== null && opened === depth && (
        <p ref={told} tabIndex={-1} className="font-sans text-[0.9375rem] text-muted outline-none">
          All questions and cards are shown.
        </p>
      )}
    </>
  );
}
