// Commands instead of locks: clients say “one more”, and one consumer carries that out in order. When the consumer fails another
// one takes over under a new epoch, which the database checks, so the first cannot apply anything after that.
import type { Scenario } from '#lib/lock/index.ts';
import { PLAIN, standard } from './programs/standard.ts';

export const queueOneConsumer: Scenario = standard(
  { ...PLAIN, lock: 'queue', hold: 0, options: { timeout: 60 }, faults: [{ kind: 'failover', atMost: 1 }] },
  {
    id: 'queue-one-consumer',
    title: 'A queue with one consumer',
    lesson: 'alternatives',
    point: 'The consumer fails, another takes over under a new epoch, and every command is carried out once.',
    does: 'send a command',
    says: { read: 'const before = await db.read();', write: "await queue.send('one more');" },
    outcomes: { done: 'command carried out' },
    expect: { 'no-lost-update': 'holds', 'somebody-finishes': 'holds' },
    states: 396,
    script: [
      'A: read',
      'B: read',
      'deliver A→database: SELECT n',
      'deliver B→database: SELECT n',
      'deliver database→A: n = 0',
      'deliver database→B: n = 0',
      'A: write',
      'B: write',
      'deliver A→broker: produce n + 1',
      'deliver B→broker: produce n + 1',
      'deliver broker→consumer1: record 0: A n + 1, epoch 1',
      'deliver consumer1→database: SELECT n, next (epoch 1)',
      'deliver database→consumer1: n = 0',
      'deliver consumer1→database: UPDATE n = 1, next = 1 WHERE epoch <= 1',
      'deliver database→consumer1: 1 row, n = 1',
      'deliver consumer1→broker: commit offset 1',
      'consumer1 fails over to consumer2',
      'deliver broker→A: applied: n = 1',
      'deliver consumer2→broker: join',
      'deliver broker→consumer2: record 1: B n + 1, epoch 2',
      'deliver consumer2→database: SELECT n, next (epoch 2)',
      'deliver database→consumer2: n = 1',
      'deliver consumer2→database: UPDATE n = 2, next = 2 WHERE epoch <= 2',
      'deliver database→consumer2: 1 row, n = 2',
      'deliver consumer2→broker: commit offset 2',
      'deliver broker→B: applied: n = 2',
    ],
  },
);
