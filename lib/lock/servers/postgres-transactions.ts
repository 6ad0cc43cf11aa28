// What a statement does inside PostgreSQL: transactions, row locks, advisory locks, and the queue before them. READ COMMITTED,
// the default: a statement sees what was committed when it began, and an UPDATE that had to wait looks again at the row that it
// then gets. Writes are staged and become visible at COMMIT. An error rolls the whole transaction back at once, so its locks
// are free before the client says ROLLBACK. Source: postgresql.org, "Explicit Locking", "Transaction Isolation"; locks.md 1.5.
// Left out: every lock mode but the exclusive one, deadlock detection (a client here holds one lock, so none can arise), and
// the race for a row whose holder changed it: PostgreSQL lets its waiters run for the new version, here they keep their order.
import { at, FOREVER } from '../time.ts';
import type { Command, Fence, Json, Ms, NodeId } from '../types.ts';
import {
  type Code,
  type LockScope,
  POSTGRES,
  type Result,
  type Row,
  type Statement,
  type Where,
} from './postgres-statements.ts';
import { type Table, withoutRow, withRow } from './table.ts';

/** What a commit makes durable. */
export type Data = { readonly rows: Table<Row>; readonly keys: Table<Json>; readonly sequence: number };
export type Database = {
  readonly data: Data;
  /** Sessions with something to remember. An idle one without a lock is like one in a pool: the same as none. */
  readonly sessions: Table<Session>;
  /** Connections whose statement waits for a lock, in the order in which they came. */
  readonly queue: readonly string[];
  /** Connections that were closed before the message that opens them had arrived. */
  readonly closedEarly: readonly string[];
};
export type Session = {
  readonly client: NodeId;
  /** The client is gone. A backend that waits for a lock does not look at its socket, so it learns that afterwards. */
  readonly gone: boolean;
  readonly transaction: Transaction | null;
  readonly locks: readonly Lock[];
  readonly running: Running | null;
};
type Transaction = {
  /** Begun by BEGIN; if not, it ends with the message. */
  readonly explicit: boolean;
  readonly failed: boolean;
  readonly rows: Table<Row>;
  readonly keys: Table<Json>;
  /** The numbers that it has written, for the observer. */
  readonly written: readonly number[];
  /** It has taken a number from the sequence, so its commit goes to disk. */
  readonly drew: boolean;
};
type Lock = {
  readonly item: string;
  /** Its name for the observer; null for the locks that writes take on the way. */
  readonly as: string | null;
  /** How often the session has taken it, and has to give it back. */
  readonly bySession: number;
  readonly byTransaction: boolean;
  /** Null until the observer has been told of it. */
  readonly fence: Fence | null;
};
type Running = {
  readonly tag: string | null;
  readonly statements: readonly Statement[];
  readonly results: readonly Result[];
  /** What the first of the statements waits for. */
  readonly waitsFor: string | null;
  readonly token: Fence;
};

export const EMPTY: Database = {
  data: { rows: {}, keys: {}, sequence: 0 },
  sessions: {},
  queue: [],
  closedEarly: [],
};

/** A database in the midst of one reaction. */
export type Draft = { database: Database; readonly commands: Command[]; readonly durable: boolean; readonly idle: Ms };

/** Runs a message, and then whatever waited for a lock that it has given back. */
export function run(
  draft: Draft,
  connection: string,
  client: NodeId,
  statements: readonly Statement[],
  tag: string | null,
): void {
  const session = draft.database.sessions[connection] ?? { client, gone: false, transaction: null, locks: [] };
  stopIdling(draft, connection);
  const running: Running = { tag, statements, results: [], waitsFor: null, token: 0 };
  keep(draft, connection, { ...session, running });
  proceed(draft, connection);
  serveQueue(draft);
}

/** Rolls back what is open, and lets in whoever waited for its locks. */
export function endSession(draft: Draft, connection: string): void {
  forget(draft, connection);
  serveQueue(draft);
}

export const idleKey = (connection: string) => `idle ${connection}`;

// ---- one message --------------------------------------------------------------------------------------------------

type Done = { readonly rows: number; readonly value: Json; readonly said: string; readonly token?: Fence };
type Outcome = Done | { readonly waitsFor: string } | { readonly code: Code };

function proceed(draft: Draft, connection: string): void {
  let said = '';
  for (;;) {
    const session = sessionIn(draft, connection);
    const running = session.running as Running;
    const [statement, ...statements] = running.statements;
    if (!statement) {
      finish(draft, connection, null, said);
      return;
    }
    const outcome = execute(draft, connection, statement);
    if ('code' in outcome) {
      fail(draft, connection);
      finish(draft, connection, outcome.code, `ERROR ${outcome.code}`);
      return;
    }
    const now = sessionIn(draft, connection);
    if ('waitsFor' in outcome) {
      keep(draft, connection, { ...now, running: { ...running, waitsFor: outcome.waitsFor } });
      draft.database = { ...draft.database, queue: [...draft.database.queue, connection] };
      return;
    }
    const { rows, value, token = running.token } = outcome;
    said = outcome.said;
    const results = [...running.results, { rows, value }];
    keep(draft, connection, { ...now, running: { ...running, statements, results, waitsFor: null, token } });
  }
}

function finish(draft: Draft, connection: string, code: Code | null, said: string): void {
  if (sessionIn(draft, connection).transaction?.explicit === false) commit(draft, connection);
  const { running, gone, ...session } = sessionIn(draft, connection);
  const { tag, results, token } = running as Running;
  if (gone) {
    forget(draft, connection);
    return;
  }
  const locks = session.locks.map((lock) => noteGranted(draft, session.client, lock, token));
  const body = { tag, connection, code, results: code === null ? results : [] };
  draft.commands.push({ do: 'send', to: session.client, name: said, body });
  keep(draft, connection, { ...session, gone, locks, running: null });
  if (session.transaction !== null || locks.length > 0) startIdling(draft, connection);
}

/** The next in the queue whose lock is free; it may free others in turn. */
function serveQueue(draft: Draft): void {
  for (;;) {
    const { queue, sessions } = draft.database;
    const next = queue.find((name) => !heldByOther(draft, name, sessions[name]?.running?.waitsFor ?? ''));
    if (next === undefined) return;
    draft.database = { ...draft.database, queue: queue.filter((name) => name !== next) };
    proceed(draft, next);
  }
}

// ---- one statement ------------------------------------------------------------------------------------------------

function execute(draft: Draft, connection: string, statement: Statement): Outcome {
  const { transaction } = sessionIn(draft, connection);
  switch (statement.run) {
    case 'begin':
      if (transaction?.failed) return { code: '25P02' };
      inTransaction(draft, connection, { ...(transaction ?? IMPLICIT), explicit: true });
      return done('BEGIN', 0, 'BEGIN');
    case 'commit':
      // COMMIT of a transaction that has failed is no error: it rolls back and says so.
      if (transaction?.failed) return execute(draft, connection, { run: 'rollback' });
      commit(draft, connection);
      return done('COMMIT', 0, 'COMMIT');
    case 'rollback':
      leaveTransaction(draft, connection, null);
      return done('ROLLBACK', 0, 'ROLLBACK');
  }
  if (transaction?.failed) return { code: '25P02' };
  if (transaction === null) inTransaction(draft, connection, IMPLICIT);
  switch (statement.run) {
    case 'ping':
      return done('1', 1);
    case 'select': {
      const row = rowSeen(draft, connection, statement.row);
      noteAccess(draft, connection, 'read', true, row.n);
      return done(`n = ${row.n}`, 1, row);
    }
    case 'select for update': {
      const item = `row ${statement.row}`;
      if (heldByOther(draft, connection, item)) {
        if (statement.whenLocked === 'skip-locked') return done('0 rows');
        return statement.whenLocked === 'nowait' ? { code: '55P03' } : { waitsFor: item };
      }
      take(draft, connection, item, statement.as, 'transaction');
      const row = rowSeen(draft, connection, statement.row);
      return done(`n = ${row.n}`, 1, row);
    }
    case 'update':
      return update(draft, connection, statement);
    case 'raise version': {
      const item = `row ${statement.row}`;
      if (heldByOther(draft, connection, item)) return { waitsFor: item };
      take(draft, connection, item, null, 'transaction');
      const row = rowSeen(draft, connection, statement.row);
      const version = row.version + 1;
      stage(draft, connection, statement.row, { ...row, version });
      return { ...done(`token ${version}`, 1, version), token: version };
    }
    case 'nextval': {
      const { database } = draft;
      const token = database.data.sequence + 1;
      draft.database = { ...database, data: { ...database.data, sequence: token } };
      inTransaction(draft, connection, { ...openIn(draft, connection), drew: true });
      return { ...done(`token ${token}`, 1, token), token };
    }
    case 'insert':
      return insert(draft, connection, statement);
    case 'find': {
      const value = keySeen(draft, connection, statement.key);
      return value === undefined ? done('0 rows') : done(`found ${value}`, 1, value);
    }
    case 'lock': {
      const item = `advisory ${statement.key}`;
      if (heldByOther(draft, connection, item)) return statement.waits ? { waitsFor: item } : done('f', 1, false);
      take(draft, connection, item, statement.key, statement.scope);
      return done(statement.waits ? 'locked' : 't', 1, true);
    }
    case 'unlock':
      return unlock(draft, connection, `advisory ${statement.key}`);
  }
}

/**
 * The condition is asked twice: of what was committed when the statement began, and, once the row is locked, of what the row is
 * then. Where only the second is false the row stays locked although nothing was updated.
 */
function update(draft: Draft, connection: string, statement: Statement & { readonly run: 'update' }): Outcome {
  const { row: id, to, where, by } = statement;
  const item = `row ${id}`;
  const waited = sessionIn(draft, connection).running?.waitsFor === item;
  const refused = (row: Row): Outcome => {
    noteAccess(draft, connection, 'write', false, to === 'n + 1' ? row.n + 1 : to);
    return done('UPDATE 0');
  };
  const before = rowSeen(draft, connection, id);
  if (!waited && !fits(before, where)) return refused(before);
  if (heldByOther(draft, connection, item)) return { waitsFor: item };
  take(draft, connection, item, null, 'transaction');
  const row = rowSeen(draft, connection, id);
  if (!fits(row, where)) return refused(row);
  const n = to === 'n + 1' ? row.n + 1 : to;
  stage(draft, connection, id, { n, version: row.version + (where?.column === 'version' ? 1 : 0), by: by ?? row.by });
  countWrite(draft, connection, n);
  return done('UPDATE 1', 1, n);
}

function fits(row: Row, where: Where | null): boolean {
  return where === null || row[where.column] === where.is;
}

/** Whether a key is there cannot be known before the transaction that is inserting it has ended. */
function insert(draft: Draft, connection: string, statement: Statement & { readonly run: 'insert' }): Outcome {
  const { key, value, counts } = statement;
  const item = `key ${key}`;
  if (keySeen(draft, connection, key) !== undefined) {
    if (counts) noteAccess(draft, connection, 'write', false, 1);
    return { code: '23505' };
  }
  if (heldByOther(draft, connection, item)) return { waitsFor: item };
  take(draft, connection, item, null, 'transaction');
  const last = sessionIn(draft, connection).running?.results.at(-1)?.value ?? null;
  const open = openIn(draft, connection);
  inTransaction(draft, connection, { ...open, keys: withRow(open.keys, key, value === 'n' ? last : value) });
  if (counts) countWrite(draft, connection, 1);
  return done('INSERT 0 1', 1);
}

function unlock(draft: Draft, connection: string, item: string): Outcome {
  const session = sessionIn(draft, connection);
  const lock = session.locks.find((one) => one.item === item);
  if (!lock || lock.bySession === 0) return done('f', 1, false);
  const less = { ...lock, bySession: lock.bySession - 1 };
  if (isHeld(less)) keep(draft, connection, { ...session, locks: withLock(session.locks, less) });
  else {
    keep(draft, connection, { ...session, locks: session.locks.filter((one) => one !== lock) });
    noteFreed(draft, session, lock, session.client);
  }
  return done('t', 1, true);
}

function done(said: string, rows = 0, value: Json = null): Done {
  return { rows, value, said };
}

// ---- transactions -------------------------------------------------------------------------------------------------

const IMPLICIT: Transaction = { explicit: false, failed: false, rows: {}, keys: {}, written: [], drew: false };

function openIn(draft: Draft, connection: string): Transaction {
  return sessionIn(draft, connection).transaction ?? IMPLICIT;
}

function inTransaction(draft: Draft, connection: string, transaction: Transaction): void {
  keep(draft, connection, { ...sessionIn(draft, connection), transaction });
}

function stage(draft: Draft, connection: string, id: string, row: Row): void {
  const open = openIn(draft, connection);
  inTransaction(draft, connection, { ...open, rows: withRow(open.rows, id, row) });
}

function countWrite(draft: Draft, connection: string, value: number): void {
  const open = openIn(draft, connection);
  inTransaction(draft, connection, { ...open, written: [...open.written, value] });
}

/** Everything that was staged is there at once, on disk before anybody is told. */
function commit(draft: Draft, connection: string): void {
  const { rows, keys, written, drew } = openIn(draft, connection);
  let { data } = draft.database;
  for (const [id, row] of Object.entries(rows)) data = { ...data, rows: withRow(data.rows, id, row) };
  for (const [key, value] of Object.entries(keys)) data = { ...data, keys: withRow(data.keys, key, value) };
  const changed = data !== draft.database.data || drew;
  draft.database = { ...draft.database, data };
  if (changed && draft.durable) draft.commands.push({ do: 'save', disk: data });
  for (const value of written) noteAccess(draft, connection, 'write', true, value);
  leaveTransaction(draft, connection, null);
}

function fail(draft: Draft, connection: string): void {
  const { explicit } = openIn(draft, connection);
  leaveTransaction(draft, connection, explicit ? { ...IMPLICIT, explicit, failed: true } : null);
}

/** Its locks go, but for those that the session holds on its own account. */
function leaveTransaction(draft: Draft, connection: string, transaction: Transaction | null): void {
  const session = sessionIn(draft, connection);
  const freed = session.locks.filter((lock) => lock.byTransaction && lock.bySession === 0);
  const kept = session.locks.filter((lock) => !freed.includes(lock));
  const locks = kept.map((lock) => (lock.byTransaction ? { ...lock, byTransaction: false } : lock));
  keep(draft, connection, { ...session, transaction, locks });
  for (const lock of freed) noteFreed(draft, session, lock, session.gone ? null : session.client);
}

const NEW_ROW: Row = { n: 0, version: 0, by: null };

function rowSeen({ database }: Draft, connection: string, id: string): Row {
  return database.sessions[connection]?.transaction?.rows[id] ?? database.data.rows[id] ?? NEW_ROW;
}

function keySeen({ database }: Draft, connection: string, key: string): Json | undefined {
  return database.sessions[connection]?.transaction?.keys[key] ?? database.data.keys[key];
}

// ---- locks --------------------------------------------------------------------------------------------------------

function heldByOther({ database }: Draft, connection: string, item: string): boolean {
  return Object.entries(database.sessions).some(
    ([name, { locks }]) => name !== connection && locks.some((lock) => lock.item === item),
  );
}

function take(draft: Draft, connection: string, item: string, as: string | null, scope: LockScope): void {
  const session = sessionIn(draft, connection);
  const held = session.locks.find((lock) => lock.item === item);
  const lock: Lock = held ?? { item, as, bySession: 0, byTransaction: false, fence: null };
  const more: Lock = {
    ...lock,
    as: lock.as ?? as,
    bySession: lock.bySession + (scope === 'session' ? 1 : 0),
    byTransaction: lock.byTransaction || scope === 'transaction',
  };
  keep(draft, connection, { ...session, locks: withLock(session.locks, more) });
}

function isHeld(lock: Lock): boolean {
  return lock.byTransaction || lock.bySession > 0;
}

function withLock(locks: readonly Lock[], lock: Lock): readonly Lock[] {
  const others = locks.filter((one) => one.item !== lock.item);
  return [...others, lock].sort((a, b) => (a.item < b.item ? -1 : 1));
}

// ---- bookkeeping --------------------------------------------------------------------------------------------------

function sessionIn({ database }: Draft, connection: string): Session {
  const session = database.sessions[connection];
  if (!session) throw new Error(`there is no session on ${connection}`);
  return session;
}

function keep(draft: Draft, connection: string, session: Session): void {
  const { sessions } = draft.database;
  const { client, gone, transaction, locks, running } = session;
  const idle = transaction === null && running === null && locks.length === 0;
  draft.database = {
    ...draft.database,
    sessions: idle
      ? withoutRow(sessions, connection)
      : withRow(sessions, connection, { client, gone, transaction, locks, running }),
  };
}

function forget(draft: Draft, connection: string): void {
  const { sessions, queue } = draft.database;
  const session = sessions[connection];
  if (!session) return;
  stopIdling(draft, connection);
  for (const lock of session.locks) noteFreed(draft, session, lock, null);
  draft.database = {
    ...draft.database,
    sessions: withoutRow(sessions, connection),
    queue: queue.filter((name) => name !== connection),
  };
}

function startIdling({ idle, commands }: Draft, connection: string): void {
  if (idle < FOREVER) commands.push({ do: 'setTimer', key: idleKey(connection), after: [idle, idle] });
}

function stopIdling({ idle, commands }: Draft, connection: string): void {
  if (idle < FOREVER) commands.push({ do: 'cancelTimer', key: idleKey(connection) });
}

/** Told once, when the message is through: only then is the token known that came with the lock. */
function noteGranted({ commands }: Draft, who: NodeId, lock: Lock, fence: Fence): Lock {
  if (lock.as === null || lock.fence !== null) return lock;
  const event = { kind: 'granted', server: POSTGRES, key: lock.as, who, fence, until: at(FOREVER) } as const;
  commands.push({ do: 'note', event });
  return { ...lock, fence };
}

function noteFreed({ commands }: Draft, { client }: Session, { as: key, fence }: Lock, by: NodeId | null): void {
  if (key === null || fence === null) return;
  const event = { kind: 'freed', server: POSTGRES, key, whose: client, fence, by, rightful: true } as const;
  commands.push({ do: 'note', event });
}

function noteAccess(draft: Draft, connection: string, what: 'read' | 'write', accepted: boolean, value: number): void {
  const { client: who, locks } = sessionIn(draft, connection);
  const fence = locks.find((lock) => lock.fence !== null)?.fence ?? 0;
  draft.commands.push({ do: 'note', event: { kind: 'accessed', who, what, fence, seen: 0, accepted, value } });
}
