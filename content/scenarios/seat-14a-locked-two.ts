// Two requests and the lock: the model that claims about seat-14a-locked are checked on.
import type { Scenario } from '#lib/lock/index.ts';
import { bookingWithLock } from './programs/booking.ts';
import { seat14aLocked } from './seat-14a-locked.ts';

const { searchOn: _, ...locked } = seat14aLocked;

export const seat14aLockedTwo: Scenario = {
  ...locked,
  id: 'seat-14a-locked-two',
  title: 'Seat 14A, two requests with a lock',
  point: 'Whoever comes second finds the lock held or the seat sold.',
  clients: { r1: bookingWithLock, r2: bookingWithLock },
  groups: { 'server 1': ['r1'], 'server 2': ['r2'] },
  expect: { 'no-double-effect': 'holds', 'one-believer': 'holds' },
  bounds: { timing: 'every-ms' },
};
