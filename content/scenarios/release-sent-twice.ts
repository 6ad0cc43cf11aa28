// F8 of the fact sheet: a release whose answer was lost is sent again, by the name of the lock and not by whose it is. By then it
// is somebody else's.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const releaseSentTwice: Scenario = failing('F8', {
  id: 'release-sent-twice',
  title: 'A release that is sent twice',
  lesson: 'options',
  point: 'A’s DEL has worked but its answer is lost, so A sends it again and deletes the lock that B has taken since.',
  expect: { 'only-owner-releases': 'violated' },
  states: 543,
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
    'A: write',
    'timer B: ask again',
    'deliver A→store: write 1 (token 1)',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver store→A: written 1',
    'A: release',
    'deliver redis→B: nil',
    'deliver A→redis: DEL lock',
    'lose redis→A: deleted 1',
    'timer A: no answer',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver A→redis: DEL lock',
  ],
});
