'use client';
// What is filled in and checked with one button, or with Enter. It is no form, although it acts like one: as a page loads, browsers
// look through each of its forms for what they could fill in, and lay it out to see whether it shows. A lesson has up to ten.
import type { ReactNode, RefObject } from 'react';

type Box = RefObject<HTMLDivElement | null>;

/** Whether each field takes what is in it. The first that does not says so. */
export function sheetIsFit(box: Box): boolean {
  const unfit = box.current?.querySelector<HTMLInputElement>('input:invalid');
  unfit?.reportValidity();
  return !unfit;
}

export function AnswerSheet({ box, check, children }: { box?: Box; check: () => void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields in it
    <div
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        check();
      }}
    >
      {children}
    </div>
  );
}
