// A lock in the database that has the data: `SELECT … FOR UPDATE`, the write and COMMIT in one transaction (`data: 'inside'`).
// A client that is paused still has its transaction open, and so its lock, or has lost both; a write without the lock cannot
// be committed. That is why it needs no token, and why none of it helps as soon as the lock guards something outside.
// Also advisory locks, of a transaction or of a session, NOWAIT and SKIP LOCKED. Source: postgresql.org, "Explicit Locking";
// locks.md 1.5. The server is servers/postgres.ts. The lock has no lease: `ttl` and `renew` mean nothing, and with an idle
// timeout its end is the server's secret, so `validUntil` is null. `extend` only asks whether the connection still lives.
// `token`: 'counter' is a sequence, 'record-version' a column that is raised in the locking transaction and rolled back with it.
// Each client has a connection of its own. Behind a pooler that hands out connections by transaction a session's advisory lock
// would stay with a connection that somebody else uses next; that is left out.
// A message that is lost stands for a connection that has died in silence, as when a firewall forgets it. Whoever gives up
// closes the connection, with a CancelRequest if a statement still runs (two messages of the real one, here one); if that is
// lost as well, the server goes on waiting, or holding, for a client that is not there.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { servers } from '../servers/postgres.ts';
import { type Answer, close, query, ROW, type Statement } from '../servers/postgres-statements.ts';
import { FOREVER } from '../time.ts';
import type { Backend, BackendOptions, DataResult, Fence, LockResult } from '../types.ts';

/** A client that is cut off opens one connection after the other; nothing of the eighth last is under way any more. */
const CONNECTIONS = 8;

type Own = {
  /** The row or the key that is locked; null for a client that asks for no lock and writes all the same. */
  readonly lock: string | null;
  readonly connection: string;
  /** 'new' until something has been heard over it; 'off' between two connections. */
  readonly line: 'new' | 'open' | 'off' | 'lost';
  /** Number of the connection that was given up last. */
  readonly left: number;
  readonly fence: Fence;
};

const LOST = { ok: false, why: 'lost', definite: true } as const;

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  const { data, rowLock, whenLocked, token, onTimeout } = options;
  const givesUp = onTimeout === 'give-up';

  const locking = (key: string, patient: boolean): readonly Statement[] => {
    const row = data === 'inside' ? ROW : key;
    const how = whenLocked === 'wait' && !patient ? 'nowait' : whenLocked;
    const numbered: readonly Statement[] =
      token === 'counter' ? [{ run: 'nextval' }] : token === 'record-version' ? [{ run: 'raise version', row }] : [];
    switch (rowLock) {
      case 'for-update':
        return [{ run: 'begin' }, { run: 'select for update', row, as: key, whenLocked: how }, ...numbered];
      case 'advisory-transaction':
        return [{ run: 'begin' }, { run: 'lock', key, scope: 'transaction', waits: how === 'wait' }, ...numbered];
      case 'advisory-session':
        return [{ run: 'lock', key, scope: 'session', waits: how === 'wait' }, ...numbered];
    }
  };

  const accessing = ({ op }: Turn): Statement => {
    switch (op.op) {
      case 'read':
        return { run: 'select', row: ROW };
      case 'write':
        return { run: 'update', row: ROW, to: op.known + 1, where: null, by: null };
      case 'compareAndWrite':
        return { run: 'update', row: ROW, to: op.known + 1, where: { column: 'n', is: op.known }, by: null };
      default:
        return { run: 'ping' };
    }
  };

  const giveUp = (own: Own) => [close(own.connection, own.line === 'new')];
  const reconnect = (own: Own, unique: string): Own => {
    const left = (own.left % CONNECTIONS) + 1;
    return { ...own, connection: `${unique}.${left}`, line: 'off', left };
  };

  /** The connection is of no use any more. Only where no transaction was open can the client simply ask again. */
  const broken = (own: Own, turn: Turn, why: 'timeout' | 'lost', definite: boolean): Next<Own> => {
    const { op, unique } = turn;
    const tell = own.line === 'off' ? [] : giveUp(own);
    const lost: Own = { ...own, line: 'lost' };
    switch (op.op) {
      case 'acquire':
        if (givesUp) return { do: 'end', own: lost, tell, result: { ok: false, why, definite } };
        return { do: 'again', own: reconnect(own, unique), tell };
      case 'extend':
      case 'release':
        return { do: 'end', own: lost, tell, result: { ok: false, why, definite: false } };
      default: {
        if (own.lock !== null || givesUp) return { do: 'answer', own: lost, tell, data: { ok: false, why } };
        const again = { ...reconnect(own, unique), line: 'new' as const };
        return { do: 'ask', own: again, tell, asks: [query(again.connection, [accessing(turn)], true, true)] };
      }
    }
  };

  const base: Recipe<Own, Answer> = {
    begin(before, turn) {
      const { op, unique } = turn;
      if (op.op === 'acquire') {
        const known: Own = before ?? { lock: op.key, connection: unique, line: 'off', left: 0, fence: 0 };
        const own: Own = known.line === 'off' ? { ...known, line: 'new' } : known;
        const patient = op.patience > 0;
        const asks = [query(own.connection, locking(op.key, patient), true, own.line === 'new' && own.left > 0)];
        // Who waits in the queue cannot be told from who waits for a lost answer. One that may ask again loses its place.
        return patient && whenLocked === 'wait' && givesUp
          ? { do: 'ask', own, asks, queued: true }
          : { do: 'ask', own, asks };
      }
      const own: Own = before ?? { lock: null, connection: unique, line: 'new', left: 0, fence: 0 };
      if (own.line === 'lost' && own.lock !== null) {
        if (op.op === 'extend' || op.op === 'release') return { do: 'end', own, result: LOST };
        return { do: 'answer', own, data: { ok: false, why: 'lost' } };
      }
      const unlock: Statement =
        rowLock === 'advisory-session' ? { run: 'unlock', key: own.lock ?? '' } : { run: 'commit' };
      const statement = op.op === 'release' ? unlock : accessing(turn);
      return { do: 'ask', own, asks: [query(own.connection, [statement], own.lock === null)] };
    },

    heard(before, { connection, code, results }, _from, { op, unique }) {
      // Over a connection that it has given up: nobody reads that any more.
      if (connection !== before.connection || before.line === 'off') return { do: 'listen', own: before };
      const own: Own = { ...before, line: 'open' };
      const last = results.at(-1);
      switch (op.op) {
        case 'acquire': {
          if (code === '08003') return { do: 'again', own: reconnect(own, unique) };
          if (last?.value === 'ROLLBACK') return { do: 'again', own };
          const locked = rowLock === 'advisory-session' ? results[0] : results[1];
          if (code === null && locked?.rows === 1 && locked.value !== false) {
            const fence = token === 'none' ? 0 : Number(last?.value);
            return { do: 'end', own: { ...own, fence }, result: { ok: true, fence, validUntil: null } };
          }
          if (rowLock === 'advisory-session') return { do: 'again', own };
          // It does not wait, and has begun a transaction in vain.
          return { do: 'ask', own, step: 'rollback', asks: [query(own.connection, [{ run: 'rollback' }], false)] };
        }
        case 'extend': {
          const result: LockResult = code === null ? { ok: true, fence: own.fence, validUntil: null } : LOST;
          return { do: 'end', own, result };
        }
        case 'release': {
          const freed = code === null && (last?.value === 'COMMIT' || last?.value === true);
          return { do: 'end', own, result: freed ? { ok: true, fence: own.fence, validUntil: null } : LOST };
        }
        case 'read': {
          const row = last?.value as { readonly n: number } | undefined;
          const data: DataResult = code === null && row ? { ok: true, value: row.n } : { ok: false, why: 'lost' };
          return { do: 'answer', own, data };
        }
        default: {
          const why = code === null ? 'conflict' : 'lost';
          const done = code === null && last?.rows === 1;
          return { do: 'answer', own, data: done ? { ok: true, value: Number(last.value) } : { ok: false, why } };
        }
      }
    },

    unanswered: (own, turn) => broken(own, turn, 'timeout', false),
    // What the server rolls back when a connection ends was not done. Of a COMMIT on its way nobody can say.
    closed(own, _from, turn) {
      if (turn !== null) return own.line === 'off' ? { do: 'listen', own } : broken(own, turn, 'lost', true);
      if (own.lock === null || own.line === 'lost') return { own };
      return { own: { ...own, line: 'lost' }, news: { kind: 'lost' } };
    },
    told(own, { connection }, _from, turn) {
      if (connection !== own.connection || own.line === 'lost') return { own };
      if (turn !== null) return broken(own, turn, 'lost', true);
      return { own: { ...own, line: 'lost' }, news: { kind: 'lost' } };
    },
  };

  if (whenLocked !== 'wait') return base;
  return {
    ...base,
    withdraw(own, { op }) {
      if (op.op === 'acquire' && op.patience === 0) return { do: 'listen', own };
      const tell = own.line === 'off' ? [] : giveUp(own);
      return { do: 'end', own: { ...own, line: 'lost' }, tell, result: { ok: false, why: 'held', definite: true } };
    },
  };
}

export const sql: Backend = {
  id: 'sql',
  title: 'PostgreSQL, a lock in the database',
  knobs: ['data', 'durable', 'idleTimeout', 'rowLock', 'token', 'whenLocked'],
  defaults: { data: 'inside' },
  connections: true,
  tokens({ token, rowLock }) {
    if (token === 'none') return 'none';
    // A column that was raised in a transaction comes back with the rollback, and the next holder gets the same number.
    return token === 'counter' || rowLock === 'advisory-session' ? 'rising' : 'unordered';
  },
  expires: ({ idleTimeout }) => idleTimeout < FOREVER,
  endsWith: () => 'session',
  holdsData: ({ data }) => data === 'inside',
  problems({ data, rowLock, whenLocked, token, idleTimeout }) {
    const found: string[] = [];
    const advisory = rowLock !== 'for-update';
    if (idleTimeout === 0) found.push('idleTimeout must be above 0; leave it out for a session that may idle for ever');
    if (advisory && whenLocked === 'skip-locked')
      found.push('SKIP LOCKED leaves out rows, and an advisory lock locks none');
    if (token !== 'none' && data === 'inside') {
      found.push('with the data in the transaction that locks, nobody is left to look at a token');
    }
    if (token !== 'none' && (whenLocked === 'skip-locked' || (advisory && whenLocked === 'nowait'))) {
      found.push(
        `a token comes in the same message as the lock, so it cannot be had with '${whenLocked}', which may find none`,
      );
    }
    return found;
  },
  servers,
  client: (options) => conversation(recipe(options), options),
};
