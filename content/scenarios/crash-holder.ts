// What a lease is for. The holder dies, nobody can tell, and the lock comes free when its time is up. The price is the wait:
// nobody gets in before that, however idle the resource is.
import type { Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

export const crashHolder: Scenario = {
  ...quietNetwork,
  id: 'crash-holder',
  title: 'The holder crashes',
  lesson: 'leases',
  point: 'A crashes while it holds the lock; B waits out the rest of the lease, gets in, and nothing is lost but time.',
  resource: 'none',
  faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }],
  expect: { 'no-lost-update': 'holds', 'one-believer': 'holds', 'somebody-finishes': 'holds' },
  bounds: { timing: 'every-ms' },
  states: 1418,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→A: OK token 1',
    'deliver redis→B: nil',
    'A: read',
    'crash A',
    'deliver A→store: read (token 1)',
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
  ],
};
