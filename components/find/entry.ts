// One thing that can be found: where it is, what it is called and the words it may be found by.

/** In the order in which equally good hits stand. */
export const kinds = [
  'lesson',
  'use case',
  'heading',
  'demo',
  'level',
  'card',
  'question',
  'drill',
  'source',
  'page',
] as const;
export type Kind = (typeof kinds)[number];

export type Entry = {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  /** More words to be found by; the first line of them may be shown. */
  readonly text: string;
  readonly href: string;
};
