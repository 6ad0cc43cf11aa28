// What a level's page and its worker say to each other. A level is plain data, so the worker needs no registry of its own. A claim
// that is wrong is answered without the schedule, so that the page cannot give it away.
import type { Advice } from '#content/levels/judgement.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import type { Picks, RepairLevel } from '#content/levels/repair.ts';
import type { Judged } from '#content/levels/repair-judgement.ts';
import type { Progress } from '#lib/lock/index.ts';

export type LevelOrder =
  | { readonly ask: 'holds'; readonly level: BreakLevel }
  | { readonly ask: 'advice'; readonly level: BreakLevel; readonly script: readonly string[] }
  | { readonly ask: 'repair'; readonly level: RepairLevel; readonly picks: Picks };
export type LevelNews =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'holds'; readonly words: string }
  | { readonly kind: 'breaks' }
  | { readonly kind: 'unknown'; readonly words: string }
  | { readonly kind: 'advice'; readonly advice: Advice }
  | { readonly kind: 'repair'; readonly judged: Judged }
  | { readonly kind: 'failed'; readonly why: string };
/** The news that ends an order. */
export type LevelAnswer = Exclude<LevelNews, { kind: 'progress' }>;
