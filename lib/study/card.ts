// A recall card as the course's authors write it. Its text lives in git; what a learner remembers of it lives in the
// database, joined by the permanent id.

/**
 * Ways to ask: a question, a gap to fill, a number to type, a sum whose numbers change, which lock is meant, what comes next in a
 * run, a command to recall.
 */
export const cardKinds = ['question', 'cloze', 'number', 'sum', 'which', 'next', 'command'] as const;
export type CardKind = (typeof cardKinds)[number];

/** For whom a passage, card or question is meant: each depth contains those before it. */
export const depths = ['mid', 'senior', 'staff'] as const;
export type Depth = (typeof depths)[number];

export type Card = {
  readonly id: string;
  readonly kind: CardKind;
  readonly question: string;
  readonly answer: string;
  /** Keys of content/sources.ts. */
  readonly cites: readonly string[];
  readonly depth: Depth;
  readonly tags: readonly string[];
  /** Cards that are easily confused share the name of their set. */
  readonly contrast?: string | undefined;
  /** The demo that shows it. */
  readonly demo?: string | undefined;
  /** For kind `sum`: the numeric drill that makes question and answer. What stands here is the course's own example. */
  readonly sum?: string | undefined;
  /** For kinds `number` and `sum`: what is to be typed, how far off is still right, and in what it is counted. */
  readonly value?: number | undefined;
  readonly tolerance?: number | undefined;
  readonly unit?: string | undefined;
  /** The slug of the lesson in which the card stands. */
  readonly lesson: string;
  /** The anchor of the heading under which it stands; null before the first. */
  readonly heading: string | null;
};

/** `1 card`, `12 cards`. */
export const cardsOf = (count: number): string => (count === 1 ? '1 card' : `${count} cards`);
