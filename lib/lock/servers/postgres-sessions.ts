// What a session of PostgreSQL has: a transaction, locks, and a place in the queue before a lock. Writes are staged in the
// transaction, become visible at COMMIT and are on disk before anybody is told. Here are the changes that these undergo;
// which statement makes which is postgres-execution.ts. Source: postgresql.org, "Explicit Locking"; locks.md 1.5.
// Each row that is asked for is there from the beginning: in the real one FOR UPDATE locks no row that does not exist.
// Left out: every lock mode but the exclusive one. The draft of a database is changed in place while one input is dealt with.
import { at, FOREVER } from '../time.ts';
import type { Command, Fence, Json, Ms, NodeId } from '../types.ts';
import { type LockScope, POSTGRES, type Result, type Row, type Statement } from './postgres-statements.ts';
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
export type Running = {
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

export const idleKey = (connection: string) => `idle ${connection}`;

// ---- transactions -------------------------------------------------------------------------------------------------

export const IMPLICIT: Transaction = { explicit: false, failed: false, rows: {}, keys: {}, written: [], drew: false };

export function openIn(draft: Draft, connection: string): Transaction {
  return sessionIn(draft, connection).transaction ?? IMPLICIT;
}

export function inTransaction(draft: Draft, connection: string, transaction: Transaction): void {
  keep(draft, connection, { ...sessionIn(draft, connection), transaction });
}

export function stage(draft: Draft, connection: string, id: string, row: Row): void {
  const open = openIn(draft, connection);
  inTransaction(draft, connection, { ...open, rows: withRow(open.rows, id, row) });
}

export function countWrite(draft: Draft, connection: string, value: number): void {
  const open = openIn(draft, connection);
  inTransaction(draft, connection, { ...open, written: [...open.written, value] });
}

/** Everything that was staged is there at once, on disk before anybody is told. */
export function commit(draft: Draft, connection: string): void {
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

export function fail(draft: Draft, connection: string): void {
  const { explicit } = openIn(draft, connection);
  leaveTransaction(draft, connection, explicit ? { ...IMPLICIT, explicit, failed: true } : null);
}

/** Its locks go, but for those that the session holds on its own account. */
export function leaveTransaction(draft: Draft, connection: string, transaction: Transaction | null): void {
  const session = sessionIn(draft, connection);
  const freed = session.locks.filter((lock) => lock.byTransaction && lock.bySession === 0);
  const kept = session.locks.filter((lock) => !freed.includes(lock));
  const locks = kept.map((lock) => (lock.byTransaction ? { ...lock, byTransaction: false } : lock));
  keep(draft, connection, { ...session, transaction, locks });
  for (const lock of freed) noteFreed(draft, session, lock, session.gone ? null : session.client);
}

const NEW_ROW: Row = { n: 0, version: 0, by: null };

export function rowSeen({ database }: Draft, connection: string, id: string): Row {
  return database.sessions[connection]?.transaction?.rows[id] ?? database.data.rows[id] ?? NEW_ROW;
}

export function keySeen({ database }: Draft, connection: string, key: string): Json | undefined {
  return database.sessions[connection]?.transaction?.keys[key] ?? database.data.keys[key];
}

// ---- locks --------------------------------------------------------------------------------------------------------

export function heldByOther({ database }: Draft, connection: string, item: string): boolean {
  return Object.entries(database.sessions).some(
    ([name, { locks }]) => name !== connection && locks.some((lock) => lock.item === item),
  );
}

export function take(draft: Draft, connection: string, item: string, as: string | null, scope: LockScope): void {
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

export function isHeld(lock: Lock): boolean {
  return lock.byTransaction || lock.bySession > 0;
}

export function withLock(locks: readonly Lock[], lock: Lock): readonly Lock[] {
  const others = locks.filter((one) => one.item !== lock.item);
  return [...others, lock].sort((a, b) => (a.item < b.item ? -1 : 1));
}

// ---- bookkeeping --------------------------------------------------------------------------------------------------

export function sessionIn({ database }: Draft, connection: string): Session {
  const session = database.sessions[connection];
  if (!session) throw new Error(`there is no session on ${connection}`);
  return session;
}

export function keep(draft: Draft, connection: string, session: Session): void {
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

export function forget(draft: Draft, connection: string): void {
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

export function startIdling({ idle, commands }: Draft, connection: string): void {
  if (idle < FOREVER) commands.push({ do: 'setTimer', key: idleKey(connection), after: [idle, idle] });
}

export function stopIdling({ idle, commands }: Draft, connection: string): void {
  if (idle < FOREVER) commands.push({ do: 'cancelTimer', key: idleKey(connection) });
}

/** Told once, when the message is through: only then is the token known that came with the lock. */
export function noteGranted({ commands }: Draft, who: NodeId, lock: Lock, fence: Fence): Lock {
  if (lock.as === null || lock.fence !== null) return lock;
  const event = { kind: 'granted', server: POSTGRES, key: lock.as, who, fence, until: at(FOREVER) } as const;
  commands.push({ do: 'note', event });
  return { ...lock, fence };
}

export function noteFreed({ commands }: Draft, { client }: Session, { as: key, fence }: Lock, by: NodeId | null): void {
  if (key === null || fence === null) return;
  const event = { kind: 'freed', server: POSTGRES, key, whose: client, fence, by, rightful: true } as const;
  commands.push({ do: 'note', event });
}

export function noteAccess(
  draft: Draft,
  connection: string,
  what: 'read' | 'write',
  accepted: boolean,
  value: number,
): void {
  const { client: who, locks } = sessionIn(draft, connection);
  const fence = locks.find((lock) => lock.fence !== null)?.fence ?? 0;
  draft.commands.push({ do: 'note', event: { kind: 'accessed', who, what, fence, seen: 0, accepted, value } });
}
