// A card's state is the fold of its log. The log is append-only: an undo is one more row, so nothing that happened is lost
// and the version, which counts rows, only ever grows. `CardState` in the database caches what this file computes.
import { type GradeNumber, graded, type Memory, newMemory } from './schedule.ts';

export type CardEvent = { readonly id: string; readonly at: number } & (
  | { readonly kind: 'grade'; readonly grade: GradeNumber }
  /** Takes back the newest grade or setting aside that still stands. */
  | { readonly kind: 'undo'; readonly undoes: string }
  /** Puts the card into the queue of today: kept from a lesson, or missed in a quiz. Takes it back if it was set aside. */
  | { readonly kind: 'bring' }
  /** Out of every queue, with all that is remembered of it, until it is taken back. */
  | { readonly kind: 'aside' }
  | { readonly kind: 'back' }
);

/** What still counts, in order: everything but the undos and what they took back. */
function standing(events: readonly CardEvent[]): readonly CardEvent[] {
  const undone = new Set(events.flatMap((event) => (event.kind === 'undo' ? [event.undoes] : [])));
  return events.filter((event) => event.kind !== 'undo' && !undone.has(event.id));
}

/** The memory after these events in order; null when there are none. */
export function fold(cardId: string, events: readonly CardEvent[]): Memory | null {
  const first = events[0];
  if (!first) return null;
  return standing(events).reduce((memory, event) => applied(cardId, memory, event), newMemory(first.at));
}

function applied(cardId: string, memory: Memory, event: CardEvent): Memory {
  if (event.kind === 'grade') return graded(cardId, memory, event.grade, event.at);
  return event.kind === 'bring' ? { ...memory, due: Math.min(memory.due, event.at) } : memory;
}

const takesBack = ({ kind }: CardEvent) => kind === 'back' || kind === 'bring';

/** Whether the card is set aside after these events. Its memory knows nothing of it. */
export function isAside(events: readonly CardEvent[]): boolean {
  const last = standing(events).findLast((event) => event.kind === 'aside' || takesBack(event));
  return last?.kind === 'aside';
}

/** What an undo would take back: the newest grade that still stands, or a setting aside if nothing has taken the card back since. */
export function lastStanding(events: readonly CardEvent[]): string | null {
  const counts = standing(events);
  const back = counts.findLastIndex(takesBack);
  return counts.findLast(({ kind }, at) => kind === 'grade' || (kind === 'aside' && at > back))?.id ?? null;
}
