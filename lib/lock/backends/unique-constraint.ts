// No lock: the effect is a row, and its key may exist once. One ticket for a seat, one run for a scheduled time: whoever comes
// second gets 23505, however late, from wherever, and whatever its clock says. Source: locks.md 4.4, 5, 6.1, 6.4 (F17).
// A read finds out whether the row is there (1) or not (0). Each access is one autocommitted statement; the server is
// servers/postgres.ts. Asked again after a lost reply, an INSERT is refused by itself; `onTimeout: 'ask-whose'` looks whose the
// row is (F7). Left out: rules that are no key, such as "at most three".
import { servers } from '../servers/postgres.ts';
import { autocommit, type Plan } from '../servers/postgres-autocommit.ts';
import type { Backend, BackendOptions } from '../types.ts';

/** The seat, or the scheduled time: what all clients of a scenario are after. */
const KEY = 'once';

function plan({ onTimeout }: BackendOptions): Plan<null> {
  return {
    nothing: null,
    begin: () => null,
    statements: (_own, { op, unique }) =>
      op.op === 'read' ? [{ run: 'find', key: KEY }] : [{ run: 'insert', key: KEY, value: unique, counts: true }],
    heard(_own, { code, results: [result] }, { op, unique, inDoubt }) {
      const own = null;
      if (op.op === 'read') return { own, data: { ok: true, value: result?.rows ?? 0 } };
      if (code === '23505') {
        if (inDoubt && onTimeout === 'ask-whose') return { own, ask: [{ run: 'find', key: KEY }] };
        return { own, data: { ok: false, why: 'conflict' } };
      }
      // The row that is there, or the one that has just been made.
      const mine = result?.rows === 1 && (result.value === null || result.value === unique);
      return { own, data: mine ? { ok: true, value: 1 } : { ok: false, why: 'conflict' } };
    },
  };
}

export const uniqueConstraint: Backend = {
  id: 'unique-constraint',
  title: 'Unique constraint, no lock',
  knobs: ['durable', 'idleTimeout'],
  locks: false,
  connections: true,
  tokens: () => 'none',
  expires: () => false,
  holdsData: () => true,
  servers,
  client: (options) => autocommit('unique-constraint', plan(options), options),
};
