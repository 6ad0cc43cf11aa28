// “Locks solve it” is one of the three mistakes, and a charge shows why. Both workers have the same order to charge. The lock does
// all that a lock can do: never do two of them charge at once. They charge one after the other.
import type { Program, Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

const charge: Program = {
  name: 'charge order 42 under a lock',
  lines: [
    {
      text: "const lease = await lock.acquire('order:42', { ttl: 30 });",
      run: { op: 'acquire', key: 'order:42', ttl: 30, patience: 60 },
    },
    { text: 'await payments.charge(order); // the provider checks no token', run: { op: 'write' } },
    { text: 'await lock.release(lease);', run: { op: 'release' } },
  ],
};

export const chargeUnderALock: Scenario = {
  ...quietNetwork,
  id: 'charge-under-a-lock',
  title: 'A card charged twice, under a lock',
  lesson: 'three-mistakes',
  point: 'The lock keeps the two workers apart in time, and each of them charges the same order.',
  backend: 'zookeeper',
  clients: { A: charge, B: charge },
  groups: { 'worker 1': ['A'], 'worker 2': ['B'] },
  outcomes: { done: 'charged the card' },
  resource: 'none',
  network: [1, 1],
  faults: [],
  expect: { 'no-double-effect': 'violated', 'one-believer': 'holds' },
  bounds: { timing: 'every-ms' },
  states: 81,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→zookeeper: connect A1 30',
    'deliver B→zookeeper: connect B1 30',
    'deliver zookeeper→A: session A1',
    'deliver zookeeper→B: session B1',
    'deliver A→zookeeper: create /order:42/A1- -e -s',
    'deliver B→zookeeper: create /order:42/B1- -e -s',
    'deliver zookeeper→A: /order:42/A1-0000000000 czxid 1',
    'deliver zookeeper→B: /order:42/B1-0000000001 czxid 2',
    'deliver A→zookeeper: getChildren /order:42',
    'deliver B→zookeeper: getChildren /order:42',
    'deliver zookeeper→A: 2 children',
    'deliver zookeeper→B: 2 children',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver B→zookeeper: exists /order:42/A1-0000000000, watch',
    'deliver store→A: written 1',
    'deliver zookeeper→B: czxid 1',
    'A: release',
    'deliver A→zookeeper: delete /order:42/A1-0000000000',
    'deliver zookeeper→A: deleted',
    'deliver zookeeper→B: NodeDeleted /order:42/A1-0000000000',
    'deliver B→zookeeper: getChildren /order:42',
    'deliver A→zookeeper: closeSession A1',
    'deliver zookeeper→B: 1 child',
    'B: write',
    'deliver B→store: write 1 (token 2)',
  ],
};
