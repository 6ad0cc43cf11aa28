// etcd in miniature: a key-value store with one revision counter, transactions that compare, leases that take their keys
// along when they end, and watches. Sources: locks.md 1.4; etcd's API reference (v3) and server/lease/lessor.go.
// One actor stands for the whole cluster: Raft makes it act as one that executes requests one at a time and forgets none, and
// Jepsen found no other behaviour of keys and transactions (locks.md 2.8). What is left of the leader is that it counts the
// leases: a new one lets each run its full length again, and an election longer, so a lease may last too long and never too
// short. (A stalled old leader that revoked live leases was a bug: issues 12528 and 15247, mended by PR 16822.)
// Left out: reads of old revisions and serializable (stale) reads, which no lock recipe uses; compaction; followers; a restore
// from a snapshot, after which revisions, and so tokens, may come a second time unless they are bumped (F14, locks.md 1.4).
// No claim depends on the time an election takes: it is a delay of messages like any other.
import { accessNote } from '../resource.ts';
import { deadline, isOver, later } from '../time.ts';
import type { Actor, BackendOptions, Command, Deadline, LocalClock, Ms, NodeId } from '../types.ts';
import { type First, folderOf, queueNotes } from './queue.ts';
import { mapRows, type Table, withoutRow, withRow } from './table.ts';

export const ETCD: NodeId = 'etcd';

/** 1000 ms in a real cluster, where a lease is some seconds or a minute long: so here a millisecond stands for a second. */
export const ELECTION_TIMEOUT: Ms = 1;
/** One and a half elections, rounded up. A shorter lease is granted for so long. */
export const MIN_LEASE_TTL: Ms = 2;

// ---- what travels: `tag` says which request an answer belongs to; null if nobody waits for it ---------------------------

export type Value = string | number;
export type KeyValue = { readonly key: string; readonly value: Value; readonly create: number; readonly mod: number };

export type Compare = {
  readonly key: string;
  readonly target: 'create' | 'mod';
  readonly is: '=' | '!=' | '<' | '>';
  /** A key that does not exist has revision 0. */
  readonly revision: number;
};
export type Op =
  | { readonly op: 'put'; readonly key: string; readonly value: Value; readonly lease: string | null }
  | { readonly op: 'delete'; readonly key: string }
  | { readonly op: 'get'; readonly key: string }
  /** Of the keys with this prefix, the one that was created first. */
  | { readonly op: 'first'; readonly prefix: string }
  /** And the one that was created last, among those before a revision. */
  | { readonly op: 'lastBefore'; readonly prefix: string; readonly revision: number };
/** For the observer alone: the transaction reads or writes protected data, on behalf of a lock with this token. */
export type DataAccess = { readonly what: 'read' | 'write'; readonly fence: number; readonly value: number };

export type EtcdRequest = { readonly tag: string | null } /** A client may choose the id of its lease, as here. */ & (
  | { readonly rpc: 'LeaseGrant'; readonly id: string; readonly ttl: Ms }
  | { readonly rpc: 'LeaseKeepAlive'; readonly id: string }
  | { readonly rpc: 'LeaseRevoke'; readonly id: string }
  /** A lone Put, Get or Delete is a transaction that compares nothing. */
  | {
      readonly rpc: 'Txn';
      readonly compare: readonly Compare[];
      readonly success: readonly Op[];
      readonly failure: readonly Op[];
      readonly access: DataAccess | null;
    }
  /** Tells when the key is deleted that existed at revision `from`: at once, if it is gone since. */
  | { readonly rpc: 'Watch'; readonly key: string; readonly from: number }
);

/** What one operation of a transaction found or deleted. */
export type OpResult = { readonly kvs: readonly KeyValue[]; readonly deleted: number };
/** A keep-alive of a lease that is not there answers ttl 0 and no error. */
export type LeaseAnswer = { readonly ttl: Ms; readonly error: string | null };
export type TxnAnswer = {
  /** Of the whole store, after the transaction. */
  readonly revision: number;
  readonly succeeded: boolean;
  readonly results: readonly OpResult[];
  readonly error: string | null;
};
export type WatchEvent = { readonly deleted: string };
export type EtcdAnswer = LeaseAnswer | TxnAnswer | WatchEvent;

export const NO_LEASE = 'requested lease not found';
export const LEASE_EXISTS = 'lease already exists';

// ---- what it knows ----------------------------------------------------------------------------------------------------

type Row = {
  readonly value: Value;
  readonly create: number;
  readonly mod: number;
  readonly lease: string | null;
  /** A client's library watches again from where it was when its connection comes back, so a watch ends with its key. */
  readonly watchers: readonly NodeId[];
};
/** `client` is kept for the observer alone. */
type Lease = { readonly ttl: Ms; readonly until: Deadline; readonly client: NodeId };
export type EtcdData = {
  readonly revision: number;
  readonly keys: Table<Row>;
  readonly leases: Table<Lease>;
};

/** The first write of a new cluster gets revision 2. */
const EMPTY: EtcdData = { revision: 1, keys: {}, leases: {} };

export function etcdServer({ durable, sweep }: BackendOptions): Actor<EtcdData> {
  const timed = (id: string, ttl: Ms): Command => {
    return { do: 'setTimer', key: endOf(id), after: [ttl, ttl + sweep] };
  };

  /** A new leader, or the whole cluster back from its disk: nobody knows how much of a lease was left. */
  const elect = (data: EtcdData, clock: LocalClock, commands: Command[]): EtcdData => {
    const leases = mapRows(data.leases, (lease, id) => {
      const ttl = lease.ttl + ELECTION_TIMEOUT;
      commands.push(timed(id, ttl));
      return { ...lease, until: deadline(later(clock.monotonic, ttl)) };
    });
    return { ...data, leases };
  };

  const serve = (data: EtcdData, from: NodeId, request: EtcdRequest, clock: LocalClock, commands: Command[]) => {
    const { tag } = request;
    const answer = (name: string, body: EtcdAnswer) => {
      if (tag !== null) commands.push({ do: 'send', to: from, name, body: { tag, ...body } });
    };
    switch (request.rpc) {
      case 'LeaseGrant': {
        if (data.leases[request.id]) {
          answer(LEASE_EXISTS, { ttl: 0, error: LEASE_EXISTS });
          return data;
        }
        const ttl = Math.max(request.ttl, MIN_LEASE_TTL);
        const lease: Lease = { ttl, until: deadline(later(clock.monotonic, ttl)), client: from };
        commands.push(timed(request.id, ttl));
        answer(`lease ${request.id}, ttl ${ttl}`, { ttl, error: null });
        return { ...data, leases: withRow(data.leases, request.id, lease) };
      }
      case 'LeaseKeepAlive': {
        const lease = data.leases[request.id];
        // One that is over is not taken back, although nobody has looked yet.
        const over = lease !== undefined && isOver(lease.until, clock.monotonic);
        if (!lease || over) {
          answer('ttl 0', { ttl: 0, error: null });
          return over ? revoke(data, request.id, commands) : data;
        }
        commands.push(timed(request.id, lease.ttl));
        answer(`ttl ${lease.ttl}`, { ttl: lease.ttl, error: null });
        const until = deadline(later(clock.monotonic, lease.ttl));
        return { ...data, leases: withRow(data.leases, request.id, { ...lease, until }) };
      }
      case 'LeaseRevoke': {
        const known = data.leases[request.id] !== undefined;
        answer(known ? 'revoked' : NO_LEASE, { ttl: 0, error: known ? null : NO_LEASE });
        return known ? revoke(data, request.id, commands) : data;
      }
      case 'Txn': {
        const done = transact(data, request.compare, request.success, request.failure, commands);
        if (request.access) commands.push(noteAccess(from, request.access, done.answer));
        answer(nameOf(done.answer, request.compare.length > 0), done.answer);
        return done.data;
      }
      case 'Watch': {
        const row = data.keys[request.key];
        if (!row || row.create > request.from) {
          commands.push(tell(from, request.key));
          return data;
        }
        if (row.watchers.includes(from)) return data;
        const watched = { ...row, watchers: [...row.watchers, from] };
        return { ...data, keys: withRow(data.keys, request.key, watched) };
      }
    }
  };

  return {
    on(state, input, clock) {
      const commands: Command[] = [];
      let before = state ?? EMPTY;
      let after = before;
      switch (input.kind) {
        case 'start':
          before = (durable ? (input.disk as EtcdData | null) : null) ?? EMPTY;
          after = elect(before, clock, commands);
          break;
        case 'failover':
          after = elect(before, clock, commands);
          break;
        case 'timer': {
          const id = Object.keys(before.leases).find((lease) => endOf(lease) === input.key);
          if (id !== undefined) after = revoke(before, id, commands);
          break;
        }
        case 'message':
          after = serve(before, input.from, input.body as EtcdRequest, clock, commands);
          break;
      }
      if (after === before) return { state: after, commands };
      const by = input.kind === 'message' ? input.from : null;
      const notes = queueNotes(ETCD, firsts(before), firsts(after), by, clock);
      const saved: readonly Command[] = durable ? [{ do: 'save', disk: after }] : [];
      return { state: after, commands: [...saved, ...notes, ...commands] };
    },
  };
}

const endOf = (lease: string) => `lease ${lease} ends`;

function tell(to: NodeId, key: string): Command {
  return { do: 'send', to, name: `DELETE ${key}`, body: { tag: null, deleted: key } };
}

/** All keys of a lease go with it, in one revision. */
function revoke(data: EtcdData, id: string, commands: Command[]): EtcdData {
  commands.push({ do: 'cancelTimer', key: endOf(id) });
  let keys = data.keys;
  for (const [key, row] of Object.entries(data.keys)) if (row.lease === id) keys = drop(keys, key, commands);
  const revision = keys === data.keys ? data.revision : data.revision + 1;
  return { revision, keys, leases: withoutRow(data.leases, id) };
}

function drop(keys: Table<Row>, key: string, commands: Command[]): Table<Row> {
  for (const watcher of keys[key]?.watchers ?? []) commands.push(tell(watcher, key));
  return withoutRow(keys, key);
}

// ---- transactions -----------------------------------------------------------------------------------------------------

function transact(
  data: EtcdData,
  compare: readonly Compare[],
  success: readonly Op[],
  failure: readonly Op[],
  commands: Command[],
): { readonly data: EtcdData; readonly answer: TxnAnswer } {
  const succeeded = compare.every((one) => isTrue(one, data.keys[one.key]));
  const ops = succeeded ? success : failure;
  const unknown = ops.some((op) => op.op === 'put' && op.lease !== null && !data.leases[op.lease]);
  if (unknown) return { data, answer: { revision: data.revision, succeeded: false, results: [], error: NO_LEASE } };

  // Whatever a transaction writes, it writes at one revision, and its later operations see what the earlier ones wrote.
  const next = data.revision + 1;
  let keys = data.keys;
  const results = ops.map((op): OpResult => {
    switch (op.op) {
      case 'put': {
        const { create = next, watchers = [] } = keys[op.key] ?? {};
        keys = withRow(keys, op.key, { value: op.value, create, mod: next, lease: op.lease, watchers });
        return { kvs: [], deleted: 0 };
      }
      case 'delete': {
        const deleted = op.key in keys ? 1 : 0;
        if (deleted === 1) keys = drop(keys, op.key, commands);
        return { kvs: [], deleted };
      }
      default:
        return { kvs: find(keys, op), deleted: 0 };
    }
  });
  const revision = keys === data.keys ? data.revision : next;
  return { data: { ...data, revision, keys }, answer: { revision, succeeded, results, error: null } };
}

function isTrue({ target, is, revision }: Compare, row: Row | undefined): boolean {
  const actual = row?.[target] ?? 0;
  switch (is) {
    case '=':
      return actual === revision;
    case '!=':
      return actual !== revision;
    case '<':
      return actual < revision;
    case '>':
      return actual > revision;
  }
}

function find(keys: Table<Row>, op: Exclude<Op, { op: 'put' | 'delete' }>): readonly KeyValue[] {
  if (op.op === 'get') {
    const row = keys[op.key];
    return row ? [shown(op.key, row)] : [];
  }
  const below = op.op === 'lastBefore' ? op.revision : Number.MAX_SAFE_INTEGER;
  let best: KeyValue | null = null;
  for (const [key, row] of Object.entries(keys)) {
    if (!key.startsWith(op.prefix) || row.create >= below) continue;
    if (best && (op.op === 'first' ? best.create < row.create : best.create > row.create)) continue;
    best = shown(key, row);
  }
  return best ? [best] : [];
}

function shown(key: string, { value, create, mod }: Row): KeyValue {
  return { key, value, create, mod };
}

function nameOf({ succeeded, results, error }: TxnAnswer, compared: boolean): string {
  if (error !== null) return error;
  const found = results.map(({ kvs: [kv], deleted }) => {
    if (deleted > 0) return `deleted ${deleted}`;
    return kv ? `${kv.key} at ${kv.create}` : '';
  });
  const said = [...(compared ? [succeeded ? 'yes' : 'no'] : []), ...found.filter((text) => text !== '')];
  return said.length > 0 ? said.join(', ') : 'none';
}

// ---- for the observer -------------------------------------------------------------------------------------------------

/** The first key of each folder, if it hangs on a lease. */
function firsts({ keys, leases }: EtcdData): Table<First> {
  const found: { [folder: string]: First } = {};
  for (const [key, { create, lease }] of Object.entries(keys)) {
    const folder = folderOf(key);
    const owner = lease === null ? undefined : leases[lease];
    if (folder === null || !owner) continue;
    const best = found[folder];
    if (!best || create < best.fence) found[folder] = { who: owner.client, fence: create, until: owner.until };
  }
  return found;
}

function noteAccess(who: NodeId, { what, fence, value }: DataAccess, answer: TxnAnswer): Command {
  const read = Number(answer.results[0]?.kvs[0]?.value ?? 0);
  return accessNote({ who, what, fence, seen: 0, accepted: answer.succeeded, value: what === 'read' ? read : value });
}
