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
  states: 648,
  script: [
    'r1: acquire',
    'r2: acquire',
    'deliver r1→redis: SET seat:14A r1-1 NX PX 30000',
    'deliver r2→redis: SET seat:14A r2-1 NX PX 30000',
    'deliver redis→r1: OK token 1',
    'deliver redis→r2: nil',
    'r1: read',
    'deliver r1→store: read (token 1)',
    'deliver store→r1: value 0',
    'r1: still free?',
    'r1: write',
    'deliver r1→store: write 1 (token 1)',
    'deliver store→r1: written 1',
    'r1: release',
    'deliver r1→redis: DELEX seat:14A IFEQ r1-1',
    'deliver redis→r1: deleted 1',
  ],
};
