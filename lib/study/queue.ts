// Which card comes next in a review. Learning steps are minutes long, so a card graded Again waits in the same session; while
// other cards are there it waits for its time, and when nothing else is left it may come a little early.
import type { Memory } from './schedule.ts';

export type QueuedCard = {
  readonly id: string;
  readonly memory: Memory;
  readonly version: number;
  /** Its learner was certain of something about it, and wrong: when it is due, it comes before all others. */
  readonly front?: boolean | undefined;
  /** Set aside by its learner: never asked. */
  readonly aside?: boolean | undefined;
  /** Chosen to be studied before it is due: asked once, after all that is due. */
  readonly ahead?: boolean | undefined;
};

/** A learning card may be shown this early when nothing else is left, in milliseconds. */
export const learnAhead = 20 * 60_000;

export type Counts = { readonly fresh: number; readonly learning: number; readonly review: number };

const isLearning = (card: QueuedCard) => card.memory.state === 1 || card.memory.state === 3;

/** Cards still to be seen in this session, in the order in which they come. */
export function remaining<C extends QueuedCard>(cards: readonly C[], now: number): readonly C[] {
  const asked = cards.filter((card) => !card.aside);
  const isAhead = (card: C) => card.ahead === true && card.memory.due > now;
  const inSession = asked.filter(
    (card) => !isAhead(card) && card.memory.due <= now + (isLearning(card) ? learnAhead : 0),
  );
  const front = inSession.filter((card) => card.front && card.memory.due <= now);
  const others = inSession.filter((card) => !front.includes(card));
  const ripe = others.filter((card) => isLearning(card) && card.memory.due <= now);
  const early = others.filter((card) => isLearning(card) && card.memory.due > now);
  const byDue = (one: C, two: C) => one.memory.due - two.memory.due;
  return [
    ...front,
    ...ripe.sort(byDue),
    ...others.filter((card) => card.memory.state === 2),
    ...others.filter((card) => card.memory.state === 0),
    ...asked.filter(isAhead),
    ...early.sort(byDue),
  ];
}

export function countsOf(cards: readonly QueuedCard[]): Counts {
  return {
    fresh: cards.filter((card) => card.memory.state === 0).length,
    learning: cards.filter(isLearning).length,
    review: cards.filter((card) => card.memory.state === 2).length,
  };
}
