// A lease is a promise about time, made by one clock and believed by another. Each level takes one of the ways in which time
// slips between the two; the last asks what the lease was for.
import { choicesOf, levelOf } from './level.ts';

export const leases = [
  levelOf(choicesOf('F3'), {
    id: 'late-packet',
    title: 'The late packet',
    story:
      'Nobody is stopped this time. But one message, once sent, may stay in the network for 60 ms, longer than the lease of 30 ms.',
    goal: 'Make an update disappear although no client ever stands still.',
    breaks: 'no-lost-update',
    hints: [
      'A client does not have to be late itself. What it has sent can be.',
      'Step until A has sent its write. Delay that write, and run: B gets the lock, writes, and then the old write arrives.',
    ],
    lesson: 'properties',
  }),
  levelOf(choicesOf('F15'), {
    id: 'two-ms-left',
    title: 'Two milliseconds left',
    story:
      'No fault at all. Messages take 1 to 20 ms, and each client checks its lease before it writes: “still mine?” Yes. And then the write travels.',
    goal: 'Have an older holder’s write accepted after a write of a later holder.',
    breaks: 'no-stale-write',
    hints: [
      'The check and the write are two moments. How far apart can they be, if every message may take 20 ms?',
      'Let two messages come as late as they may: the store’s answer to A, and B’s second SET. A passes its check with a few milliseconds left. Leave A’s write in the network and make B’s moves instead.',
    ],
    lesson: 'leases',
  }),
  levelOf(choicesOf('F6'), {
    id: 'fast-clock',
    title: 'The clock that runs fast',
    story:
      'A works for 20 of its 30 ms and would be done in time. The clock of the lock server may start to run at another speed, once.',
    goal: 'Make two clients believe at the same moment that they hold the lock.',
    breaks: 'one-believer',
    hints: [
      'The lease ends by the server’s clock; its holder counts on its own.',
      'Let the server’s clock run fast before it leases the lock to A. Then run: B asks again and again, and gets it while A is at work.',
    ],
    lesson: 'leases',
  }),
  levelOf(choicesOf('F1'), {
    id: 'dead-holder',
    title: 'The dead holder',
    story:
      'The lock promises that whoever wants it has it within 22 ms, once nothing goes wrong any more. The lease is 30 ms. One client may crash.',
    goal: 'Keep a client waiting longer than promised.',
    breaks: 'nobody-stuck',
    hints: [
      'What is a lease for? And how long does it take to do its work?',
      'Let A get the lock and crash it at once. B now waits for a lease that nobody will give back: just run.',
    ],
    lesson: 'leases',
  }),
];
