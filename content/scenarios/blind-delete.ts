// F9 of the fact sheet: `DEL lock` removes whatever lies there. After a pause that is somebody else's lock.
// The pause is shorter than in the other demos, so that A wakes up while B is at work; a longer one finds the lock free again.
import type { Scenario } from '#lib/lock/index.ts';
import { pauseNoFence } from './pause-no-fence.ts';
import { increment } from './programs/increment.ts';

const client = increment({ release: "await redis.del('lock');" });

export const blindDelete: Scenario = {
  ...pauseNoFence,
  id: 'blind-delete',
  title: 'Release by a bare DEL',
  lesson: 'three-mistakes',
  point: 'A wakes up late and deletes the lock, which is B’s by now.',
  clients: { A: client, B: client },
  options: { ...pauseNoFence.options, release: 'delete' },
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [30] }],
  expect: { 'only-owner-releases': 'violated' },
  states: 11_736,
  script: [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→A: OK token 1',
    'deliver redis→B: nil',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: work',
    'A: still mine?',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver store→A: written 1',
    'pause A for 30 ms',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 1',
    'B: work',
    'A: release',
    'B: still mine?',
    'B: write',
    'deliver A→redis: DEL lock',
  ],
};
