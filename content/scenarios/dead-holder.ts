// F1 of the fact sheet: no harm to the data, and nobody gets in. With a wait of 22 ms promised and a lease of 30 ms, the promise is
// broken by the one thing that a lease cannot do, which is to notice a death.
import type { Scenario } from '#lib/lock/index.ts';
import { failing } from './programs/standard.ts';

export const deadHolder: Scenario = failing('F1', {
  id: 'dead-holder',
  title: 'Waiting for the lease of a dead holder',
  lesson: 'leases',
  point: 'The holder is dead, nobody can tell, and for the rest of its lease everybody else asks in vain.',
  expect: { 'nobody-stuck': 'violated' },
  states: 287,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'crash A',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: nil',
    'timer B: ask again',
  ],
});
