// No pause, no crash, no clock error: a packet that takes longer than the lease is enough (F3 of the fact sheet). Kleppmann
// cites a network that delayed packets for about 90 seconds. Each client asks once: a slow request is patient by itself.
import type { Scenario } from '#lib/lock/index.ts';
import { increment, quietNetwork } from './programs/increment.ts';

export const slowPacket: Scenario = {
  ...quietNetwork,
  id: 'slow-packet',
  title: 'A packet slower than the lease',
  lesson: 'fencing',
  point: 'A’s write is still in the network when its lease ends, and arrives after B’s.',
  clients: { A: increment({ patience: 40 }), B: increment({ patience: 40 }) },
  options: { retry: [35, 35] },
  resource: 'none',
  network: [1, 100],
  faults: [],
  expect: { 'no-stale-write': 'violated', 'no-lost-update': 'violated', 'one-holder': 'holds' },
  states: 16_296,
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
    'A: write',
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
    'deliver A→store: write 1 (token 1) @ 90',
  ],
};
