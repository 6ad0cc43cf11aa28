// What the page and its search worker say to each other. A scenario is plain JSON, so it travels as it is; the actors made of it are
// functions and cannot.
import type { Progress, PropertyId, Scenario, Verdict } from '#lib/lock/index.ts';

export type SearchOrder = { readonly scenario: Scenario; readonly property: PropertyId };
export type SearchNews =
  /** The hash of the run that the demo opens with, as the worker makes it: page and worker must be of one mind about the engine. */
  | { readonly kind: 'begun'; readonly hash: string }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'failed' };
