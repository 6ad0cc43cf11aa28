// A recall card as the course's authors write it. Its text lives in git; what a learner remembers of it lives in the
// database, joined by the permanent id.

export type Card = {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  /** Keys of content/sources.ts. */
  readonly cites: readonly string[];
  /** The slug of the lesson in which the card stands. */
  readonly lesson: string;
};
