// The lock that everybody knows, for comparison. It never ends by itself, so nothing can get in behind a paused holder, and
// nothing gets in behind a dead one either. Both at once is what no lock can have, and what a lease gives up is the first.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const mutexThread: Scenario = standard(
  {
    ...PLAIN,
    lock: 'mutex',
    recheck: false,
    faults: [
      { kind: 'pause', atMost: 1 },
      { kind: 'crash', atMost: 1 },
    ],
  },
  {
    id: 'mutex-thread',
    title: 'A mutex in one process',
    lesson: 'thirty-seconds',
    point:
      'A mutex never ends by itself, so a paused thread stays the only holder, and a thread that dies without unlocking blocks the others for ever.',
    does: 'add one under a mutex',
    says: {
      acquire: 'mutex.lock();',
      read: 'const n = counter;',
      write: 'counter = next;',
      release: 'mutex.unlock();',
    },
    expect: { 'nobody-stuck': 'violated', 'one-believer': 'holds', 'no-lost-update': 'holds' },
    states: 1038,
    script: [
      'A: acquire',
      'B: acquire',
      'deliver A→process: lock lock',
      'deliver B→process: lock lock',
      'deliver process→A: locked',
      'A: read',
      'deliver A→store: read',
      'deliver store→A: value 0',
      'A: work',
      'pause A for 60 ms',
      'A: write',
      'deliver A→store: write 1',
      'deliver store→A: written 1',
      'crash A',
    ],
  },
);
