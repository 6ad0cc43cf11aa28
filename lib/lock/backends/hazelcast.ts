// Hazelcast's FencedLock: a blocking lock() waits in the group's FIFO queue, and the call itself returns the fence. Source:
// cp/internal/datastructures/lock and cp/internal/session; locks.md 1.11; the group is servers/hazelcast.ts. An invocation has a
// uid, so that asking again gets the same fence. The end of a session (real constants: 300 s, heartbeat 5 s) frees its locks, and
// the library tells no holder: it learns of it at its next call. CP persistence is off, as in the real one.
// Left out, since no claim is about them: re-entrance, unsafe mode, which is the default of a real cluster until it has CP
// members (see redis-replica), one session for many locks (here one each, forgotten when it neither holds nor waits), and the
// quorum (servers/replicated.ts).
import { type Ask, conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { type Answer, GROUP, hazelcastGroup } from '../servers/hazelcast.ts';
import { deadline, instantOf, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, Deadline, Fence, Instant, LockResult, Ms } from '../types.ts';

type Own = {
  readonly key: string;
  /** The period of its heartbeats; null if it sends none once it has the lock. */
  readonly heartbeat: Ms | null;
  /** Null if it has to make one. */
  readonly session: string | null;
  readonly made: number;
  readonly ttl: Ms;
  /** When the session may end, counted from when it was last asked to live. The library keeps no such account. */
  readonly until: Deadline;
  readonly fence: Fence;
  /** It has waited so long that its session needs a heartbeat before it relies on it. */
  readonly old: boolean;
};

function recipe({ onTimeout }: BackendOptions): Recipe<Own, Answer> {
  const create = (own: Own, { unique }: Pick<Turn, 'unique'>): Next<Own> => {
    const made = own.made + 1;
    const body = {
      call: 'createSession',
      session: sessionOf(unique, made),
      ttl: own.ttl,
      heartbeat: own.heartbeat ?? 0,
    };
    const asks = [{ to: GROUP, name: `createSession ttl ${own.ttl}`, body }];
    return { do: 'ask', own: { ...own, session: null, made, old: false }, step: `session ${made}`, asks, alarm: null };
  };

  const lock = (own: Own, { op, unique }: Turn): Next<Own> => {
    const wait = op.op === 'acquire' ? op.patience : 0;
    const body = { call: 'lock', key: own.key, session: own.session, uid: unique, wait };
    const asks = [{ to: GROUP, name: `lock ${own.key} session ${own.session}`, body }];
    return { do: 'ask', own, step: 'lock', asks, ...nextBeat(own) };
  };

  /** The library keeps the session of a caller that waits alive in any case. */
  const nextBeat = ({ heartbeat, ttl }: Own): { readonly alarm?: Ms } =>
    heartbeat === null ? { alarm: Math.max(1, Math.floor(ttl / 2)) } : {};

  const hold = (own: Own): Next<Own> => ({
    do: 'end',
    own: { ...own, old: false },
    alarm: null,
    result: { ok: true, fence: own.fence, validUntil: instantOf(own.until) },
  });

  const aliveSince = (own: Own, sentAt: Instant): Own => ({ ...own, until: deadline(later(sentAt, own.ttl)) });

  return {
    begin(own, turn) {
      const { op, clock } = turn;
      if (op.op === 'acquire') {
        if (own !== null) return own.session === null ? create(own, turn) : lock(own, turn);
        const { key, ttl, renew: heartbeat = null } = op;
        const none = { session: null, made: 0, until: deadline(clock.monotonic), fence: 0, old: false };
        return create({ key, heartbeat, ttl, ...none }, turn);
      }
      if (own === null) throw new Error(`Hazelcast cannot ${op.op} before it is asked for a lock`);
      if (own.session === null) return { do: 'end', own, result: LOST };
      if (op.op === 'extend') return { do: 'ask', own, asks: [heartbeatOf(own)] };
      const body = { call: 'unlock', key: own.key, session: own.session };
      return { do: 'ask', own, asks: [{ to: GROUP, name: `unlock ${own.key} session ${own.session}`, body }] };
    },

    heard(own, answer, _from, turn) {
      const { op, unique, sentAt } = turn;
      if (op.op === 'release') {
        const result: LockResult = answer.says === 'done' ? { ok: true, fence: own.fence, validUntil: null } : LOST;
        return { do: 'end', own, result };
      }
      if (op.op === 'extend') {
        return answer.says === 'done' ? hold(aliveSince(own, sentAt)) : { do: 'end', own, result: LOST };
      }
      switch (answer.says) {
        case 'done': {
          const alive = aliveSince(own, sentAt);
          if (own.fence !== 0) return hold(alive);
          return { ...lock({ ...alive, session: sessionOf(unique, own.made) }, turn), keepAlive: true };
        }
        case 'fence': {
          if (answer.fence === 0) return { do: 'end', own, result: HELD };
          const mine: Own = { ...own, fence: answer.fence };
          return own.old ? { do: 'ask', own: mine, step: 'refresh', asks: [heartbeatOf(mine)] } : hold(mine);
        }
        default:
          return create({ ...own, fence: 0 }, turn);
      }
    },

    unanswered(own, { op }) {
      if (op.op !== 'acquire' || onTimeout === 'give-up') return { do: 'end', own, result: DOUBT };
      return { do: 'again', after: 0, own, refused: DOUBT };
    },

    alarm(own, turn) {
      if (turn?.op.op !== 'acquire' || own.session === null) return { own };
      return { do: 'listen', own: { ...own, old: true }, tell: [heartbeatOf(own)], ...nextBeat(own) };
    },

    renewal: (own) => (own.session === null ? [] : [heartbeatOf(own)]),

    renewed(own, answer, _from, { sentAt }, turn) {
      // The library drops the session and tells nobody. A call that waits is told by the group.
      if (answer.says !== 'done') return { own: turn?.op.op === 'acquire' ? own : { ...own, session: null } };
      const alive = aliveSince(own, sentAt);
      if (turn?.op.op === 'acquire') return { own: alive };
      return { own: alive, news: { kind: 'renewed', validUntil: instantOf(alive.until) } };
    },
  };
}

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const HELD: LockResult = { ok: false, why: 'held', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };

/** The group hands out numbers. */
function sessionOf(unique: string, made: number): string {
  return made === 1 ? unique : `${unique}:${made}`;
}

function heartbeatOf({ session }: Own): Ask {
  return { to: GROUP, name: `heartbeat session ${session}`, body: { call: 'heartbeat', session } };
}

export const hazelcast: Backend = {
  id: 'hazelcast',
  title: 'Hazelcast FencedLock',
  knobs: ['durable', 'election', 'sweep'],
  defaults: { onTimeout: 'ask-again', durable: false },
  tokens: () => 'rising',
  expires: () => true,
  expiresByWallClock: () => true,
  endsWith: () => 'session',
  failover: () => ({ [GROUP]: GROUP }),
  problems: ({ release }) => (release === 'delete' ? ['only the session that holds a FencedLock can unlock it'] : []),
  servers: (options) => ({ [GROUP]: hazelcastGroup(options) as Actor }),
  client: (options) => conversation(recipe(options), options),
};
