// The same pause with a release that compares first: `DELEX lock IFEQ A1`, or a Lua script before Redis 8.4. One atomic step;
// a GET followed by a DEL has the same hole between the two. The answer 0 is news: the lock was lost before the release.
import type { Scenario } from '#lib/lock/index.ts';
import { blindDelete } from './blind-delete.ts';
import { increment } from './programs/increment.ts';

const client = increment({ release: "await redis.delex('lock', { ifeq: lease.value });" });

export const safeDelete: Scenario = {
  ...blindDelete,
  id: 'safe-delete',
  title: 'Release by compare-and-delete',
  point: 'A wakes up late and deletes nothing, because the value at the key is not its own any more.',
  clients: { A: client, B: client },
  options: { ...blindDelete.options, release: 'compare-and-delete' },
  expect: { 'only-owner-releases': 'holds' },
  states: 12_048,
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
    'deliver A→redis: DELEX lock IFEQ A1',
    'deliver B→store: write 2 (token 2)',
    'deliver redis→A: deleted 0',
  ],
};
