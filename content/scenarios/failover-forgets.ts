// F4 of the fact sheet, and what “just use Redis SETNX” leaves out: the primary has said OK before its replica knows of it. Nobody is
// slow and no clock is wrong.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const failoverForgets: Scenario = failing('F4', {
  id: 'failover-forgets',
  title: 'A failover that forgets the lock',
  lesson: 'three-mistakes',
  point:
    'The primary dies before its replica has heard of A’s lock, and the replica, now primary, grants it to B, whose write takes A’s away.',
  expect: { 'one-believer': 'violated', 'no-lost-update': 'violated' },
  states: 1271,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis1: SET lock A1 NX PX 30',
    'redis1 fails over to redis2',
    'B: connection to redis1 is gone',
    'deliver redis1→A: OK token 1',
    'A: read',
    'timer B: ask again',
    'A: connection to redis1 is gone',
    'deliver A→store: read (token 1)',
    'deliver B→redis2: SET lock B1 NX PX 30',
    'deliver redis2→B: OK token 1',
    'deliver redis1→redis2: copy',
    'deliver store→A: value 0',
    'B: read',
    'A: work',
    'deliver B→store: read (token 1)',
    'deliver store→B: value 0',
    'B: work',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'B: write',
    'deliver store→A: written 1',
    'A: release',
    'deliver B→store: write 1 (token 1)',
  ],
});
