// There is no TrueTime lock. A transaction of Spanner takes ordinary locks at a leader; one that has been idle for too long may be
// aborted so that others can go on, and its commit then fails. TrueTime is about timestamps, and appears nowhere in this run.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const spannerAborts: Scenario = standard(
  { ...PLAIN, lock: 'spanner', faults: [{ kind: 'pause', atMost: 1, target: 'A' }] },
  {
    id: 'spanner-aborts',
    title: 'Spanner: an idle transaction is aborted',
    lesson: 'decide',
    point: 'A is paused in its transaction, loses its locks to B, and is told so by its commit, which changes nothing.',
    does: 'add one in a transaction',
    says: {
      acquire: 'await tx.run(`SELECT n FROM t FOR UPDATE`);',
      read: 'const { n } = await tx.run(`SELECT n FROM t`);',
      stillMine: 'if (tx.isOpen())',
      write: "tx.buffer('UPDATE t SET n = $1', [next]);",
      release: 'await tx.commit();',
    },
    expect: { 'no-lost-update': 'holds', 'external-consistency': 'holds', 'one-believer': 'violated' },
    states: 595,
    script: [
      'A: acquire',
      'B: acquire',
      'deliver A→spanner: begin; SELECT n FROM t FOR UPDATE',
      'deliver B→spanner: begin; SELECT n FROM t FOR UPDATE',
      'deliver spanner→A: n = 0',
      'A: read',
      'deliver A→spanner: SELECT n FROM t',
      'deliver spanner→A: n = 0',
      'A: work',
      'pause A for 60 ms',
      'timer spanner: idle A1',
      'deliver spanner→B: n = 0',
      'B: read',
      'deliver B→spanner: SELECT n FROM t',
      'deliver spanner→B: n = 0',
      'B: work',
      'B: still mine?',
      'B: write',
      'B: release',
      'deliver B→spanner: Commit n = 1',
      'timer spanner: commit wait B1',
      'deliver spanner→B: committed',
      'A: still mine?',
      'A: write',
      'A: release',
      'deliver A→spanner: Commit n = 1',
      'deliver spanner→A: ABORTED',
    ],
  },
);
