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
  options: { release: 'compare-and-delete' },
  expect: { 'only-owner-releases': 'holds' },
};
