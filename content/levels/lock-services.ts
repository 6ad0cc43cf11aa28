// The lock service is a distributed system as well: it fails over, loses touch with its clients, and forgets.
import { choicesOf, levelOf } from './level.ts';

export const lockServices = [
  levelOf(choicesOf('F4'), {
    id: 'failover',
    title: 'The failover',
    story:
      'Redis with a replica that is copied to a little later. The primary may fail once, and the replica takes over.',
    goal: 'Make two clients believe at the same moment that they hold the lock.',
    breaks: 'one-believer',
    hints: [
      'The answer to the client and the copy to the replica are two messages, and nobody waits for the second.',
      'Let A’s SET reach redis1, and fail over at once: the OK is on its way to A, and the copy has not reached redis2. Then run.',
    ],
    lesson: 'options',
  }),
  levelOf(choicesOf('F14'), {
    id: 'same-number',
    title: 'The same number twice',
    story:
      'With each grant comes a token from a counter, so that the store can tell an old holder from a new one. The counter is copied to the replica a little later.',
    goal: 'Have a grant carry a token that is not higher than all before it.',
    breaks: 'rising-tokens',
    hints: [
      'A counter is data. What does the replica know of it at the moment when it takes over?',
      'Let A’s SET reach redis1, which gives it token 1. Fail over before the copy arrives, and run until B is granted the lock.',
    ],
    lesson: 'options',
  }),
  levelOf(choicesOf('F10'), {
    id: 'cut-off',
    title: 'Cut off from ZooKeeper',
    story:
      'A session lasts 30 ms and is kept alive while its holder works. One client may be cut off from the service for 60 ms; it logs the bad news and works on.',
    goal: 'Make two clients believe at the same moment that they hold the lock.',
    breaks: 'one-believer',
    hints: [
      'Who ends a session, and how does the client learn of it?',
      'Wait until A has the lock, then cut A off. The service hears no sign of life, ends the session and lets B in.',
    ],
    lesson: 'options',
  }),
  levelOf(
    { ...choicesOf('F2'), lock: 'etcd', renew: 'third', hold: 20 },
    {
      id: 'consistent-record',
      title: 'A record that is never wrong',
      story:
        'etcd keeps its record by consensus: it never names two holders. The lease of 30 ms is renewed every 10 ms while its holder runs. You may pause one client for 60 ms.',
      goal: 'Make two clients believe at the same moment that they hold the lock.',
      breaks: 'one-believer',
      hints: [
        'Consensus is about what the record says. Who tells a process that does not run what the record says now?',
        'Wait until A has the lock, and pause A: nobody renews its lease. Run, and B is let in while A still believes.',
      ],
      lesson: 'properties',
    },
  ),
];

export const redlocks = [
  levelOf(choicesOf('F5'), {
    id: 'clock-jump',
    title: 'The clock jump',
    story:
      'Redlock on three Redis nodes: who has two of them has the lock. The wall clock of redis3 may jump forward by 60 ms, once.',
    goal: 'Make two clients believe at the same moment that they hold the lock.',
    breaks: 'one-believer',
    hints: [
      'Two majorities of three share one node. That node would have to forget.',
      'Deliver A’s SET to redis1 and redis3, and B’s to redis2 before A’s. Let the clock of redis3 jump, so that A’s key expires there, and deliver B’s SET to redis3.',
    ],
    lesson: 'redlock',
  }),
  levelOf(choicesOf('F12'), {
    id: 'forgetful-node',
    title: 'The node that forgets',
    story:
      'The same three nodes, this time without a disk. redis3 may crash once and be started again once, with nothing in its memory.',
    goal: 'Make two clients believe at the same moment that they hold the lock.',
    breaks: 'one-believer',
    hints: [
      'A majority is only as good as the memory of its members.',
      'Deliver B’s SET to redis2 before A’s, so that A has redis1 and redis3. Crash redis3 and start it again, empty, before B’s SET reaches it.',
    ],
    lesson: 'redlock',
  }),
];
