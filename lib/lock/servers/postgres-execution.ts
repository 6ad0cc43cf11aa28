// What a statement does inside PostgreSQL. READ COMMITTED, the default: a statement sees what was committed when it began, and
// an UPDATE that had to wait looks again at the row that it then gets. An error rolls the whole transaction back at once, so its
// locks are free before the client says ROLLBACK. Source: postgresql.org, "Transaction Isolation"; locks.md 1.5, 4.4.
// Left out: deadlock detection (a client here holds one lock, so none can arise), and the race for a row whose holder has
// changed it: PostgreSQL lets its waiters run for the new version, here they keep their order.
import type { Fence, Json, NodeId } from '../types.ts';
import {
  commit,
  countWrite,
  type Draft,
  fail,
  forget,
  heldByOther,
  IMPLICIT,
  inTransaction,
  isHeld,
  keep,
  keySeen,
  leaveTransaction,
  noteAccess,
  noteFreed,
  noteGranted,
  openIn,
  type Running,
  rowSeen,
  sessionIn,
  stage,
  startIdling,
  stopIdling,
  take,
  withLock,
} from './postgres-sessions.ts';
import type { Code, Row, Statement, Where } from './postgres-statements.ts';
import { withRow } from './table.ts';

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
