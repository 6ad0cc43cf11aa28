// No lock: a version column, and `UPDATE … WHERE version = <what I read>`. The row count says who won; 0 is a conflict, and the
// loser reads again. Nothing can expire, pause or be left behind, since nobody holds anything (optimistic concurrency control).
// Source: locks.md 4.4, 5, 6.1. Each access is one autocommitted statement; the server is servers/postgres.ts.
// A reply that is lost leaves the same doubt as anywhere: asked again, the update meets its own version and seems to have lost.
// `onTimeout: 'ask-whose'` looks who wrote the row last (F7). Left out: conditions on several rows, which need a transaction.
import { servers } from '../servers/postgres.ts';
import { autocommit, type Plan } from '../servers/postgres-autocommit.ts';
import { ROW, type Row } from '../servers/postgres-statements.ts';
import type { Backend, BackendOptions } from '../types.ts';

/** The version that was read last. */
type Known = { readonly version: number };

function plan({ onTimeout }: BackendOptions): Plan<Known> {
  return {
    nothing: { version: 0 },
    begin: (known) => known,
    statements({ version }, { op, unique }) {
      if (op.op === 'read') return [{ run: 'select', row: ROW }];
      return [{ run: 'update', row: ROW, to: op.known + 1, where: { column: 'version', is: version }, by: unique }];
    },
    heard(known, { results: [result] }, { op, unique, inDoubt }) {
      if (typeof result?.value === 'number') {
        return { own: { version: known.version + 1 }, data: { ok: true, value: result.value } };
      }
      const row = result?.value as Row | null | undefined;
      if (row && op.op === 'read') return { own: { version: row.version }, data: { ok: true, value: row.n } };
      if (!row && inDoubt && onTimeout === 'ask-whose') return { own: known, ask: [{ run: 'select', row: ROW }] };
      const mine = row?.by === unique && row.version === known.version + 1;
      if (row && mine) return { own: { version: row.version }, data: { ok: true, value: row.n } };
      return { own: known, data: { ok: false, why: 'conflict' } };
    },
  };
}

export const conditionalUpdate: Backend = {
  id: 'conditional-update',
  title: 'Conditional update, no lock',
  knobs: ['durable', 'idleTimeout'],
  locks: false,
  connections: true,
  tokens: () => 'none',
  expires: () => false,
  holdsData: () => true,
  servers,
  client: (options) => autocommit('conditional-update', plan(options), options),
};
