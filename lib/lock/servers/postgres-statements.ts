// What travels between PostgreSQL and its clients: a message with one statement or a few, and one answer with a result for
// each. As in PostgreSQL's simple query protocol, the statements of one message that open no transaction are one.
// A `connection` is named by its client, since an address and a port would say no more. Left out: logging in, and portals.
import type { Ask } from '../conversation.ts';
import type { Json, NodeId } from '../types.ts';

export const POSTGRES: NodeId = 'postgres';
/** The row that holds the protected number, where it is in the database. */
export const ROW = 'number';

/** How FOR UPDATE meets a row that another transaction has locked. */
export type WhenLocked = 'wait' | 'nowait' | 'skip-locked';
export type Where = { readonly column: 'n' | 'version'; readonly is: number };

/** `as` is what the lock is called. It is for the observer alone: the database locks rows and knows no names. */
export type Statement =
  | { readonly run: 'begin' | 'commit' | 'rollback' | 'ping' }
  | { readonly run: 'select'; readonly row: string }
  | { readonly run: 'select for update'; readonly row: string; readonly as: string; readonly whenLocked: WhenLocked }
  | {
      readonly run: 'update';
      readonly row: string;
      /** A number, or one more than whatever is there when the statement runs. */
      readonly to: number | 'n + 1';
      readonly where: Where | null;
      /** Kept in the row, so that a client can find out whether an update was its own. */
      readonly by: string | null;
    }
  /** A version column raised by the transaction that locks: rolled back with it. */
  | { readonly run: 'raise version'; readonly row: string }
  /** A sequence: what it has given is never taken back. */
  | { readonly run: 'nextval' }
  | {
      readonly run: 'insert';
      readonly key: string;
      /** 'n' is the number that the statement before it returned. */
      readonly value: string | 'n';
      /** For the observer: the row is the effect itself, and not only a record of one. */
      readonly counts: boolean;
    }
  | { readonly run: 'find'; readonly key: string }
  | { readonly run: 'lock'; readonly key: string; readonly scope: LockScope; readonly waits: boolean }
  | { readonly run: 'unlock'; readonly key: string };

/** An advisory lock ends with its transaction or with its session. */
export type LockScope = 'transaction' | 'session';

/**
 * `opens` makes the connection if it is not there; anything else on a connection that the server does not know fails. 'close'
 * cancels what still runs and ends the session; `early` says that nothing has been heard over the connection so far.
 */
export type Request = { readonly tag: string | null; readonly connection: string } & (
  | { readonly command: 'query'; readonly opens: boolean; readonly statements: readonly Statement[] }
  | { readonly command: 'close'; readonly early: boolean }
);

/**
 * SQLSTATEs: a unique violation, a lock that is not available, a transaction that has failed, one that idled for too long, a
 * session that did so outside of any, and no connection.
 */
export type Code = '23505' | '55P03' | '25P02' | '25P03' | '57P05' | '08003';

export type Row = { readonly n: number; readonly version: number; readonly by: string | null };
/** `rows` is the row count; `value` depends on the statement. */
export type Result = { readonly rows: number; readonly value: Json };
/** A result for each statement, or none if one failed: what was done before it is undone, or is not to be built on. */
export type Answer = {
  readonly tag: string | null;
  readonly connection: string;
  readonly code: Code | null;
  readonly results: readonly Result[];
};

/** `anew` where the client knows that the connection is not the one that it had before. */
export function query(connection: string, statements: readonly Statement[], opens: boolean, anew = false): Ask {
  const name = statements.map(sqlOf).join('; ');
  const body = { connection, command: 'query', opens, statements: statements as Json };
  return { to: POSTGRES, name, body, ...(anew ? { anew } : {}) };
}

/** A CancelRequest goes over a connection of its own, so it gets through where the one that it is about is broken. */
export function close(connection: string, early: boolean): Ask {
  return { to: POSTGRES, name: 'cancel, close', body: { connection, command: 'close', early }, anew: true };
}

/** As SQL, but short enough to be drawn: `WHERE id = …` is left out where there is one row. */
function sqlOf(statement: Statement): string {
  switch (statement.run) {
    case 'begin':
      return 'BEGIN';
    case 'commit':
      return 'COMMIT';
    case 'rollback':
      return 'ROLLBACK';
    case 'ping':
      return 'SELECT 1';
    case 'select':
      return 'SELECT n FROM t';
    case 'select for update': {
      const how = { wait: '', nowait: ' NOWAIT', 'skip-locked': ' SKIP LOCKED' }[statement.whenLocked];
      return `SELECT n FROM t FOR UPDATE${how}`;
    }
    case 'update': {
      const { to, where } = statement;
      const version = where?.column === 'version' ? ', version = version + 1' : '';
      return `UPDATE t SET n = ${to}${version}${where ? ` WHERE ${where.column} = ${where.is}` : ''}`;
    }
    case 'raise version':
      return 'UPDATE t SET version = version + 1';
    case 'nextval':
      return "SELECT nextval('fence')";
    case 'insert':
      return `INSERT INTO keys VALUES (${statement.key})`;
    case 'find':
      return `SELECT FROM keys WHERE key = ${statement.key}`;
    case 'lock': {
      const { key, scope, waits } = statement;
      return `SELECT pg_${waits ? '' : 'try_'}advisory_${scope === 'transaction' ? 'xact_' : ''}lock(hashtext('${key}'))`;
    }
    case 'unlock':
      return `SELECT pg_advisory_unlock(hashtext('${statement.key}'))`;
  }
}
