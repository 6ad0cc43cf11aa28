// The levels of "Fix it": systems of the campaign, with the knobs that an engineer would reach for. Some knobs are the cure, some
// only cost, and some do nothing; which is which is for the engine to say.

import { choicesOf } from './level.ts';
import type { Knob, RepairLevel } from './repair.ts';

const fence: Knob = {
  name: 'What the store checks',
  settings: [
    { label: 'Nothing', change: { fence: 'none' } },
    { label: 'The token of each write', change: { fence: 'writes' } },
    { label: 'The token of each read and write', change: { fence: 'reads-and-writes' } },
  ],
};
const recheck: Knob = {
  name: 'Before the write',
  settings: [
    { label: 'Just write', change: { recheck: false } },
    { label: 'Look at the clock: still mine?', change: { recheck: true } },
  ],
};
const renew: Knob = {
  name: 'Renewal',
  settings: [
    { label: 'Never', change: { renew: 'none' } },
    { label: 'After each third of the lease', change: { renew: 'third' } },
  ],
};
const lease = (...lengths: readonly number[]): Knob => ({
  name: 'Lease',
  settings: lengths.map((ttl) => ({ label: `${ttl} ms`, change: { ttl } })),
});
const poll = (...lengths: readonly number[]): Knob => ({
  name: 'Who waits asks again after',
  settings: lengths.map((ms) => ({ label: `${ms} ms`, change: { options: { retry: [ms, ms] } } })),
});

export const repairLevels: readonly RepairLevel[] = [
  {
    id: 'fix-paused-holder',
    title: 'Survive the pause',
    story: 'One client may be paused for twice the length of its lease, whatever that is.',
    promises: ['no-lost-update'],
    base: { ...choicesOf('F2'), faults: [{ kind: 'pause', atMost: 1 }] },
    knobs: [lease(15, 30, 60), recheck, fence, poll(5, 15)],
    broken: [1, 0, 0, 1],
    lesson: 'fencing',
  },
  {
    id: 'fix-dead-holder',
    title: 'Outlive the dead',
    story:
      'The work takes 12 ms, and one client may crash. Once nothing goes wrong any more, whoever wants the lock must have it within 34 ms.',
    promises: ['nobody-stuck', 'no-lost-update'],
    base: { ...choicesOf('F1'), hold: 12, within: 34, network: [1, 2] },
    knobs: [
      lease(15, 24, 40),
      renew,
      {
        name: 'Who waits asks again after',
        settings: [
          { label: '2 to 4 ms', change: { options: { retry: [2, 4] } } },
          { label: '4 to 8 ms', change: { options: { retry: [4, 8] } } },
          { label: '8 to 16 ms', change: { options: { retry: [8, 16] } } },
        ],
      },
    ],
    broken: [2, 0, 1],
    lesson: 'leases',
  },
  {
    id: 'fix-bare-delete',
    title: 'Give back your own',
    story: 'A pause of 33 ms, and a release that deletes whatever lies at the key.',
    promises: ['only-owner-releases', 'no-lost-update'],
    base: choicesOf('F9'),
    knobs: [
      {
        name: 'Release',
        settings: [
          { label: 'DEL the key', change: { release: 'blind' } },
          { label: 'Delete if the value is mine', change: { release: 'safe' } },
        ],
      },
      fence,
      recheck,
      poll(5, 15),
    ],
    broken: [0, 0, 0, 1],
    lesson: 'three-mistakes',
  },
  {
    id: 'fix-failover',
    title: 'Fail over, forget nothing',
    story: 'The node that leads the lock service may fail once, and another takes over.',
    promises: ['one-believer'],
    base: { ...choicesOf('F4'), patience: 40, maxStates: 60_000 },
    knobs: [
      {
        name: 'Lock service',
        settings: [
          { label: 'Redis, a replica copied to later', change: { lock: 'redis-replica' } },
          { label: 'Redis, wait for one copy (WAIT)', change: { lock: 'redis-replica', options: { waitFor: 1 } } },
          { label: 'etcd', change: { lock: 'etcd' } },
          { label: 'ZooKeeper', change: { lock: 'zookeeper' } },
        ],
      },
      lease(30, 60),
      poll(5, 15),
    ],
    broken: [0, 0, 1],
    lesson: 'options',
  },
  {
    id: 'fix-clock-jump',
    title: 'Trust no clock',
    story: 'The wall clock of one lock server may jump forward, by twice the lease.',
    promises: ['one-believer'],
    base: { ...choicesOf('F5'), faults: [{ kind: 'clockJump', atMost: 1 }], maxStates: 60_000 },
    knobs: [
      {
        name: 'Lock service',
        settings: [
          { label: 'Redlock, three nodes', change: { lock: 'redlock', options: { replicas: 3 } } },
          { label: 'Redis, one node', change: { lock: 'redis', options: { replicas: 1 } } },
          { label: 'etcd', change: { lock: 'etcd', options: { replicas: 1 } } },
          { label: 'ZooKeeper', change: { lock: 'zookeeper', options: { replicas: 1 } } },
        ],
      },
      lease(30, 60),
      poll(5, 15),
    ],
    broken: [0, 0, 1],
    lesson: 'redlock',
  },
  {
    id: 'fix-hung-worker',
    title: 'The worker that hangs',
    story: 'The work hangs for 300 ms. Whoever waits must have the lock within 100 ms, and no update may be lost.',
    promises: ['nobody-stuck', 'no-lost-update'],
    base: choicesOf('F11'),
    knobs: [renew, lease(15, 30, 60), fence, poll(5, 15)],
    broken: [1, 1, 0, 1],
    lesson: 'leases',
  },
  {
    id: 'fix-double-job',
    title: 'The job that runs twice',
    story: 'Two hosts start the same nightly job; the second host’s clock is 40 ms behind. The work takes 1 ms.',
    promises: ['no-double-effect'],
    base: choicesOf('F17'),
    knobs: [
      {
        name: 'What keeps the second one out',
        settings: [
          { label: 'A lock in Redis', change: { lock: 'redis' } },
          { label: 'A lock in etcd', change: { lock: 'etcd' } },
          { label: 'A unique row for the night', change: { lock: 'unique-constraint' } },
          { label: 'An idempotency key', change: { lock: 'idempotency-key' } },
        ],
      },
      lease(30, 60),
      fence,
    ],
    broken: [0, 0, 0],
    lesson: 'use-cases',
  },
  {
    id: 'fix-fencing-gap',
    title: 'Close the gap',
    story: 'Two pauses, each twice as long as the lease, and a store that checks the token of each write.',
    promises: ['no-lost-update'],
    base: { ...choicesOf('F13'), faults: [{ kind: 'pause', atMost: 2 }] },
    knobs: [
      {
        name: 'What keeps the others out',
        settings: [
          { label: 'A lock in Redis', change: { lock: 'redis' } },
          { label: 'A lock in ZooKeeper', change: { lock: 'zookeeper' } },
          {
            label: 'A row lock in the database that has the number',
            change: { lock: 'sql', options: { data: 'inside' } },
          },
          { label: 'No lock: a conditional update', change: { lock: 'conditional-update' } },
        ],
      },
      fence,
      recheck,
    ],
    broken: [0, 1, 0],
    lesson: 'fencing',
  },
];
