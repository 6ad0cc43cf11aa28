// F5 of the fact sheet, Kleppmann's first example against Redlock, with three servers instead of five. A key of Redis ends by the
// wall clock of its server, and a wall clock may be set.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const redlockClockJump: Scenario = failing('F5', {
  id: 'redlock-clock-jump',
  title: 'Redlock, and one clock that jumps',
  lesson: 'redlock',
  point: 'A has a majority, the clock of one of its servers jumps past the TTL, and that server helps B to a majority.',
  expect: { 'one-believer': 'violated' },
  states: 4761,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis1: SET lock A1 NX PX 30',
    'deliver A→redis3: SET lock A1 NX PX 30',
    'deliver B→redis1: SET lock B1 NX PX 30',
    'deliver B→redis2: SET lock B1 NX PX 30',
    'deliver A→redis2: SET lock A1 NX PX 30',
    'set the clock of redis3 forward 60 ms',
    'deliver B→redis3: SET lock B1 NX PX 30',
    'deliver redis1→A: OK',
    'deliver redis2→B: OK',
    'deliver redis3→A: OK',
    'deliver redis3→B: OK',
  ],
});
