// No lock: the client names its intent, and a request with a name that is known already gets the stored result instead of
// another effect. The key and the effect are one transaction: the number is raised, and a row with the key and the result is
// inserted; if the key is there, 23505 takes the raise back. Source: locks.md 5, 6.2 (Stripe's idempotent requests).
// It makes a retry safe, after a lost reply or a crash (the intent is known by the same name in the client's next life). It does
// not order rivals: two requests with two keys both take effect. The effect is `n = n + 1`, such as an entry in a ledger.
// Each access is one message; the server is servers/postgres.ts. Left out: comparing the parameters, and forgetting old keys.
import { servers } from '../servers/postgres.ts';
import { type Access, autocommit, type Plan } from '../servers/postgres-autocommit.ts';
import { ROW, type Row } from '../servers/postgres-statements.ts';
import type { Backend } from '../types.ts';

/** How many effects it has asked for so far: each is an intent of its own, and a retry is none. */
type Intents = { readonly intents: number };

const keyOf = ({ intents }: Intents, { unique }: Access) => `${unique}-${intents}`;

const plan: Plan<Intents> = {
  nothing: { intents: 0 },
  begin: (own, { op }) => (op.op === 'read' ? own : { intents: own.intents + 1 }),
  statements(own, access) {
    if (access.op.op === 'read') return [{ run: 'select', row: ROW }];
    return [
      { run: 'update', row: ROW, to: 'n + 1', where: null, by: null },
      { run: 'insert', key: keyOf(own, access), value: 'n', counts: false },
    ];
  },
  heard(own, { code, results }, access) {
    if (code === '23505') return { own, ask: [{ run: 'find', key: keyOf(own, access) }] };
    const value = results[0]?.value as Row | number;
    return { own, data: { ok: true, value: typeof value === 'number' ? value : value.n } };
  },
};

export const idempotencyKey: Backend = {
  id: 'idempotency-key',
  title: 'Idempotency key, no lock',
  knobs: ['durable', 'idleTimeout'],
  locks: false,
  connections: true,
  tokens: () => 'none',
  expires: () => false,
  holdsData: () => true,
  servers,
  client: (options) => autocommit('idempotency-key', plan, options),
};
