// Seal before you read: the store takes note of the token on reads, too, so that from B's read on A is shut out.
// "Mark first" in Junqueira's note on fencing; the same step as BookKeeper's fencing and HDFS's newEpoch.
import type { Scenario } from '#lib/lock/index.ts';
import { twoPausesFenceWrites } from './two-pauses-fence-writes.ts';

export const pauseFenceSeal: Scenario = {
  ...twoPausesFenceWrites,
  id: 'pause-fence-seal',
  title: 'Two pauses, tokens checked on reads and writes',
  point:
    'B’s read installs token 2 at the store, so A’s late write is refused whenever it comes, and no update is lost.',
  resource: 'reads-and-writes',
  expect: { 'no-lost-update': 'holds', 'one-believer': 'violated' },
  states: 140_359,
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
    'pause A for 60 ms',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 30',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: work',
    'B: still mine?',
    'pause B for 60 ms',
    'A: write',
    'deliver A→store: write 1 (token 1)',
    'deliver store→A: refused: token 1 < 2',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver store→B: written 1',
  ],
};
