// One Redis server, no replica: `SET key value NX PX ttl`, with a fencing token from INCR in the same script step, so that
// grant and count cannot come apart. Release is compare-and-delete (`DELEX key IFEQ value`, Redis 8.4; a Lua script before)
// or, to show why not, a bare `DEL`. Source: redis.io, "Distributed locks with Redis"; locks.md 1.1.
// Drawn as `SET …` and `OK token 7`, for short: it is one script, and its answer is the number, or 0 where SET was refused.
// This is what the client does; the server is servers/redis.ts. Real leases are some 30 s long; here they are as many ms.
// An answer that comes after the lease it grants is believed until the program looks at its clock, as most clients of one server
// have it; `elapsedCheck` refuses it at once and gives the lock back.
// Left out: replicas (redis-replica.ts), and the client library's pool of connections.
import { conversation, type Next, type Recipe } from '../conversation.ts';
import { redisServer } from '../servers/redis.ts';
import { type Answer, counterOf, requests } from '../servers/redis-commands.ts';
import { deadline, instantOf, isOver, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, Deadline, Fence, Instant, NodeId } from '../types.ts';

const REDIS: NodeId = 'redis';

type Own = {
  readonly key: string;
  /** How long the lock is ours at least, should it be ours although no answer has said so. */
  readonly validUntil: Deadline | null;
  readonly fence: Fence;
};

function recipe({ release, onTimeout, elapsedCheck }: BackendOptions): Recipe<Own, Answer> {
  const extend = ({ key }: Own, unique: string, ttl: number) => requests.extend(REDIS, key, unique, ttl);

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') {
        const first: Own = own ?? { key: op.key, validUntil: null, fence: 0 };
        const set = requests.set(REDIS, op.key, unique, op.ttl, counterOf(op.key));
        return { do: 'ask', own: first, asks: [set] };
      }
      if (own === null || (op.op !== 'extend' && op.op !== 'release'))
        throw new Error(`Redis cannot ${op.op} before it is asked for a lock`);
      const ask = op.op === 'extend' ? extend(own, unique, op.ttl) : requests.release(REDIS, own.key, unique, release);
      return { do: 'ask', own, asks: [ask] };
    },

    heard(own, { reply }, _from, { op, unique, sentAt, inDoubt, clock }) {
      const granted = (fence: Fence, validUntil: Instant): Next<Own> => {
        if (elapsedCheck && op.op === 'acquire' && isOver(deadline(validUntil), clock.monotonic)) {
          return { do: 'again', own, tell: [requests.release(REDIS, own.key, unique, release)] };
        }
        return { do: 'end', own: { ...own, fence }, result: { ok: true, fence, validUntil } };
      };
      const again: Next<Own> = inDoubt ? { do: 'again', own, refused: DOUBT } : { do: 'again', own };
      switch (op.op) {
        case 'acquire': {
          if (typeof reply === 'number' && reply > 0) return granted(reply, later(sentAt, op.ttl));
          if (Array.isArray(reply)) {
            const [value, counter] = reply as readonly (string | null)[];
            if (value !== unique || own.validUntil === null) return again;
            return granted(Number(counter), instantOf(own.validUntil));
          }
          // It may be our own grant that refuses us: the answer to it was lost. (F7; the cure is to ask whose the key is.)
          if (!inDoubt || onTimeout !== 'ask-whose') return again;
          return { do: 'ask', own, step: 'whose', asks: [requests.whose(REDIS, own.key)] };
        }
        case 'extend':
          return reply === 'OK' ? granted(own.fence, later(sentAt, op.ttl)) : { do: 'end', own, result: LOST };
        case 'release':
          return { do: 'end', own, result: reply === 1 ? { ok: true, fence: own.fence, validUntil: null } : LOST };
        default:
          return { do: 'listen', own };
      }
    },

    unanswered(own, { op, sentAt, unique }) {
      if (onTimeout === 'give-up' || op.op === 'extend') return { do: 'end', own, result: DOUBT };
      // Harmless with a comparison; a bare DEL may delete somebody else's lock this time (F8).
      if (op.op === 'release') {
        return { do: 'ask', own, asks: [requests.release(REDIS, own.key, unique, release)] };
      }
      if (op.op !== 'acquire') return { do: 'listen', own };
      const validUntil = own.validUntil ?? deadline(later(sentAt, op.ttl));
      // At once: if the lock is ours already, its lease is running.
      return { do: 'again', after: 0, own: { ...own, validUntil }, refused: DOUBT };
    },

    renewal: (own, ttl, unique) => [extend(own, unique, ttl)],
    renewed(own, { reply }, _from, { sentAt, ttl }) {
      return { own, news: reply === 'OK' ? { kind: 'renewed', validUntil: later(sentAt, ttl) } : { kind: 'lost' } };
    },
  };
}

const LOST = { ok: false, why: 'lost', definite: true } as const;
const DOUBT = { ok: false, why: 'timeout', definite: false } as const;

export const redis: Backend = {
  id: 'redis',
  title: 'Redis, one server',
  knobs: ['release', 'elapsedCheck', 'durable', 'delayedRestart'],
  defaults: { durable: false, elapsedCheck: false },
  tokens: () => 'rising',
  expires: () => true,
  expiresByWallClock: () => true,
  servers: (options) => ({ [REDIS]: redisServer({ server: REDIS }, options) as Actor }),
  client: (options) => conversation(recipe(options), options),
};
