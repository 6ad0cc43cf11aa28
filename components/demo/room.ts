// How wide a timeline is drawn. One that is only a little wider than its place is drawn closer instead of cut off, since a
// scroller that hides one letter looks broken; one that is much wider scrolls.
import { type RefObject, useEffect, useState } from 'react';
import type { System } from '#lib/lock/index.ts';
import { pictureOf } from './layout.ts';
import { stretchFor } from './scale.ts';
import { firstTrace } from './trace-of.ts';

const A_LITTLE = 1.12;

/** By the run that the demo opens with, like `stretchFor`: the scale must not change with a move taken. */
export function fitted(system: System, room: number | null): number {
  const trace = firstTrace(system);
  const natural = stretchFor(trace);
  let stretch = natural;
  // The words at the right end keep their width, so the gaps give a little more than their share; rounding may ask again.
  for (let tries = 0; room !== null && tries < 4; tries += 1) {
    const { width, stepX } = pictureOf(trace, system.scenario, stretch);
    if (width <= room) return stretch;
    if (tries === 0 && width > room * A_LITTLE) return natural;
    const gaps = stepX.at(-1) ?? width;
    stretch *= Math.max(0.5, (gaps - (width - room) - 2) / gaps);
  }
  return stretch;
}

/** The width that is left for the drawing beside the names of the lanes; null until it is known. */
export function useRoom(holder: RefObject<HTMLElement | null>): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useEffect(() => {
    const box = holder.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      const names = box.querySelector<HTMLElement>('[data-names]');
      if (names && box.clientWidth > 0) setRoom(box.clientWidth - names.offsetWidth);
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [holder]);
  return room;
}
