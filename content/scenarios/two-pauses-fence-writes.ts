// The gap in fencing that checks writes only (F13 of the fact sheet): a token protects once the store has seen it, and reading
// does not show it. B reads with token 2 and is paused; A's write with token 1 is accepted; B overwrites it.
// With these lengths it takes two pauses. One is enough if it ends while B is between its read and its write.
import type { Scenario } from '#lib/lock/index.ts';
import { pauseFenceWrites } from './pause-fence-writes.ts';

export const twoPausesFenceWrites: Scenario = {
  ...pauseFenceWrites,
  id: 'two-pauses-fence-writes',
  title: 'Two pauses, tokens checked on writes',
  point:
    'B has read but not yet written, so the store has not seen its token and accepts the older holder; B then overwrites that update.',
  faults: [{ kind: 'pause', targets: ['A', 'B'], atMost: 2, lasts: [60] }],
  expect: { 'no-lost-update': 'violated' },
  states: 143_492,
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
    'pause B for 60 ms',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver store→A: written 1',
    'A: release',
    'deliver A→redis: DELEX lock IFEQ A1',
    'deliver redis→A: deleted 0',
    'B: write',
    'deliver B→store: write 1 (token 2)',
  ],
};
