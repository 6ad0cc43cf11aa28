// No pause, no crash, no clock error: a packet that takes longer than the lease is enough (F3 of the fact sheet). Kleppmann
// cites a network that delayed packets for about 90 seconds. Each client asks once: a slow request is patient by itself.
import type { Scenario } from '#lib/lock/index.ts';
import { increment, quietNetwork } from './programs/increment.ts';

export const slowPacket: Scenario = {
  ...quietNetwork,
  id: 'slow-packet',
  title: 'A packet slower than the lease',
  lesson: 'fencing',
  point: "A's write is still in the network when its lease ends, and arrives after B's.",
  clients: { A: increment({ patience: 0 }), B: increment({ patience: 0 }) },
  resource: 'none',
  network: [1, 100],
  faults: [],
  expect: { 'no-stale-write': 'violated' },
};
