// One thing that can be found: where it is, what it is called and the words it may be found by.

/** In the order in which equally good hits stand. */
export const kinds = [
  'lesson',
  'use case',
  'page',
  'heading',
  'demo',
  'level',
  'card',
  'question',
  'history',
  'drill',
  'source',
] as const;
export type Kind = (typeof kinds)[number];

export type Entry = {
  /** Its kind, and the name it has in its address, by which it is found as well. */
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  /** More words to be found by; a heading's are shown, they are its lesson. */
  readonly text: string;
  /** The words of the paragraphs there, each once and in no order; found last. */
  readonly words?: string;
  readonly href: string;
};
