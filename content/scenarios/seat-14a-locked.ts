// The same 47 requests with a lock around the look and the write. Each tries once: a person at a screen wants an answer, not
// a place in a queue. Nothing goes wrong here because nothing is allowed to: no pause, no crash, a lease of 30 seconds.
import type { Scenario } from '#lib/lock/index.ts';
import { all, bookingWithLock } from './programs/booking.ts';
import { seat14a } from './seat-14a.ts';

export const seat14aLocked: Scenario = {
  ...seat14a,
  id: 'seat-14a-locked',
  title: 'Seat 14A, with a lock',
  point: 'One request gets the lock and the ticket; the other 46 are told at once that somebody else is booking.',
  backend: 'redis',
  clients: all(bookingWithLock),
  expect: { 'no-double-effect': 'holds' },
  searchOn: 'seat-14a-locked-two',
};
