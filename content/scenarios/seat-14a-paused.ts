// Seat 14A with a lock whose holder is stopped between the look and the write. The lock does what it promised and ends the
// lease; nobody tells the holder. Two requests, a short lease and one pause: few enough worlds to search them all.
import type { Scenario } from '#lib/lock/index.ts';
import { bookingOutcomes, bookingWithShortLease } from './programs/booking.ts';
import { quietNetwork } from './programs/increment.ts';

export const seat14aPaused: Scenario = {
  ...quietNetwork,
  id: 'seat-14a-paused',
  title: 'Seat 14A, the holder pauses',
  lesson: 'fencing',
  point:
    'A has read that the seat is available and is paused past the end of its lease; B books the seat, and so does A.',
  clients: { A: bookingWithShortLease, B: bookingWithShortLease },
  outcomes: bookingOutcomes,
  resource: 'none',
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [60] }],
  expect: { 'no-double-effect': 'violated', 'no-stale-write': 'violated', 'one-believer': 'violated' },
  bounds: { timing: 'every-ms', states: 1_000_000 },
  states: 12_158,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET seat:14A A1 NX PX 30',
    'deliver B→redis: SET seat:14A B1 NX PX 30',
    'deliver redis→A: OK token 1',
    'deliver redis→B: nil',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: still free?',
    'pause A for 60 ms',
    'timer B: ask again',
    'deliver B→redis: SET seat:14A B1 NX PX 30',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: still free?',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver store→B: written 1',
    'B: release',
    'deliver B→redis: DELEX seat:14A IFEQ B1',
    'deliver redis→B: deleted 1',
    'A: write',
    'deliver A→store: write 1 (token 1)',
  ],
};
