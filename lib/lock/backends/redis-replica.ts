// Redis with a replica that takes over: what the primary has answered may not have been copied when it dies (F4), and the
// counter of tokens goes back with it (F14). Source: redis.io, "Distributed locks with Redis", "WAIT"; locks.md 1.1.
// With `waitFor: 1` a client believes only what `WAIT 1` has confirmed in time, and gives back the rest. That narrows F4: with
// one replica, which is the one that is promoted, redis-replica.test.ts finds no second believer after one failover, even with a
// broken link between the two, in searches of two clients that come to their end. It does not close it: a renewal is answered
// before it is copied and confirmed by nobody, and a replica that restarts without a disk forgets what it has confirmed. Nor
// does it close F14, since what was not confirmed had a token too.
// Left out: a second replica, which might be promoted without having confirmed anything, and an old primary that goes on.
// A client learns of the new primary when its connection closes, or else by its timeout. Servers: servers/redis-replication.ts.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { type Answer, counterOf, type Reply, requests } from '../servers/redis-commands.ts';
import { replicatedRedis } from '../servers/redis-replication.ts';
import { deadline, FOREVER, instantOf, isOver, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, Deadline, Fence, LockOp, LockResult, NodeId } from '../types.ts';

const PRIMARY: NodeId = 'redis1';
const REPLICA: NodeId = 'redis2';

type Own = {
  readonly key: string;
  /**
   * What is stored. A new one after each attempt that was given back: should the replica have heard of the attempt and not of its
   * end, a client that asks whose the lock is would take what is left of the old lease for the new one.
   */
  readonly value: string;
  readonly attempts: number;
  /** Whom it takes to be the primary. */
  readonly primary: NodeId;
  /** What it waits for an answer to; null while it backs off or has nothing to do. */
  readonly asking: 'set' | 'whose' | 'wait' | 'give back' | 'extend' | 'release' | null;
  /** How long the lock is ours at least, if it is ours; null when nothing of ours can be on record. */
  readonly validUntil: Deadline | null;
  readonly fence: Fence;
};

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };
/** Nobody else has it, but no replica has confirmed it, or not before it was over. */
const UNCONFIRMED: LockResult = { ok: false, why: 'timeout', definite: true };

function recipe({ waitFor, waitTimeout, release, onTimeout, elapsedCheck }: BackendOptions): Recipe<Own, Answer> {
  const ask = (own: Own, asking: NonNullable<Own['asking']>, { op }: Turn): Next<Own> => {
    const { key, value, primary } = own;
    const ttl = 'ttl' in op ? op.ttl : 0;
    const wait = waitTimeout >= FOREVER ? 0 : waitTimeout;
    const asks = {
      set: () => requests.set(primary, key, value, ttl, counterOf(key)),
      whose: () => requests.whose(primary, key),
      wait: () => ({ to: primary, name: `WAIT ${waitFor} ${wait}`, body: { command: 'wait', ms: waitTimeout } }),
      'give back': () => requests.release(primary, key, value, release),
      extend: () => requests.extend(primary, key, value, ttl),
      release: () => requests.release(primary, key, value, release),
    };
    const next = {
      do: 'ask',
      own: { ...own, asking },
      step: `${asking} at ${primary}`,
      asks: [asks[asking]()],
    } as const;
    // The answer to a WAIT without a timeout is given up like any other.
    return asking === 'wait' && waitTimeout < FOREVER ? { ...next, longer: waitTimeout } : next;
  };

  const end = (own: Own, result: LockResult): Next<Own> => ({ do: 'end', own: { ...own, asking: null }, result });

  const again = (own: Own, refused?: LockResult, after?: number): Next<Own> => {
    const next = { do: 'again', own: { ...own, asking: null }, ...(after === undefined ? {} : { after }) } as const;
    return refused ? { ...next, refused } : next;
  };

  const anew = (own: Own, { unique }: Turn): Own => {
    const attempts = own.attempts + 1;
    return { ...own, attempts, value: `${unique}.${attempts}` };
  };

  /** On record at the primary. Is that enough? */
  const recorded = (own: Own, turn: Turn): Next<Own> => (waitFor > 0 ? ask(own, 'wait', turn) : held(own, turn));

  /** Asking and waiting took time, and the lease may be over by now. */
  const held = (own: Own, turn: Turn): Next<Own> => {
    if (own.validUntil === null) throw new Error('a lock that was never asked for is held');
    if (!(elapsedCheck && isOver(own.validUntil, turn.clock.monotonic))) {
      return end(own, { ok: true, fence: own.fence, validUntil: instantOf(own.validUntil) });
    }
    return turn.op.op === 'acquire' ? ask(own, 'give back', turn) : end(own, LOST);
  };

  /** What was asked may have been done, and copied or not. The other server is asked from now on. */
  const inDoubt = (before: Own, turn: Turn): Next<Own> => {
    const own: Own = { ...before, primary: otherThan(before.primary) };
    const { op } = turn;
    if (op.op === 'release' || op.op === 'extend') return ask(own, op.op, turn);
    if (op.op !== 'acquire') return { do: 'listen', own };
    if (own.asking === 'give back') return again(anew(own, turn), DOUBT);
    const validUntil = own.validUntil ?? deadline(later(turn.sentAt, op.ttl));
    if (onTimeout === 'give-up') return end({ ...own, validUntil }, DOUBT);
    // At once: if the lock is ours already, its lease is running.
    return again({ ...own, validUntil }, DOUBT, 0);
  };

  const answered = (own: Own, reply: Reply, op: LockOp, turn: Turn): Next<Own> => {
    switch (own.asking) {
      case 'set': {
        if (typeof reply === 'number' && reply > 0) {
          const validUntil = deadline(later(turn.sentAt, op.op === 'acquire' ? op.ttl : 0));
          return recorded({ ...own, fence: reply, validUntil }, turn);
        }
        // It may be our own grant that refuses us (F7).
        if (own.validUntil === null) return again(own);
        return onTimeout === 'ask-whose' ? ask(own, 'whose', turn) : again(own, DOUBT);
      }
      case 'whose': {
        const [value, counter] = reply as readonly (string | null)[];
        return value === own.value ? recorded({ ...own, fence: Number(counter) }, turn) : again(own, DOUBT);
      }
      case 'wait':
        if (typeof reply === 'number' && reply >= waitFor) return held(own, turn);
        return op.op === 'acquire' ? ask(own, 'give back', turn) : end(own, DOUBT);
      case 'give back':
        return again(anew({ ...own, validUntil: null }, turn), UNCONFIRMED);
      case 'extend':
        if (reply !== 'OK' || op.op !== 'extend') return end(own, LOST);
        return recorded({ ...own, validUntil: deadline(later(turn.sentAt, op.ttl)) }, turn);
      case 'release':
        return end(own, reply === 1 ? { ok: true, fence: own.fence, validUntil: null } : LOST);
      case null:
        return { do: 'listen', own };
    }
  };

  return {
    begin(own, turn) {
      const { op } = turn;
      if (op.op === 'acquire') {
        const { key } = op;
        const value = turn.unique;
        const first = { key, value, attempts: 0, primary: PRIMARY, asking: null, validUntil: null, fence: 0 };
        return ask(own ?? first, 'set', turn);
      }
      if (own === null || (op.op !== 'extend' && op.op !== 'release'))
        throw new Error(`Redis cannot ${op.op} before it is asked for a lock`);
      return ask(own, op.op, turn);
    },

    heard(own, { reply }, from, turn) {
      const { op } = turn;
      if (own.asking === null || from !== own.primary || !('op' in op) || !isLockOp(op)) return { do: 'listen', own };
      if (!isError(reply)) return answered(own, reply, op, turn);
      // Not a primary. It has done nothing of what was asked, so there is no new doubt.
      const there: Own = { ...own, primary: otherThan(from) };
      return op.op === 'acquire' ? again(there, own.validUntil ? DOUBT : UNCONFIRMED) : ask(there, op.op, turn);
    },

    unanswered(own, turn) {
      if (turn.op.op === 'acquire') return inDoubt(own, turn);
      return end({ ...own, primary: otherThan(own.primary) }, DOUBT);
    },

    /** Whoever holds the lock is told nothing but this: whether it is still on record, he does not hear. */
    closed(own, from, turn) {
      if (from !== own.primary) return { own };
      if (turn !== null && own.asking !== null) return inDoubt(own, turn);
      return { own: { ...own, primary: otherThan(from) } };
    },

    renewal: ({ primary, key, value }, ttl) => [requests.extend(primary, key, value, ttl)],
    renewed(own, { reply }, from, { sentAt, ttl }) {
      if (isError(reply)) return { own: own.primary === from ? { ...own, primary: otherThan(from) } : own };
      return { own, news: reply === 'OK' ? { kind: 'renewed', validUntil: later(sentAt, ttl) } : { kind: 'lost' } };
    },
  };
}

function otherThan(node: NodeId): NodeId {
  return node === PRIMARY ? REPLICA : PRIMARY;
}

function isError(reply: Reply): boolean {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}

function isLockOp(op: Turn['op']): op is LockOp {
  return op.op === 'acquire' || op.op === 'extend' || op.op === 'release';
}

export const redisReplica: Backend = {
  id: 'redis-replica',
  title: 'Redis with a replica that takes over',
  knobs: ['release', 'durable', 'elapsedCheck', 'replication', 'waitFor', 'waitTimeout'],
  defaults: { durable: false, replicas: 2, timeout: 20, onTimeout: 'ask-whose' },
  tokens: () => 'rising',
  expires: () => true,
  expiresByWallClock: () => true,
  connections: true,
  failover: () => ({ [PRIMARY]: REPLICA }),
  problems({ waitFor, timeout }) {
    const found: string[] = [];
    if (waitFor > 1) found.push('redis-replica has one replica, so waitFor can be 0 or 1');
    if (timeout >= FOREVER) found.push('redis-replica needs a client timeout: it is how a client finds a new primary');
    return found;
  },
  servers({ durable, replication }) {
    const pair = { durable, replication };
    return {
      [PRIMARY]: replicatedRedis({ self: PRIMARY, peer: REPLICA, born: 'primary', ...pair }) as Actor,
      [REPLICA]: replicatedRedis({ self: REPLICA, peer: PRIMARY, born: 'replica', ...pair }) as Actor,
    };
  },
  client: (options) => conversation(recipe(options), options),
};
