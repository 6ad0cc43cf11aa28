// Two requests are enough, and few enough to search them all. This is the model that claims about seat-14a are checked on.
import type { Scenario } from '#lib/lock/index.ts';
import { bookingWithoutLock } from './programs/booking.ts';
import { seat14a } from './seat-14a.ts';

const { searchOn: _, ...incident } = seat14a;

export const seat14aTwo: Scenario = {
  ...incident,
  id: 'seat-14a-two',
  title: 'Seat 14A, two requests',
  point: 'Both read before either writes: two tickets, with two requests and no fault at all.',
  clients: { r1: bookingWithoutLock, r2: bookingWithoutLock },
  groups: { 'server 1': ['r1'], 'server 2': ['r2'] },
  bounds: { timing: 'every-ms' },
  states: 148,
  script: [
    'r1: read',
    'r2: read',
    'deliver r1→store: read',
    'deliver r2→store: read',
    'deliver store→r1: value 0',
    'deliver store→r2: value 0',
    'r1: still free?',
    'r2: still free?',
    'r1: write',
    'r2: write',
    'deliver r1→store: write 1',
    'deliver r2→store: write 1',
    'deliver store→r1: written 1',
    'deliver store→r2: written 1',
  ],
};
