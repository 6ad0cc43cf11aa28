// What travels between Spanner and its clients. A transaction is named by the client's unique value for the acquisition, where
// the real one gets an id with its first answer. `statement` and commit in one message stand for two real ones between which
// nobody decides anything. Left out: sessions, the front ends between client and leader, read-only transactions.
import type { Ask } from '../conversation.ts';
import type { Fence, Json, Ms, NodeId } from '../types.ts';

/** A statement that is committed at once, or with the rest of its transaction. */
export type Statement =
  | { readonly run: 'update n'; readonly to: number; readonly where: number | null }
  /** The row of a lease: `owner = me, until = now + ttl, fence = fence + 1 WHERE owner IS NULL OR until <= now`. */
  | { readonly run: 'take'; readonly owner: string; readonly ttl: Ms }
  | { readonly run: 'renew'; readonly owner: string; readonly ttl: Ms }
  | { readonly run: 'give back'; readonly owner: string };

export type Request = { readonly tag: string | null; readonly id: string; readonly key: string } & (
  | { readonly rpc: 'begin' }
  /** SELECT … FOR UPDATE, for one that will not wait or one that does; begins the transaction unless it has begun. */
  | { readonly rpc: 'lock'; readonly begins: boolean }
  | { readonly rpc: 'read' }
  /** SELECT 1: a transaction in which something is asked is not idle. */
  | { readonly rpc: 'ping' }
  | { readonly rpc: 'commit'; readonly statement: Statement | null }
  /** A transaction of one statement. */
  | { readonly rpc: 'run'; readonly statement: Statement }
  | { readonly rpc: 'rollback' }
);

/** `rows` is the row count; `value` the number that was read or written, or the fence of the lease; `owner` who has that. */
export type Answer = {
  readonly tag: string | null;
  readonly aborted: boolean;
  readonly rows: number;
  readonly value: number | Fence;
  readonly owner: string | null;
};

type Body = { readonly id: string; readonly key: string; readonly [field: string]: Json };

export function ask(to: NodeId, request: Body & { readonly rpc: Request['rpc'] }): Ask {
  return { to, name: nameOf(request as never), body: request };
}

function nameOf(request: Request): string {
  switch (request.rpc) {
    case 'begin':
      return 'BeginTransaction';
    case 'lock':
      return `${request.begins ? 'begin; ' : ''}SELECT n FROM t FOR UPDATE`;
    case 'read':
      return 'SELECT n FROM t';
    case 'ping':
      return 'SELECT 1';
    case 'commit':
      return request.statement === null ? 'Commit' : `Commit ${sqlOf(request.statement)}`;
    case 'run':
      return `${sqlOf(request.statement)}; Commit`;
    case 'rollback':
      return 'Rollback';
  }
}

function sqlOf(statement: Statement): string {
  switch (statement.run) {
    case 'update n':
      return `n = ${statement.to}${statement.where === null ? '' : ` WHERE n = ${statement.where}`}`;
    case 'take':
      return `lease.owner = ${statement.owner}, fence + 1 WHERE free or over`;
    case 'renew':
      return `lease.until = now + ${statement.ttl} WHERE owner = ${statement.owner}`;
    case 'give back':
      return `lease.owner = NULL WHERE owner = ${statement.owner}`;
  }
}
