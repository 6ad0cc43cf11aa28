// Giving a lock back is a write like any other: it can be late, be lost, or hit what is somebody else's by now.
import { choicesOf, levelOf } from './level.ts';

export const releases = [
  levelOf(choicesOf('F9'), {
    id: 'bare-delete',
    title: 'The bare DEL',
    story:
      'Both clients give the lock back with DEL, which removes whatever lies at the key. You may pause one of them for 33 ms, a little longer than the lease.',
    goal: 'Have a client delete a lock that is not its own.',
    breaks: 'only-owner-releases',
    hints: [
      'A deletes the key at its end, whatever is there. Whose lock could lie there by then?',
      'A must wake up while B is at work. Pause A soon after it has got the lock, and run: its DEL comes after B’s grant.',
    ],
    lesson: 'three-mistakes',
  }),
  levelOf(
    { ...choicesOf('F9'), release: 'safe', timing: 'every-ms' },
    {
      id: 'own-value-only',
      title: 'Compare, then delete',
      story:
        'The same two clients and the same pause. Each lock holds a value that only its holder knows, and the server deletes the key only if the value fits.',
      goal: 'Have a client delete a lock that is not its own.',
      breaks: 'only-owner-releases',
      hints: [
        'The late release arrives as before. What does the server look at before it deletes?',
        'Compare and delete are one step at the server, and values are never used twice. If you see no way, claim that it holds.',
      ],
      lesson: 'three-mistakes',
    },
  ),
  levelOf(choicesOf('F8'), {
    id: 'released-twice',
    title: 'Released twice',
    story:
      'A client that hears no answer asks again, which is good practice. One answer of the lock server may be lost. Locks are given back by a bare DEL.',
    goal: 'Have a client delete a lock that is not its own.',
    breaks: 'only-owner-releases',
    hints: [
      'Asking again is harmless only for what may be done twice.',
      'Lose the answer to A’s DEL, and run until A asks again. Let B ask, and B’s SET arrive, before A’s second DEL does.',
    ],
    lesson: 'three-mistakes',
  }),
  levelOf(choicesOf('F7'), {
    id: 'lost-grant',
    title: 'The grant that nobody heard',
    story:
      'A client that gets no answer to SET NX asks again with the same words. One answer may be lost. Promised: whoever wants the lock has it within 24 ms.',
    goal: 'Keep somebody waiting longer than promised, although nobody works with the lock.',
    breaks: 'nobody-stuck',
    hints: [
      'An acquisition that is done twice meets its own first half.',
      'Lose the “OK” on its way to A. A asks again and is refused by its own lock, and so is B: just run.',
    ],
    lesson: 'options',
  }),
];
