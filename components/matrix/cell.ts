// What the page of the matrix knows about each cell. Plain values, made ahead on the server, so that sorting and choosing in the
// browser need neither the engine nor another request.
import type { PropertyId } from '#lib/lock/index.ts';

export type Mark =
  | { readonly kind: 'holds'; readonly states: number; readonly href: string }
  /** `faults` of them are in the shortest run that breaks it, which may be none although one was allowed. */
  | { readonly kind: 'broken'; readonly faults: number; readonly moves: number; readonly href: string }
  | { readonly kind: 'unknown'; readonly states: number; readonly href: string }
  /** The question makes no sense here, and `why` is a sentence. */
  | { readonly kind: 'senseless'; readonly why: string };

/** A lock with its marks, one for each trouble, without and with fencing. */
export type Row = {
  readonly lock: string;
  readonly title: string;
  readonly off: readonly Mark[];
  readonly on: readonly Mark[];
};

/** The three questions, in the words of a heading. The order is that of the interview: what is believed, done, waited for. */
export const QUESTIONS: readonly { readonly id: PropertyId; readonly name: string; readonly asks: string }[] = [
  { id: 'one-believer', name: 'One believer', asks: 'Can two clients believe at once that they hold the lock?' },
  { id: 'no-lost-update', name: 'No lost update', asks: 'Can an update that was accepted be lost?' },
  { id: 'nobody-stuck', name: 'Nobody stuck', asks: 'Can somebody wait for longer than the lock promises?' },
];

/** The one at /demos/matrix itself: the only one that fencing changes. */
export const FIRST: PropertyId = 'no-lost-update';

export function addressOf(property: PropertyId): string {
  return property === FIRST ? '/demos/matrix' : `/demos/matrix/${property}`;
}
