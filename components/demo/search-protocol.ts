// What the page and its search worker say to each other. Ids only: a scenario holds functions' worth of meaning, and the
// worker has the same registry.
import type { Progress, PropertyId, Verdict } from '#lib/lock/index.ts';

export type SearchOrder = { readonly scenario: string; readonly property: PropertyId };
export type SearchNews =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly why: string };
