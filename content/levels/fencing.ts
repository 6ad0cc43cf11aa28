// At the door of the resource: a token that is compared on writes, the gap which that leaves, and two ways to close it.
import { USUAL } from '#lib/lock/index.ts';
import { pauseFenceSeal } from '../scenarios/pause-fence-seal.ts';
import { pauseFenceWrites } from '../scenarios/pause-fence-writes.ts';
import { twoPausesFenceWrites } from '../scenarios/two-pauses-fence-writes.ts';
import { levelOf, levelOn } from './level.ts';

export const fencing = [
  levelOn(pauseFenceWrites, {
    id: 'token-at-the-door',
    title: 'A token at the door',
    story:
      'The store remembers the highest token that it has seen on a write and refuses any write with a lower one. You may pause A for 60 ms.',
    goal: 'Have an older holder’s write accepted after a write of a later holder.',
    breaks: 'no-stale-write',
    hints: [
      'Do what broke the careful holder, and look at what the store says to A this time.',
      'After B’s write the store has seen token 2, and A has token 1. If you see no way past that, claim that it holds.',
    ],
    lesson: 'fencing',
  }),
  levelOn(twoPausesFenceWrites, {
    id: 'fencing-gap',
    title: 'The fencing gap',
    story: 'The same store, which checks tokens on writes. Now there are two pauses of 60 ms, for whom you like.',
    goal: 'Make an update disappear in spite of the tokens.',
    breaks: 'no-lost-update',
    hints: [
      'The store knows a token from the moment when somebody has written with it. Not before.',
      'Pause A between its check and its write. Let B read and pass its check, and pause B before it writes: the store has not seen token 2 yet.',
    ],
    lesson: 'fencing',
  }),
  levelOn(pauseFenceSeal, {
    id: 'sealed',
    title: 'Seal, then read',
    story: 'The same two pauses. But now a read shows its token, too, and the store remembers it before it answers.',
    goal: 'Make an update disappear in spite of the seal.',
    breaks: 'no-lost-update',
    hints: [
      'Try what broke the gap. At which moment does the store learn of token 2 now?',
      'From B’s read on, A is shut out; before it, A’s write is in what B reads. If no moment is left, claim that it holds.',
    ],
    lesson: 'fencing',
  }),
  levelOf(
    {
      ...USUAL,
      lock: 'sql',
      options: { data: 'inside' },
      recheck: false,
      faults: [
        { kind: 'pause', atMost: 1 },
        { kind: 'crash', atMost: 1 },
      ],
      timing: 'every-ms',
    },
    {
      id: 'one-transaction',
      title: 'Lock and data in one transaction',
      story:
        'No lock service: SELECT … FOR UPDATE, the write and COMMIT in the database that has the number. One client may be paused, and one may crash.',
      goal: 'Make an update disappear.',
      breaks: 'no-lost-update',
      hints: [
        'Who is paused still has its transaction open, and so its lock. Who crashes has lost both.',
        'A write that has not been committed is not there for anybody else. If you see no way, claim that it holds.',
      ],
      lesson: 'alternatives',
    },
  ),
];
