// The registry of the campaign, in the order in which it is played.
import { firstLocks } from './first-locks.ts';
import type { BreakLevel } from './level.ts';

export type Chapter = { readonly title: string; readonly levels: readonly BreakLevel[] };

export const chapters: readonly Chapter[] = [{ title: 'A lock, and a pause', levels: firstLocks }];

export const breakLevels: readonly BreakLevel[] = chapters.flatMap(({ levels }) => levels);

export function breakLevelById(id: string): BreakLevel | undefined {
  return breakLevels.find((level) => level.id === id);
}
