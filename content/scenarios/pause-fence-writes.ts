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
};
