// What of a lesson is taught otherwise than when somebody read it.
import type { Revision } from './schema.ts';

type Revised = { readonly revised: readonly Revision[] };

/** When the lesson was last corrected; null where it never was. */
export function lastRevised({ revised }: Revised): Date | null {
  const last = revised.at(-1);
  return last ? new Date(last.at) : null;
}

/** How many corrections are newer than this reading. They are the last ones of the list. */
export function revisedSince({ revised }: Revised, readAt: Date): number {
  return revised.filter(({ at }) => readAt.getTime() < Date.parse(at)).length;
}
