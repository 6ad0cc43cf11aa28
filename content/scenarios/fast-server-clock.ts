// F6 of the fact sheet: a clock need not jump to be wrong. This one runs half as fast again as it should, far beyond real drift, so
// that the difference shows within one lease.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const fastServerClock: Scenario = failing('F6', {
  id: 'fast-server-clock',
  title: 'A lock server whose clock runs fast',
  lesson: 'leases',
  point: 'The server counts the lease faster than its holder does, and gives the lock away while A counts on it.',
  expect: { 'one-believer': 'violated' },
  states: 2772,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→A: OK token 1',
    'deliver redis→B: nil',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: work',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'the clock of redis ticks 3 in 2',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer B: ask again',
    'A: write',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver A→store: write 1 (token 1)',
    'deliver redis→B: OK token 2',
  ],
});
