// The same pause, but the store compares the token of each write with the highest it has seen. The late write is refused; the
// two clients still believe the same thing at the same time, which is all that a lock could promise and none can.
import type { Scenario } from '#lib/lock/index.ts';
import { pauseNoFence } from './pause-no-fence.ts';

export const pauseFenceWrites: Scenario = {
  ...pauseNoFence,
  id: 'pause-fence-writes',
  title: 'A paused holder, tokens checked on writes',
  point:
    'The store refuses the late write, because it has seen a higher token; A and B still both believed that they held the lock.',
  resource: 'writes',
  expect: { 'no-stale-write': 'holds', 'one-believer': 'violated' },
  states: 17_422,
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
    'A: still mine?',
    'pause A for 60 ms',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: work',
    'B: still mine?',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver store→B: written 1',
    'B: release',
    'deliver B→redis: DELEX lock IFEQ B1',
    'deliver redis→B: deleted 1',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver store→A: refused: token 1 < 2',
  ],
};
