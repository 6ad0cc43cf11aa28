// The first levels: a seat without a lock, a seat with one, and the holder that is stopped. Who has never seen a schedule
// learns here that choosing what happens next is all there is to it.
import type { Scenario } from '#lib/lock/index.ts';
import { pauseNoFence } from '../scenarios/pause-no-fence.ts';
import { bookingOutcomes, bookingWithoutLock } from '../scenarios/programs/booking.ts';
import { seat14aLockedTwo } from '../scenarios/seat-14a-locked-two.ts';
import { choicesOf, levelOf, levelOn } from './level.ts';

/** B clicks when A would long be done, if nothing took its time. */
const twoClicks: Scenario = {
  id: 'two clicks',
  title: 'Two clicks',
  lesson: 'seat-14a',
  point: 'A is usually done before B begins.',
  backend: 'none',
  clients: {
    A: bookingWithoutLock,
    B: {
      name: 'book seat 14A a little later',
      lines: [
        { text: 'await click(); // 8 ms after A', run: { op: 'work', takes: [8, 8] } },
        { text: "const seat = await db.read('14A');", run: { op: 'read' } },
        { text: "if (!seat.available) return 'sold';", run: { op: 'ifFree', else: 4 } },
        { text: "await db.write('14A', { available: false }); // ticket", run: { op: 'write' } },
      ],
    },
  },
  outcomes: bookingOutcomes,
  resource: 'none',
  network: [1, 9],
  linePace: [0, 0],
  faults: [],
  expect: { 'no-double-effect': 'holds' },
};

export const firstLocks = [
  levelOn(twoClicks, {
    id: 'open-seat',
    title: 'The unlocked seat',
    story:
      'A and B both want seat 14A. There is no lock; as a rule A is done before B even begins. Messages take 1 to 9 ms, and you decide how long.',
    goal: 'Sell the seat twice: let both write, although only one of them may.',
    breaks: 'no-double-effect',
    hints: [
      'A looks first and writes later. What may B do in between?',
      'Step until A’s read has reached the store. Then let B run and read, before A gets its answer and writes.',
    ],
    lesson: 'seat-14a',
  }),
  levelOn(seat14aLockedTwo, {
    id: 'locked-seat',
    title: 'The locked seat',
    story:
      'The same booking behind a lock that lasts 30 seconds. Each request asks for the lock once and goes away if somebody has it.',
    goal: 'Sell the seat twice, if you can.',
    breaks: 'no-double-effect',
    hints: [
      'For two tickets, both must read before either writes. Who is allowed to read?',
      'Only the holder reads, and the lock server grants the key to one at a time. Without a pause, 30 seconds are long enough. If you see no way, claim that it holds: the search will try every one.',
    ],
    lesson: 'thirty-seconds',
  }),
  levelOf(choicesOf('F2'), {
    id: 'paused-holder',
    title: 'The paused holder',
    story:
      'A and B each add one to a number. The lock frees itself after 30 ms, so that a dead holder blocks nobody. You may stop one process for 60 ms.',
    goal: 'Make an update disappear: both writes are accepted, but the number goes up by one only.',
    breaks: 'no-lost-update',
    hints: [
      'A lease ends whether or not its holder has finished. When would it hurt most not to notice?',
      'Step until A has read the value. Pause A there, before it writes. Then press Run and watch B.',
    ],
    lesson: 'bathroom-key',
  }),
  levelOn(pauseNoFence, {
    id: 'careful-holder',
    title: 'The careful holder',
    story:
      'Now each client looks at its clock just before it writes, and stops if its lease is over. You may pause A once, for 60 ms.',
    goal: 'Make an update disappear all the same.',
    breaks: 'no-lost-update',
    hints: [
      'A pause before the check does nothing: A wakes up, looks at its clock and stops. Is there a later moment?',
      'Step until A has answered “still mine?” with yes. Pause it there, between the check and the write, and press Run.',
    ],
    lesson: 'leases',
  }),
];
