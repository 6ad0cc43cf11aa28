// What the page and its search worker say to each other. A scenario is plain JSON, so it travels as it is; the actors made of it are
// functions and cannot.
import type { Progress, PropertyId, Scenario, Verdict } from '#lib/lock/index.ts';

export type SearchOrder = { readonly scenario: Scenario; readonly property: PropertyId };
export type SearchNews =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'failed' };
