// Seal before you read: the store takes note of the token on reads, too, so that from B's read on A is shut out.
// "Mark first" in Junqueira's note on fencing; the same step as BookKeeper's fencing and HDFS's newEpoch.
import type { Scenario } from '#lib/lock/index.ts';
import { twoPausesFenceWrites } from './two-pauses-fence-writes.ts';

export const pauseFenceSeal: Scenario = {
  ...twoPausesFenceWrites,
  id: 'pause-fence-seal',
  title: 'Two pauses, tokens checked on reads and writes',
  point:
    "B's read installs token 2 at the store, so A's late write is refused whenever it comes, and no update is lost.",
  resource: 'reads-and-writes',
  expect: { 'no-lost-update': 'holds', 'one-believer': 'violated' },
};
