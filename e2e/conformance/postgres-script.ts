// Scripts for PostgreSQL: random steps on three connections, each step with its SQL for the real server and its statements for the
// simulated one. Few rows, keys and advisory locks, so that the connections meet each other often.
import fc from 'fast-check';
import type { postgres } from '#lib/lock/index.ts';

export type Statement = postgres.Statement;
/** What a person does who sits at three terminals; `vanish` closes the socket, `terminate` is pg_terminate_backend. */
export type Act =
  | { readonly act: 'say'; readonly statements: readonly Statement[] }
  | { readonly act: 'vanish' | 'terminate' };
export type Step = { readonly who: number } & Act;

export const CONNECTIONS = 3;
export const say = (...statements: readonly Statement[]): Act => ({ act: 'say', statements });

/** The second one is there so that a connection can hold more than the others ask for. */
const row = fc.constantFrom('a', 'a', 'a', 'b');
const key = fc.constantFrom('k', 'k', 'k', 'l');
const number = fc.constantFrom('1', '1', '1', '2');
const small = fc.integer({ min: 0, max: 3 });

const where = fc.oneof(
  fc.constant(null),
  fc.record({ column: fc.constantFrom('n' as const, 'version' as const), is: fc.integer({ min: 0, max: 1 }) }),
);
const update = fc
  .record({ row, to: fc.oneof(small, fc.constant('n + 1' as const)), where })
  .map((one): Statement => ({ run: 'update', ...one, by: null }));
const insert = fc
  .record({ key, value: fc.constantFrom('x', 'y') })
  .map((one): Statement => ({ run: 'insert', ...one, counts: false }));

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(say({ run: 'begin' })) },
  { weight: 4, arbitrary: fc.constant(say({ run: 'commit' })) },
  { weight: 3, arbitrary: fc.constant(say({ run: 'rollback' })) },
  { weight: 2, arbitrary: row.map((id) => say({ run: 'select', row: id })) },
  {
    weight: 8,
    arbitrary: fc
      .record({
        row,
        whenLocked: fc.constantFrom('wait' as const, 'wait' as const, 'nowait' as const, 'skip-locked' as const),
      })
      .map((one) => say({ run: 'select for update', as: one.row, ...one })),
  },
  { weight: 8, arbitrary: update.map((one) => say(one)) },
  { weight: 1, arbitrary: row.map((id) => say({ run: 'raise version', row: id })) },
  { weight: 1, arbitrary: fc.constant(say({ run: 'nextval' })) },
  { weight: 5, arbitrary: insert.map((one) => say(one)) },
  // As an idempotency key goes with its effect: one message, one transaction.
  {
    weight: 2,
    arbitrary: fc
      .record({ row, key })
      .map((one) =>
        say(
          { run: 'update', row: one.row, to: 'n + 1', where: null, by: null },
          { run: 'insert', key: one.key, value: 'x', counts: false },
        ),
      ),
  },
  { weight: 2, arbitrary: key.map((one) => say({ run: 'find', key: one })) },
  {
    weight: 8,
    arbitrary: fc
      .record({ key: number, scope: fc.constantFrom('session' as const, 'transaction' as const), waits: fc.boolean() })
      .map((one) => say({ run: 'lock', ...one })),
  },
  { weight: 4, arbitrary: number.map((one) => say({ run: 'unlock', key: one })) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'vanish' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'terminate' }) },
);

const steps = fc.array(
  fc.record({ who: fc.integer({ min: 0, max: CONNECTIONS - 1 }), act }).map(({ who, act: done }) => ({ who, ...done })),
  { minLength: 8, maxLength: 20, size: 'max' },
);

/** Most scripts begin with something that the others will want. */
const openings: readonly (readonly Step[])[] = [
  [],
  [0, 1, 2].map((who) => ({ who, ...say({ run: 'begin' }) })),
  [
    { who: 0, ...say({ run: 'begin' }) },
    { who: 0, ...say({ run: 'select for update', row: 'a', as: 'a', whenLocked: 'wait' }) },
    { who: 1, ...say({ run: 'begin' }) },
  ],
  [
    { who: 0, ...say({ run: 'begin' }) },
    { who: 0, ...say({ run: 'insert', key: 'k', value: 'x', counts: false }) },
  ],
  [
    { who: 0, ...say({ run: 'lock', key: '1', scope: 'session', waits: true }) },
    { who: 2, ...say({ run: 'begin' }) },
  ],
];
export const scripts: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.constantFrom(...openings), steps)
  .map(([opening, rest]) => [...opening, ...rest]);

export const tables = `
  CREATE TABLE t (id text PRIMARY KEY, n int NOT NULL, version int NOT NULL, by text);
  CREATE TABLE keys (key text PRIMARY KEY, value text);
  CREATE SEQUENCE fence`;
export const afresh = `
  DELETE FROM t; DELETE FROM keys; ALTER SEQUENCE fence RESTART;
  INSERT INTO t VALUES ('a', 0, 0, NULL), ('b', 0, 0, NULL)`;

/** Written out as the documentation has it, and not taken from the names that the simulated server draws. */
export function sqlOf(statement: Statement): string {
  const at = (id: string) => `WHERE id = '${id}'`;
  switch (statement.run) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return statement.run.toUpperCase();
    case 'ping':
      return 'SELECT 1';
    case 'select':
      return `SELECT n, version, by FROM t ${at(statement.row)}`;
    case 'select for update': {
      const how = { wait: '', nowait: 'NOWAIT', 'skip-locked': 'SKIP LOCKED' }[statement.whenLocked];
      return `SELECT n, version, by FROM t ${at(statement.row)} FOR UPDATE ${how}`;
    }
    case 'update': {
      const { row: id, to, where: condition } = statement;
      const version = condition?.column === 'version' ? ', version = version + 1' : '';
      const and = condition ? ` AND ${condition.column} = ${condition.is}` : '';
      return `UPDATE t SET n = ${to}${version} ${at(id)}${and} RETURNING n AS value`;
    }
    case 'raise version':
      return `UPDATE t SET version = version + 1 ${at(statement.row)} RETURNING version AS value`;
    case 'nextval':
      return "SELECT nextval('fence')::int AS value";
    case 'insert':
      return `INSERT INTO keys VALUES ('${statement.key}', '${statement.value}')`;
    case 'find':
      return `SELECT value FROM keys WHERE key = '${statement.key}'`;
    case 'lock': {
      const xact = statement.scope === 'transaction' ? 'xact_' : '';
      return statement.waits
        ? `SELECT true AS value FROM pg_advisory_${xact}lock(${statement.key})`
        : `SELECT pg_try_advisory_${xact}lock(${statement.key}) AS value`;
    }
    case 'unlock':
      return `SELECT pg_advisory_unlock(${statement.key}) AS value`;
  }
}
