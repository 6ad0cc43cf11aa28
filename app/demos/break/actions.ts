'use server';
// Keeps a level that was won. The server does not take the page's word for it: a break must replay, a claim must hold.
import { z } from 'zod';
import { breakLevelById } from '#content/levels/index.ts';
import { LONGEST, movesToBreak, verdictOn } from '#content/levels/judgement.ts';
import { action } from '#lib/server/action.ts';
import { keepLevel } from '#lib/server/levels.ts';

const name = z.string().min(1).max(80);
const script = z.array(z.string().min(1).max(200)).max(LONGEST);
const noLevel = { kind: 'no-such-level' } as const;
const notWon = { kind: 'not-won' } as const;

const runKeepBreak = action(
  z.strictObject({ level: name, script }),
  async (viewer, input) => {
    const level = breakLevelById(input.level);
    const moves = level && movesToBreak(level, input.script);
    if (!level || moves === null || moves === undefined) return notWon;
    await keepLevel(viewer.id, level.id, moves, Date.now());
    return { kind: 'saved' } as const;
  },
  (input) => {
    const level = breakLevelById(input.level);
    if (!level) return noLevel;
    return movesToBreak(level, input.script) === null ? notWon : null;
  },
);

/** `script` is the learner's run up to the break. */
export async function keepBreak(input: { level: string; script: string[] }) {
  return runKeepBreak(input);
}

const runKeepClaim = action(
  z.strictObject({ level: name }),
  async (viewer, { level }) => {
    await keepLevel(viewer.id, level, 0, Date.now());
    return { kind: 'saved' } as const;
  },
  (input) => {
    const level = breakLevelById(input.level);
    if (!level) return noLevel;
    return verdictOn(level).kind === 'holds' ? null : notWon;
  },
);

/** A level that no schedule breaks, for somebody who said so. */
export async function keepClaim(input: { level: string }) {
  return runKeepClaim(input);
}
