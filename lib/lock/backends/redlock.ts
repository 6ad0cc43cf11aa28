// Redlock: N independent Redis servers, none a copy of another. A client asks all of them at once for the same key with the
// same value and has the lock when a majority said OK before the lease could end; else it gives back whatever it got, on all
// of them, and tries again. Source: redis.io, "Distributed locks with Redis"; Kleppmann and antirez, February 2016; locks.md 2.
// What it rests on is time: each server ends a lease by its own clock and the client by another. `elapsedCheck: false` is what
// node-redlock does; `driftAllowance` is what clocks may differ by (1% of the lease and 2 ms there). No tokens: the fence is 0.
// The client counts by a monotonic clock, so a jump of its wall clock does nothing here; node-redlock counts by the wall clock,
// and there it would. The back-off is `retry`, where the documentation asks for a random one.
// A majority counts as soon as it is complete. A server that is silent for `timeout` (5 to 50 ms for a lease of 10 s there) has
// refused, so `onTimeout` is not asked. Left out: asking one server after the other, which only makes asking slower.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { redisServer } from '../servers/redis.ts';
import { type Answer, requests } from '../servers/redis-commands.ts';
import { deadline, isOver, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, Instant, LockOp, LockResult, Ms, NodeId } from '../types.ts';

/** A message would have to be delayed for so many back-offs to be taken for one of a later round. */
const ROUNDS = 8;

type Own = {
  readonly key: string;
  /** What this attempt stores: a late message of one attempt must not be taken for one of the next. */
  readonly value: string;
  /** What each server said to what was asked last; null while it has said nothing. */
  readonly votes: readonly (boolean | null)[];
  /**
   * Goes up where messages of the last round may still be under way. Clients may split the votes for ever, and worlds that
   * differ only in how often they did are one, so it begins anew.
   */
  readonly round: number;
  readonly renewal: { readonly sentAt: Instant; readonly yes: number; readonly no: number } | null;
};

function nodesOf({ replicas }: BackendOptions): readonly NodeId[] {
  return Array.from({ length: replicas }, (_, index) => `redis${index + 1}`);
}

function majorityOf({ replicas }: BackendOptions): number {
  return Math.floor(replicas / 2) + 1;
}

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  const { driftAllowance, elapsedCheck, release } = options;
  const nodes = nodesOf(options);
  const majority = majorityOf(options);
  const unheard = nodes.map(() => null);

  const ask = (own: Own, op: LockOp['op'], ttl: Ms): Next<Own> => {
    const { key, value, round } = own;
    const asks = nodes.map((to) => {
      if (op === 'acquire') return requests.set(to, key, value, ttl, null);
      return op === 'extend' ? requests.extend(to, key, value, ttl) : requests.release(to, key, value, release);
    });
    return { do: 'ask', own: { ...own, votes: unheard }, step: round === 0 ? op : `${op} ${round}`, asks };
  };

  /** Also where it was refused or not answered: the server may have done it all the same. Nobody waits for the answers. */
  const giveBackAndTryAgain = (own: Own): Next<Own> => {
    const tell = nodes.map((to) => requests.release(to, own.key, own.value, release));
    return { do: 'again', own: { ...own, votes: unheard, round: (own.round + 1) % ROUNDS }, tell };
  };

  /** What is left of the lease after asking, less what the clocks may differ by; null if that is nothing. */
  const validity = (sentAt: Instant, ttl: Ms, now: Instant): Instant | null => {
    const until = later(sentAt, ttl - driftAllowance);
    return elapsedCheck && isOver(deadline(until), now) ? null : until;
  };

  const end = (own: Own, result: LockResult): Next<Own> => ({ do: 'end', own: { ...own, votes: unheard }, result });

  /** What the votes mean; null while they mean nothing yet. `last`: there will be no others. */
  const decide = (own: Own, { op, sentAt, clock }: Turn, last: boolean): Next<Own> | null => {
    const count = (vote: boolean | null) => own.votes.filter((one) => one === vote).length;
    const enough = count(true) >= majority;
    if (!enough && !last) return null;
    const silent = count(null) > 0;
    if (op.op === 'acquire' || op.op === 'extend') {
      const validUntil = enough ? validity(sentAt, op.ttl, clock.monotonic) : null;
      if (validUntil === null) return op.op === 'acquire' ? giveBackAndTryAgain(own) : end(own, silent ? DOUBT : LOST);
      const round = op.op === 'extend' && silent ? (own.round + 1) % ROUNDS : own.round;
      return end({ ...own, round }, { ok: true, fence: 0, validUntil });
    }
    return end(own, enough ? { ok: true, fence: 0, validUntil: null } : silent ? DOUBT : LOST);
  };

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') {
        const round = own?.round ?? 0;
        const value = round === 0 ? unique : `${unique}.${round}`;
        return ask({ key: op.key, value, votes: unheard, round, renewal: null }, 'acquire', op.ttl);
      }
      if (own === null || (op.op !== 'extend' && op.op !== 'release'))
        throw new Error(`Redlock cannot ${op.op} before it is asked for a lock`);
      return ask(own, op.op, op.op === 'extend' ? op.ttl : 0);
    },

    heard(own, { reply }, from, turn) {
      // A doubled answer must not count as a second vote, so votes are kept by server.
      const votes = own.votes.map((vote, index) => (nodes[index] === from ? isYes(reply) : vote));
      const heard: Own = { ...own, votes };
      return decide(heard, turn, !votes.includes(null)) ?? { do: 'listen', own: heard };
    },

    unanswered: (own, turn) => decide(own, turn, true) ?? { do: 'listen', own },

    renewal: ({ key, value }, ttl) => nodes.map((to) => requests.extend(to, key, value, ttl)),
    renewed(own, { reply }, _from, { sentAt, ttl, clock }) {
      const before = own.renewal?.sentAt.$at === sentAt.$at ? own.renewal : { sentAt, yes: 0, no: 0 };
      const [yes, no] = isYes(reply) ? [before.yes + 1, before.no] : [before.yes, before.no + 1];
      const heard: Own = { ...own, renewal: yes + no === nodes.length ? null : { ...before, yes, no } };
      if (isYes(reply) && yes === majority) {
        const validUntil = validity(sentAt, ttl, clock.monotonic);
        return { own: heard, news: validUntil === null ? { kind: 'lost' } : { kind: 'renewed', validUntil } };
      }
      const hopeless = !isYes(reply) && no === nodes.length - majority + 1;
      return hopeless ? { own: heard, news: { kind: 'lost' } } : { own: heard };
    },
  };
}

const LOST = { ok: false, why: 'lost', definite: true } as const;
const DOUBT = { ok: false, why: 'timeout', definite: false } as const;

/** 'OK' to SET, 1 to a delete. */
function isYes(reply: Answer['reply']): boolean {
  return reply === 'OK' || reply === 1;
}

export const redlock: Backend = {
  id: 'redlock',
  title: 'Redlock: a majority of independent Redis servers',
  knobs: ['release', 'durable', 'delayedRestart', 'driftAllowance', 'elapsedCheck', 'replicas'],
  defaults: { durable: false, replicas: 3, timeout: 10 },
  tokens: () => 'none',
  expires: () => true,
  expiresByWallClock: () => true,
  problems({ replicas, waitFor }) {
    const found: string[] = [];
    if (replicas < 3) found.push('redlock needs 3 servers or more: the majority of 2 is both');
    if (waitFor > 0) found.push('the servers of redlock have no replicas to wait for');
    return found;
  },
  servers: (options) => {
    const of = majorityOf(options);
    return Object.fromEntries(
      nodesOf(options).map((server) => [server, redisServer({ server, of }, options) as Actor]),
    );
  },
  client: (options) => conversation(recipe(options), options),
};
