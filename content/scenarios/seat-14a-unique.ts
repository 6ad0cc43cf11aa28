// The answer of the course to seat 14A: no lock at all. A ticket is a row whose key is the seat, and the database refuses a second
// one, whoever was paused and for how long.
import type { Program, Scenario } from '#lib/lock/index.ts';
import { bookingOutcomes } from './programs/booking.ts';
import { quietNetwork } from './programs/increment.ts';

const booking: Program = {
  name: 'book seat 14A by inserting a row',
  lines: [
    { text: "const seat = await db.find('14A');", run: { op: 'read' } },
    { text: "if (seat) return 'sold';", run: { op: 'ifFree', else: 3 } },
    { text: "await db.insert({ seat: '14A', holder }); // unique key", run: { op: 'write' } },
  ],
};

export const seat14aUnique: Scenario = {
  ...quietNetwork,
  id: 'seat-14a-unique',
  title: 'Seat 14A, a unique key and no lock',
  lesson: 'alternatives',
  point:
    'A wakes up long after B has booked, inserts its ticket, and the database refuses it because the seat has one.',
  backend: 'unique-constraint',
  clients: { A: booking, B: booking },
  outcomes: { ...bookingOutcomes, conflict: 'sold: the row is there' },
  options: {},
  resource: 'none',
  network: [1, 2],
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [60] }],
  expect: { 'no-double-effect': 'holds' },
  bounds: { timing: 'every-ms' },
  states: 592,
  script: [
    'A: read',
    'B: read',
    'deliver A→postgres: SELECT FROM keys WHERE key = once',
    'deliver B→postgres: SELECT FROM keys WHERE key = once',
    'deliver postgres→A: 0 rows',
    'deliver postgres→B: 0 rows',
    'A: still free?',
    'B: still free?',
    'pause A for 60 ms',
    'B: write',
    'deliver B→postgres: INSERT INTO keys VALUES (once)',
    'deliver postgres→B: INSERT 0 1',
    'A: write',
    'deliver A→postgres: INSERT INTO keys VALUES (once)',
    'deliver postgres→A: ERROR 23505',
  ],
};
