// What a lease is for. The holder dies, nobody can tell, and the lock comes free when its time is up. The price is the wait:
// nobody gets in before that, however idle the resource is.
import type { Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

export const crashHolder: Scenario = {
  ...quietNetwork,
  id: 'crash-holder',
  title: 'The holder crashes',
  lesson: 'leases',
  point:
    'A crashes while it holds the lock; B waits out the rest of the lease, gets in, and nothing is broken but time.',
  resource: 'none',
  faults: [{ kind: 'crash', targets: ['A', 'B'], atMost: 1 }],
  expect: { 'no-lost-update': 'holds', 'one-believer': 'holds', 'somebody-finishes': 'holds' },
  bounds: { timing: 'every-ms' },
};
