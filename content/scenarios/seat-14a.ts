// The incident of the seed page: 47 requests on two app servers, no lock. All of them read "available" before the first one
// has written, so each is told that the seat is its own.
import type { Scenario } from '#lib/lock/index.ts';
import { all, bookingOutcomes, bookingWithoutLock, servers } from './programs/booking.ts';

export const seat14a: Scenario = {
  id: 'seat-14a',
  title: 'Seat 14A, sold 47 times',
  lesson: 'seat-14a',
  point: 'Every request reads that the seat is available before any of them has written, and every write is a ticket.',
  backend: 'none',
  clients: all(bookingWithoutLock),
  groups: servers,
  outcomes: bookingOutcomes,
  resource: 'none',
  network: [1, 3],
  linePace: [1, 1],
  faults: [],
  expect: { 'no-double-effect': 'violated' },
  searchOn: 'seat-14a-two',
};
