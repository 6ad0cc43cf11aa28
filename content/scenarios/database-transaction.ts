// Lock and data in one transaction. The database ends the transaction of a client that has been silent for too long, and with the
// transaction everything goes that its client might still want to write. It believes and can do nothing.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const databaseTransaction: Scenario = standard(
  { ...PLAIN, lock: 'sql', options: { idleTimeout: 30 }, faults: [{ kind: 'pause', atMost: 1, target: 'A' }] },
  {
    id: 'database-transaction',
    title: 'PostgreSQL: lock and data in one transaction',
    lesson: 'options',
    point: 'The database ends the transaction of the paused client and frees its lock, and the late write fails.',
    does: 'add one in a transaction',
    says: {
      acquire: 'await tx.query(`SELECT n FROM t FOR UPDATE`);',
      read: 'const { n } = await tx.query(`SELECT n FROM t`);',
      stillMine: 'if (tx.isOpen())',
      write: "await tx.query('UPDATE t SET n = $1', [next]);",
      release: 'await tx.query(`COMMIT`);',
    },
    expect: { 'no-lost-update': 'holds', 'one-holder': 'holds', 'one-believer': 'violated' },
    states: 623,
    script: [
      'A: acquire',
      'B: acquire',
      'deliver A→postgres: BEGIN; SELECT n FROM t FOR UPDATE',
      'deliver B→postgres: BEGIN; SELECT n FROM t FOR UPDATE',
      'deliver postgres→A: n = 0',
      'A: read',
      'deliver A→postgres: SELECT n FROM t',
      'deliver postgres→A: n = 0',
      'A: work',
      'pause A for 60 ms',
      'timer postgres: idle A1',
      'deliver postgres→B: n = 0',
      'B: read',
      'deliver B→postgres: SELECT n FROM t',
      'deliver postgres→B: n = 0',
      'B: work',
      'B: still mine?',
      'B: write',
      'deliver B→postgres: UPDATE t SET n = 1',
      'deliver postgres→B: UPDATE 1',
      'B: release',
      'deliver B→postgres: COMMIT',
      'deliver postgres→B: COMMIT',
      'A: still mine?',
      'deliver postgres→A: FATAL 25P03 idle timeout',
      'A: write',
    ],
  },
);
