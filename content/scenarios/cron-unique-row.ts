// The same two hosts as in cron-two-clocks, and a row in place of the lock: its key is the job and the scheduled time. A lock is
// over when it is released; a row stays, however late the other host comes.
import type { Scenario } from '#lib/lock/index.ts';
import { cronHosts } from './cron-two-clocks.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const cronUniqueRow: Scenario = standard(
  { ...PLAIN, lock: 'unique-constraint', task: 'add', hold: 1, stagger: 40, faults: [{ kind: 'pause', atMost: 1 }] },
  {
    id: 'cron-unique-row',
    title: 'A cron job with a unique row',
    lesson: 'use-cases',
    point: 'The row for this job and this time is there already, so the second host is refused and does not run it.',
    does: 'run the job of 02:00',
    says: {
      work: 'await sleep(); // time passes',
      read: "const run = await db.find('backup 02:00');",
      write: "await db.insert('backup 02:00'); // unique key",
    },
    outcomes: { done: 'runs the job', conflict: 'has been run already' },
    groups: cronHosts,
    expect: { 'no-double-effect': 'holds' },
    states: 172,
    script: [
      'A: read',
      'B: work',
      'deliver A→postgres: SELECT FROM keys WHERE key = once',
      'deliver postgres→A: 0 rows',
      'A: work',
      'A: write',
      'deliver A→postgres: INSERT INTO keys VALUES (once)',
      'deliver postgres→A: INSERT 0 1',
      'B: read',
      'deliver B→postgres: SELECT FROM keys WHERE key = once',
      'deliver postgres→B: found A0',
      'B: work',
      'B: write',
      'deliver B→postgres: INSERT INTO keys VALUES (once)',
      'deliver postgres→B: ERROR 23505',
    ],
  },
);
