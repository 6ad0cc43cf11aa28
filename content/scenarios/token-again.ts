// F14 of the fact sheet: a counter is only as durable as what it is kept in. A resource that has seen token 1 from A lets in B with
// the same token, so fencing is no help here.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const tokenAgain: Scenario = failing('F14', {
  id: 'token-again',
  title: 'The same token, given out twice',
  lesson: 'fencing',
  point:
    'The replica that takes over has not heard of A’s grant, so it counts from where it was and gives B A’s token.',
  expect: { 'rising-tokens': 'violated' },
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
    'deliver B→redis2: SET lock B1 NX PX 30',
  ],
});
