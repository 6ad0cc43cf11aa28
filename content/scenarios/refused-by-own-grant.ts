// F7 of the fact sheet: the lock was granted, and the answer is lost. A client that asks again without saying who it is meets its own
// lock. The cure is to look whose it is: the value at the key is A's own.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const refusedByOwnGrant: Scenario = failing('F7', {
  id: 'refused-by-own-grant',
  title: 'Refused by one’s own lock',
  lesson: 'options',
  point: 'The answer to A’s acquire is lost, A asks again, and is refused by the lock that it already has.',
  expect: { 'nobody-stuck': 'violated', 'one-believer': 'holds' },
  states: 271,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'lose redis→A: OK token 1',
    'timer A: no answer',
    'timer A: ask again',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver redis→A: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer A: ask again',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver redis→A: nil',
    'timer B: ask again',
  ],
});
