// Spanner. There is no "TrueTime lock": what locks is a read-write transaction, and TrueTime numbers the commits (locks.md 1.6,
// 7.1 row 26). With `data: 'inside'` the lock is SELECT … FOR UPDATE and to give it back is to commit: writes are kept by the
// client until then, so a client that has lost its locks has changed nothing, and it learns of that at its next request.
// With `data: 'outside'` a row with an owner, an end and a fence serves as a lease, in transactions that are over before the
// client goes to work. A commit timestamp would be a token too, since it is known by the time a lease is granted; the fence
// column is what people use, and is small. In a transaction that is still open there is no token at all.
// With two `replicas` there are two groups, each with its rows, its leader and its clock; the key says which. The server is
// servers/spanner.ts. Defaults here and really: idleTimeout 30 (10 s), clockUncertainty 2 (1 to 7 ms).
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { spannerGroup } from '../servers/spanner.ts';
import { type Answer, ask, type Statement } from '../servers/spanner-requests.ts';
import { deadline, FOREVER, instantOf, later } from '../time.ts';
import type { Backend, BackendOptions, DataResult, Deadline, LockResult, NodeId } from '../types.ts';

const LOST = { ok: false, why: 'lost', definite: true } as const;
const HELD = { ok: false, why: 'held', definite: true } as const;
const DOUBT = { ok: false, why: 'timeout', definite: false } as const;

// ---- the lock is a transaction ------------------------------------------------------------------------------------------

type Open = {
  readonly key: string;
  /** It has asked for the lock and has not been told no. */
  readonly asked: boolean;
  readonly begun: boolean;
  /** What it will write when it commits. */
  readonly buffered: number | null;
};

function transaction(options: BackendOptions): Recipe<Open, Answer> {
  const { onTimeout, beginsFirst, network } = options;
  const givesUp = onTimeout === 'give-up';
  const rpc = ({ key }: Open, id: string) => ({ to: groupOf(key, options), id, key });

  const lock = (own: Open, { unique, op }: Turn): Next<Open> => {
    const { to, id, key } = rpc(own, unique);
    const begins = !own.begun;
    const asks = [
      begins && beginsFirst ? ask(to, { id, key, rpc: 'begin' }) : ask(to, { id, key, rpc: 'lock', begins }),
    ];
    const patient = op.op === 'acquire' && op.patience > 0;
    // Who waits for the lock cannot be told from who waits for a lost answer, so one that asks again asks for nothing new.
    const step = begins ? 'begin' : 'lock';
    return patient && givesUp && !(begins && beginsFirst)
      ? { do: 'ask', own: { ...own, asked: true }, step, asks, queued: true }
      : { do: 'ask', own: { ...own, asked: true }, step, asks };
  };

  const rollback = (own: Open, { unique }: Turn) => {
    const { to, id, key } = rpc(own, unique);
    return own.asked ? [ask(to, { id, key, rpc: 'rollback' })] : [];
  };

  /** An access by a client that has begun no transaction: each is one by itself. */
  const alone = (turn: Turn): Next<Open> => {
    const { op, unique } = turn;
    const own: Open = { key: '', asked: false, begun: false, buffered: null };
    const { to, key } = rpc(own, unique);
    if (op.op === 'read') return { do: 'ask', own, asks: [ask(to, { id: '', key, rpc: 'read' })] };
    if (op.op !== 'write' && op.op !== 'compareAndWrite') throw new Error(`Spanner cannot ${op.op} before an acquire`);
    const where = op.op === 'compareAndWrite' ? op.known : null;
    const statement: Statement = { run: 'update n', to: op.known + 1, where };
    return { do: 'ask', own, asks: [ask(to, { id: `${unique} ${op.known}`, key, rpc: 'run', statement })] };
  };

  const begin = (before: Open | null, turn: Turn): Next<Open> => {
    const { op, unique } = turn;
    if (op.op === 'acquire') return lock(before ?? { key: op.key, asked: false, begun: false, buffered: null }, turn);
    if (before === null || !before.begun) return alone(turn);
    const { to, id, key } = rpc(before, unique);
    switch (op.op) {
      case 'read':
        return { do: 'ask', own: before, asks: [ask(to, { id, key, rpc: 'read' })] };
      case 'write':
      case 'compareAndWrite': {
        // Under its lock the value is still the one that it read; if the lock is gone, the commit will say so.
        const buffered = op.known + 1;
        return { do: 'answer', own: { ...before, buffered }, data: { ok: true, value: buffered } };
      }
      case 'extend':
        return { do: 'ask', own: before, asks: [ask(to, { id, key, rpc: 'ping' })] };
      case 'release': {
        const { buffered } = before;
        const statement: Statement | null = buffered === null ? null : { run: 'update n', to: buffered, where: null };
        return { do: 'ask', own: before, asks: [ask(to, { id, key, rpc: 'commit', statement })] };
      }
    }
  };

  return {
    begin,

    heard(own, { aborted, rows, value }, _from, turn) {
      const { op } = turn;
      switch (op.op) {
        case 'acquire':
          if (aborted) return { do: 'again', own: { ...own, asked: false, begun: false }, alarm: null };
          if (beginsFirst && !own.begun) return lock({ ...own, begun: true }, turn);
          return { do: 'end', own: { ...own, begun: true }, alarm: null, result: FOR_NOW };
        case 'extend':
        case 'release':
          return { do: 'end', own, result: aborted ? LOST : FOR_NOW };
        case 'read': {
          const data: DataResult = aborted ? { ok: false, why: 'lost' } : { ok: true, value };
          return { do: 'answer', own, data };
        }
        default:
          return { do: 'answer', own, data: rows === 1 ? { ok: true, value } : { ok: false, why: 'conflict' } };
      }
    },

    unanswered(own, turn) {
      const { op } = turn;
      if (op.op === 'acquire') {
        return givesUp ? { do: 'end', own, tell: rollback(own, turn), alarm: null, result: DOUBT } : lock(own, turn);
      }
      if (op.op === 'extend' || op.op === 'release')
        return givesUp ? { do: 'end', own, result: DOUBT } : begin(own, turn);
      // A write that is a transaction by itself may have been done, and nothing but the value would say so.
      return givesUp || op.op !== 'read'
        ? { do: 'answer', own, data: { ok: false, why: 'timeout' } }
        : begin(own, turn);
    },

    // There is no NOWAIT: a client sets a deadline for its request, which a round trip must fit into.
    withdraw: (own) => (own.asked ? { do: 'listen', own, alarm: 2 * network[1] } : { do: 'end', own, result: HELD }),
    alarm: (own, turn) =>
      turn?.op.op === 'acquire' ? { do: 'end', own, tell: rollback(own, turn), result: HELD } : { own },

    renewal(own, _ttl, unique) {
      const { to, id, key } = rpc(own, unique);
      return own.begun ? [ask(to, { id, key, rpc: 'ping' })] : [];
    },
    renewed: (own, { aborted }) => ({ own, news: aborted ? { kind: 'lost' } : { kind: 'renewed', validUntil: null } }),
  };
}

/** When an idle transaction is aborted is the group's affair; it promises no time. */
const FOR_NOW: LockResult = { ok: true, fence: 0, validUntil: null };

// ---- the lock is a row ----------------------------------------------------------------------------------------------------

type Owner = {
  readonly key: string;
  /** When the lease may have begun, if the request for it was never answered. */
  readonly askedAt: Deadline | null;
};

function leaseRow(options: BackendOptions): Recipe<Owner, Answer> {
  const run = (key: string, owner: string, statement: Statement) =>
    ask(groupOf(key, options), { id: `${owner} ${statement.run}`, key, rpc: 'run', statement });

  const asking = (own: Owner, { op, unique: owner }: Turn): Next<Owner> => {
    const statement: Statement =
      op.op === 'acquire'
        ? { run: 'take', owner, ttl: op.ttl }
        : op.op === 'extend'
          ? { run: 'renew', owner, ttl: op.ttl }
          : { run: 'give back', owner };
    return { do: 'ask', own, asks: [run(own.key, owner, statement)] };
  };

  return {
    begin(own, turn) {
      if (turn.op.op === 'acquire') return asking(own ?? { key: turn.op.key, askedAt: null }, turn);
      if (own === null) throw new Error(`there is no lease row to ${turn.op.op} before an acquire`);
      return asking(own, turn);
    },

    heard(own, { rows, value: fence, owner }, _from, { op, unique, sentAt, inDoubt }) {
      if (op.op !== 'acquire' && op.op !== 'extend') {
        return { do: 'end', own, result: rows === 1 ? { ok: true, fence, validUntil: null } : LOST };
      }
      if (rows === 1) return { do: 'end', own, result: { ok: true, fence, validUntil: later(sentAt, op.ttl) } };
      if (op.op === 'extend') return { do: 'end', own, result: LOST };
      // Its own grant refuses it: the answer to that was lost. (F7)
      if (inDoubt && options.onTimeout === 'ask-whose' && owner === unique && own.askedAt !== null) {
        const validUntil = later(instantOf(own.askedAt), op.ttl);
        return { do: 'end', own, result: { ok: true, fence, validUntil } };
      }
      return { do: 'again', own };
    },

    unanswered(own, turn) {
      if (options.onTimeout === 'give-up') return { do: 'end', own, result: DOUBT };
      return asking({ ...own, askedAt: own.askedAt ?? deadline(turn.sentAt) }, turn);
    },

    renewal: ({ key }, ttl, owner) => [run(key, owner, { run: 'renew', owner, ttl })],
    renewed: (own, { rows }, _from, { sentAt, ttl }) => ({
      own,
      news: rows === 1 ? { kind: 'renewed', validUntil: later(sentAt, ttl) } : { kind: 'lost' },
    }),
  };
}

// ---- groups -------------------------------------------------------------------------------------------------------------

function groups({ replicas }: BackendOptions): readonly NodeId[] {
  return replicas === 1 ? ['spanner'] : Array.from({ length: replicas }, (_, index) => `spanner${index + 1}`);
}

/** By the last letter of the key: 'a' and 'seat1' are in the first group, 'b' and 'seat2' in the second. */
function groupOf(key: string, options: BackendOptions): NodeId {
  const all = groups(options);
  const last = key.codePointAt(key.length - 1) ?? 0;
  return (last % 2 === 1 ? all[0] : all.at(-1)) as NodeId;
}

export const spanner: Backend = {
  id: 'spanner',
  title: 'Spanner, two-phase locks',
  knobs: ['beginsFirst', 'clockUncertainty', 'commitWait', 'data', 'election', 'idleTimeout', 'replicas'],
  defaults: { data: 'inside', idleTimeout: 30, clockUncertainty: 2 },
  tokens: ({ data }) => (data === 'inside' ? 'none' : 'rising'),
  expires: ({ data, idleTimeout }) => data === 'outside' || idleTimeout < FOREVER,
  endsWith: ({ data }) => (data === 'inside' ? 'transaction' : 'lease'),
  expiresByWallClock: ({ data }) => data === 'outside',
  timestamps: true,
  // One for each group; see groupOf.
  keysApart: ({ replicas }) => (replicas === 1 ? [] : ['a', 'b']),
  holdsData: ({ data }) => data === 'inside',
  failover: (options) => Object.fromEntries(groups(options).map((id) => [id, id])),
  problems({ replicas, idleTimeout }) {
    const found: string[] = [];
    if (replicas > 2) found.push('one group or two are enough to tell clocks apart, so replicas must be 1 or 2');
    if (idleTimeout === 0) found.push('idleTimeout must be above 0, or no transaction gets anywhere');
    return found;
  },
  servers: (options) => Object.fromEntries(groups(options).map((id) => [id, spannerGroup(id, options)])),
  client: (options) =>
    options.data === 'inside' ? conversation(transaction(options), options) : conversation(leaseRow(options), options),
};
