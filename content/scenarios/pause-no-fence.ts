// One pause is enough, although the client checks its lease just before it writes: the pause falls behind the check.
// Two clients that run the same program are mirror images, so only A is paused; pausing B would find the same again.
import type { Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

export const pauseNoFence: Scenario = {
  ...quietNetwork,
  id: 'pause-no-fence',
  title: 'A paused holder, no fencing',
  lesson: 'fencing',
  point: 'A checks its lease, is paused past the end of it, and then writes over what B wrote in the meantime.',
  resource: 'none',
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [60] }],
  expect: { 'one-believer': 'violated', 'no-stale-write': 'violated', 'no-lost-update': 'violated' },
  bounds: { timing: 'every-ms' },
};
