// The registry of the campaign, in the order in which it is played.
import { fencing } from './fencing.ts';
import { firstLocks } from './first-locks.ts';
import { leases } from './leases.ts';
import type { BreakLevel } from './level.ts';
import { lockServices, redlocks } from './lock-services.ts';
import { releases } from './releases.ts';
import type { RepairLevel } from './repair.ts';
import { repairLevels } from './repairs.ts';

export type Chapter = { readonly title: string; readonly levels: readonly BreakLevel[] };

export const chapters: readonly Chapter[] = [
  { title: 'A lock, and a pause', levels: firstLocks },
  { title: 'A lease is about time', levels: leases },
  { title: 'Giving it back', levels: releases },
  { title: 'The lock service fails, too', levels: lockServices },
  { title: 'Redlock', levels: redlocks },
  { title: 'At the door of the resource', levels: fencing },
];

export const breakLevels: readonly BreakLevel[] = chapters.flatMap(({ levels }) => levels);

export { repairLevels };

export function breakLevelById(id: string): BreakLevel | undefined {
  return breakLevels.find((level) => level.id === id);
}

export function repairLevelById(id: string): RepairLevel | undefined {
  return repairLevels.find((level) => level.id === id);
}
