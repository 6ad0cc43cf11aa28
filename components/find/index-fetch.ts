// The index comes over the network once, and the search over it is made when it is first wanted: fetching costs a page at rest nothing,
// making takes a moment.
import type { Entry } from './entry.ts';
import { type Finder, finderOf } from './finder.ts';

let entries: Promise<readonly Entry[]> | undefined;
let made: Finder | undefined;

/** If it fails, the next wish asks again. */
export function fetchIndex(): Promise<readonly Entry[]> {
  entries ??= fetch('/find.json').then((response) => {
    if (!response.ok) throw new Error(`find.json answered ${response.status}`);
    return response.json();
  });
  entries.catch(() => {
    entries = undefined;
  });
  return entries;
}

export async function makeFinder(): Promise<Finder> {
  if (made) return made;
  const all = await fetchIndex();
  // The dialog is painted first: a frame is drawn before the timer that is set in it.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  made ??= finderOf(all);
  return made;
}
