// The rows of a Spanner group: one number, and a lease for each key. What a statement finds under its lock, and what is there
// once it has been committed. Leases are rows like any other; what makes them leases is what statements ask of them. Their
// ends are by the leader's CURRENT_TIMESTAMP.
import { accessNote } from '../resource.ts';
import { deadline, instantOf, isOver, later } from '../time.ts';
import type { Command, Deadline, Fence, Instant, LockEvent, NodeId } from '../types.ts';
import type { Statement } from './spanner-requests.ts';
import { type Table, withRow } from './table.ts';

/** Nobody's lease is kept for its fence alone. */
type Lease = {
  readonly owner: string | null;
  readonly who: NodeId;
  readonly fence: Fence;
  readonly until: Deadline | null;
};
export type Rows = { readonly n: number; readonly leases: Table<Lease> };
/** `value` is the number or the fence of the lease. */
export type Found = { readonly rows: number; readonly value: number; readonly owner: string | null };

export const NO_ROWS: Rows = { n: 0, leases: {} };

/** The row that it locks. */
export function rowOf({ run }: Statement, key: string): string {
  return run === 'update n' ? 'n' : `lease ${key}`;
}

/** How many rows its condition finds: one or none. */
export function find({ n, leases }: Rows, key: string, statement: Statement, wall: Instant): Found {
  const lease = leases[key];
  const owner = lease?.owner ?? null;
  const lapsed = !lease?.until || isOver(lease.until, wall);
  const found = (is: boolean): Found => ({ rows: is ? 1 : 0, value: 0, owner });
  switch (statement.run) {
    case 'update n':
      return found(statement.where === null || statement.where === n);
    case 'take':
      return found(owner === null || lapsed);
    case 'renew':
      return found(owner === statement.owner && !lapsed);
    case 'give back':
      return found(owner === statement.owner);
  }
}

/** When a lease ends that is written now. */
export function endOf(statement: Statement, wall: Instant): Deadline | null {
  return statement.run === 'take' || statement.run === 'renew' ? deadline(later(wall, statement.ttl)) : null;
}

/** The rows after a commit, and what there is to see of it. */
export function change(
  { n, leases }: Rows,
  commit: {
    readonly server: NodeId;
    readonly key: string;
    readonly who: NodeId;
    readonly statement: Statement;
    readonly until: Deadline | null;
  },
): { readonly after: Rows; readonly found: Found; readonly notes: readonly Command[] } {
  const { server, key, who, statement, until } = commit;
  if (statement.run === 'update n') {
    const value = statement.to;
    const notes = [accessNote({ who, what: 'write', fence: 0, seen: 0, accepted: true, value })];
    return { after: { n: value, leases }, found: { rows: 1, value, owner: null }, notes };
  }
  const before = leases[key];
  const { run, owner } = statement;
  const fence = (before?.fence ?? 0) + (run === 'take' ? 1 : 0);
  const lease: Lease =
    run === 'give back' ? { owner: null, who: '', fence, until: null } : { owner, who, fence, until };
  const events: LockEvent[] = [];
  if (before && before.owner !== null && run !== 'renew') {
    const by = run === 'give back' ? who : null;
    events.push({ kind: 'freed', server, key, whose: before.who, fence: before.fence, by, rightful: true });
  }
  if (until !== null) events.push({ kind: 'granted', server, key, who, fence, until: instantOf(until) });
  return {
    after: { n, leases: withRow(leases, key, lease) },
    found: { rows: 1, value: fence, owner: lease.owner },
    notes: events.map((event) => ({ do: 'note', event })),
  };
}
