// F9 of the fact sheet: `DEL lock` removes whatever lies there. After a pause that is somebody else's lock.
import type { Scenario } from '#lib/lock/index.ts';
import { pauseNoFence } from './pause-no-fence.ts';
import { increment } from './programs/increment.ts';

const client = increment({ release: "await redis.del('lock');" });

export const blindDelete: Scenario = {
  ...pauseNoFence,
  id: 'blind-delete',
  title: 'Release by a bare DEL',
  lesson: 'three-mistakes',
  point: 'A wakes up late and deletes the lock, which has been B’s for a while.',
  clients: { A: client, B: client },
  options: { release: 'delete' },
  expect: { 'only-owner-releases': 'violated' },
};
