// F12 of the fact sheet, with three servers instead of five: a server that comes back without what it knew is a server that votes
// again. The cures are a disk that is written before the answer, or a restart that is delayed by the longest TTL.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const redlockRestart: Scenario = failing('F12', {
  id: 'redlock-restart',
  title: 'Redlock, and a server that forgets',
  lesson: 'redlock',
  point: 'One of A’s servers crashes and comes back empty, and with it B has a majority, too.',
  expect: { 'one-believer': 'violated' },
  states: 31520,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis1: SET lock A1 NX PX 30',
    'deliver A→redis3: SET lock A1 NX PX 30',
    'deliver B→redis1: SET lock B1 NX PX 30',
    'deliver B→redis2: SET lock B1 NX PX 30',
    'deliver A→redis2: SET lock A1 NX PX 30',
    'crash redis3',
    'deliver redis1→A: OK',
    'deliver redis2→B: OK',
    'deliver redis3→A: OK',
    'deliver redis2→A: nil',
    'deliver redis1→B: nil',
    'A: read',
    'deliver A→store: read',
    'timer B: no answer',
    'deliver store→A: value 0',
    'A: work',
    'deliver B→redis1: DELEX lock IFEQ B1',
    'deliver B→redis2: DELEX lock IFEQ B1',
    'restart redis3',
    'timer B: ask again',
    'deliver B→redis1: SET lock B1.1 NX PX 30',
    'deliver B→redis2: SET lock B1.1 NX PX 30',
    'deliver B→redis3: SET lock B1.1 NX PX 30',
    'deliver redis2→B: OK',
    'deliver redis3→B: OK',
  ],
});
