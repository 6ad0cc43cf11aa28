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
};
