// The same charge with an idempotency key, and with the classic trouble: the answer is lost, so the worker asks again. Key and
// effect are one transaction at the provider; a key that is known gets the stored answer and has no other effect.
import type { Program, Scenario } from '#lib/lock/index.ts';
import { quietNetwork } from './programs/increment.ts';

const charge: Program = {
  name: 'charge order 42 once',
  lines: [{ text: "await payments.charge(order, { idempotencyKey: 'order-42' });", run: { op: 'write' } }],
};

export const chargeWithKey: Scenario = {
  ...quietNetwork,
  id: 'charge-with-key',
  title: 'A card charged once, with an idempotency key',
  lesson: 'use-cases',
  point: 'The answer to the charge is lost, the worker asks again with the same key, and is told of the first charge.',
  backend: 'idempotency-key',
  clients: { A: charge },
  groups: { 'worker 1': ['A'] },
  outcomes: { done: 'charge confirmed' },
  options: { timeout: 9, onTimeout: 'ask-again' },
  resource: 'none',
  network: [1, 1],
  faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
  expect: { 'no-double-effect': 'holds', 'somebody-finishes': 'holds' },
  bounds: { timing: 'every-ms' },
  states: 10,
  script: [
    'A: write',
    'deliver A→postgres: UPDATE t SET n = n + 1; INSERT INTO keys VALUES (A0-1)',
    'lose postgres→A: INSERT 0 1',
    'timer A: no answer',
    'deliver A→postgres: UPDATE t SET n = n + 1; INSERT INTO keys VALUES (A0-1)',
    'deliver postgres→A: ERROR 23505',
    'deliver A→postgres: SELECT FROM keys WHERE key = A0-1',
    'deliver postgres→A: found 1',
  ],
};
