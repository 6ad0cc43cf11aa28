'use server';
// Keeps a repair. The server searches for itself before it believes that nothing breaks.
import { z } from 'zod';
import { repairLevelById } from '#content/levels/index.ts';
import { arePicks } from '#content/levels/repair.ts';
import { costOf, judge } from '#content/levels/repair-judgement.ts';
import { action } from '#lib/server/action.ts';
import { keepLevel } from '#lib/server/levels.ts';

const input = z.strictObject({
  level: z.string().min(1).max(80),
  picks: z.array(z.int().nonnegative().max(20)).max(20),
});

function costOfRepair({ level: id, picks }: z.output<typeof input>): number | null {
  const level = repairLevelById(id);
  if (!level || !arePicks(level, picks) || judge(level, picks).kind !== 'holds') return null;
  return costOf(level, picks)?.total ?? null;
}

const runKeepRepair = action(
  input,
  async (viewer, repair) => {
    const cost = costOfRepair(repair);
    if (cost === null) return { kind: 'not-won' } as const;
    await keepLevel(viewer.id, repair.level, cost, Date.now());
    return { kind: 'saved' } as const;
  },
  (repair) => {
    if (!repairLevelById(repair.level)) return { kind: 'no-such-level' } as const;
    return costOfRepair(repair) === null ? ({ kind: 'not-won' } as const) : null;
  },
);

export async function keepRepair(repair: { level: string; picks: number[] }) {
  return runKeepRepair(repair);
}
