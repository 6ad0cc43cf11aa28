// Chubby (Burrows, OSDI 2006, 2.4 to 2.9; locks.md 1.7): a session is a lease that KeepAlives prolong, a lock belongs to a
// session, and its generation number, in the sequencer, is the token. Real constants: lease 12 s, grace 45 s, elections of 4 to
// 30 s.
// Where a client's own, more cautious count of its lease runs out it is in jeopardy: it stops using the lock and looks for a
// master for `grace`. A new master gives every session a whole lease again. After an involuntary loss nobody may have the lock
// for `lockDelay` (chosen by the client, a minute at most); a release frees at once, and here ends the session as well.
// `driftAllowance` allows for a master's fast clock.
// Left out: a resource that asks Chubby about a sequencer (CheckSequencer) and so refuses an old holder before the next one's
// token has come; the resource here knows the highest it has seen. And, since no claim is about them: files, caches, shared
// mode, the order of those who wait (they ask again), KeepAlives that the master holds back (answered at once, every `renew`),
// master epochs (what was meant for the old one waits for the new), and the quorum (servers/replicated.ts).
import { type Ask, conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { replicated } from '../servers/replicated.ts';
import { deadline, instantOf, isOver, later } from '../time.ts';
import type {
  Actor,
  Backend,
  BackendOptions,
  Command,
  Deadline,
  Fence,
  Instant,
  Json,
  LocalClock,
  LockResult,
  Ms,
  NodeId,
  Reaction,
} from '../types.ts';

export const CELL: NodeId = 'chubby';

export type Request = { readonly tag: string | null; readonly session: string } & (
  | { readonly call: 'CreateSession'; readonly lease: Ms }
  | { readonly call: 'KeepAlive' | 'EndSession' }
  | { readonly call: 'TryAcquire'; readonly key: string; readonly lockDelay: Ms }
  | { readonly call: 'Release'; readonly key: string }
);
export type Answer =
  | { readonly says: 'done' | 'held' | 'no such session' | 'not yours' }
  | { readonly says: 'acquired'; readonly generation: Fence };

// ---- the cell -------------------------------------------------------------------------------------------------------

/** `until` is by the master's monotonic clock. */
type Session = { readonly client: NodeId; readonly lease: Ms; readonly until: Deadline };
type Lock = {
  readonly session: string | null;
  readonly generation: Fence;
  readonly lockDelay: Ms;
  /** After its holder was lost, nobody may have it before then. */
  readonly freeFrom: Deadline | null;
};
type Cell = {
  readonly sessions: { readonly [id: string]: Session };
  readonly locks: { readonly [key: string]: Lock };
};

const NEW: Lock = { session: null, generation: 0, lockDelay: 0, freeFrom: null };

function cell({ sweep, election }: BackendOptions): Actor {
  /** A whole lease from now on, for the session and what it holds. */
  const prolong = (state: Cell, id: string, session: Session, clock: LocalClock): Reaction<Cell> => {
    const { lease } = session;
    const living: Session = { ...session, until: deadline(later(clock.monotonic, lease)) };
    const after: Cell = { ...state, sessions: { ...state.sessions, [id]: living } };
    const held = keysOf(after, id).map((key) => granted(after, key, clock));
    return {
      state: after,
      commands: [{ do: 'setTimer', key: `session ${id}`, after: [lease, lease + sweep] }, ...held],
    };
  };

  const serve = (state: Cell, from: NodeId, request: Request, clock: LocalClock): Reaction<Cell> => {
    const { tag, session: id } = request;
    const session = state.sessions[id];
    const answer = (done: Reaction<Cell>, name: string, body: Answer): Reaction<Cell> => {
      if (tag === null) return done;
      return {
        state: done.state,
        commands: [...done.commands, { do: 'send', to: from, name, body: { tag, ...body } }],
      };
    };
    const unchanged: Reaction<Cell> = { state, commands: [] };
    if (request.call === 'CreateSession') {
      const { lease } = request;
      const made = prolong(state, id, { client: from, lease, until: deadline(clock.monotonic) }, clock);
      return answer(made, `session ${id}`, { says: 'done' });
    }
    if (!session) return answer(unchanged, 'no such session', { says: 'no such session' });
    switch (request.call) {
      case 'KeepAlive':
        return answer(prolong(state, id, session, clock), `lease ${session.lease}`, { says: 'done' });
      case 'EndSession':
        return answer(expire(state, id, from, clock), 'ended', { says: 'done' });
      case 'TryAcquire': {
        const { key, lockDelay } = request;
        const lock = state.locks[key] ?? NEW;
        if (lock.session !== null && lock.session !== id) return answer(unchanged, 'held', { says: 'held' });
        if (lock.freeFrom !== null && !isOver(lock.freeFrom, clock.monotonic)) {
          return answer(unchanged, 'lock-delay', { says: 'held' });
        }
        const generation = lock.session === id ? lock.generation : lock.generation + 1;
        const mine: Lock = { session: id, generation, lockDelay, freeFrom: null };
        const after: Cell = { ...state, locks: { ...state.locks, [key]: mine } };
        const done = { state: after, commands: [granted(after, key, clock)] };
        return answer(done, `acquired, generation ${generation}`, { says: 'acquired', generation });
      }
      case 'Release': {
        const { key } = request;
        const lock = state.locks[key];
        if (lock?.session !== id) return answer(unchanged, 'not yours', { says: 'not yours' });
        const { [id]: _idle, ...sessions } = state.sessions;
        const after: Cell = { sessions, locks: { ...state.locks, [key]: { ...lock, session: null } } };
        const commands: Command[] = [freed(state, key, from), { do: 'cancelTimer', key: `session ${id}` }];
        return answer({ state: after, commands }, 'released', { says: 'done' });
      }
    }
  };

  return replicated<Cell>(
    {
      empty: { sessions: {}, locks: {} },
      serve: (state, from, body, clock) => serve(state, from, body as Json as Request, clock),
      timer: (state, key, clock) => expire(state, key.replace('session ', ''), null, clock),
      timers: (state) => Object.keys(state.sessions).map((id) => `session ${id}`),
      lead(state, _why, clock) {
        let done: Reaction<Cell> = { state, commands: [] };
        for (const [id, session] of Object.entries(state.sessions)) {
          const next = prolong(done.state, id, session, clock);
          done = { state: next.state, commands: [...done.commands, ...next.commands] };
        }
        return done;
      },
    },
    election,
  ) as Actor;
}

/** The end of a session. Whoever lost it may still be at work, so that its locks are not free at once. */
function expire(state: Cell, id: string, by: NodeId | null, clock: LocalClock): Reaction<Cell> {
  const { [id]: _gone, ...sessions } = state.sessions;
  const commands: Command[] = [{ do: 'cancelTimer', key: `session ${id}` }];
  let { locks } = state;
  for (const key of keysOf(state, id)) {
    const lock = locks[key] as Lock;
    const freeFrom = lock.lockDelay > 0 ? deadline(later(clock.monotonic, lock.lockDelay)) : null;
    locks = { ...locks, [key]: { ...lock, session: null, freeFrom } };
    commands.push(freed(state, key, by));
  }
  return { state: { sessions, locks }, commands };
}

function keysOf(state: Cell, id: string): readonly string[] {
  return Object.keys(state.locks).filter((key) => state.locks[key]?.session === id);
}

function granted(state: Cell, key: string, { monotonic, wall }: LocalClock): Command {
  const { session, generation: fence } = state.locks[key] as Lock;
  const { client: who, until } = state.sessions[session as string] as Session;
  const byWall = later(instantOf(until), wall.$at - monotonic.$at);
  return { do: 'note', event: { kind: 'granted', server: CELL, key, who, fence, until: byWall } };
}

function freed(state: Cell, key: string, by: NodeId | null): Command {
  const { session, generation: fence } = state.locks[key] as Lock;
  const { client: whose } = state.sessions[session as string] as Session;
  const rightful = by === null || by === whose;
  return { do: 'note', event: { kind: 'freed', server: CELL, key, whose, fence, by, rightful } };
}

// ---- the client library ---------------------------------------------------------------------------------------------

type Own = {
  readonly key: string;
  readonly renews: boolean;
  /** Its session, as far as it knows; null if it has to make one. */
  readonly session: string | null;
  readonly made: number;
  readonly lease: Ms;
  /** The end of its lease by its own count. */
  readonly until: Deadline;
  readonly holds: boolean;
  readonly jeopardy: boolean;
};

function recipe({ lockDelay, grace, driftAllowance, onTimeout }: BackendOptions): Recipe<Own, Answer> {
  const create = (own: Own, { unique }: Turn): Next<Own> => {
    const made = own.made + 1;
    const session = made === 1 ? unique : `${unique}:${made}`;
    const body = { call: 'CreateSession', session, lease: own.lease };
    const asks = [{ to: CELL, name: `CreateSession lease ${own.lease}`, body }];
    return { do: 'ask', own: { ...own, session, made }, step: `session ${made}`, asks };
  };
  const acquire = (own: Own): Next<Own> => {
    const body = { call: 'TryAcquire', key: own.key, session: own.session, lockDelay };
    return {
      do: 'ask',
      own,
      step: 'acquire',
      asks: [{ to: CELL, name: `TryAcquire ${own.key} by ${own.session}`, body }],
    };
  };
  const alive = (own: Own, sentAt: Instant): Own => {
    const counted = Math.max(0, own.lease - driftAllowance);
    return { ...own, until: deadline(later(sentAt, counted)), jeopardy: false };
  };
  /** When a client that sends KeepAlives has to doubt. One that sends none knows when its lease is over. */
  const doubtAt = ({ renews, until }: Own, clock: LocalClock): { readonly alarm?: Ms } =>
    renews ? { alarm: Math.max(0, instantOf(until).$at - clock.monotonic.$at) } : {};

  return {
    begin(own, turn) {
      const { op, clock } = turn;
      if (op.op === 'acquire') {
        const { key, ttl: lease, renew } = op;
        const none = { session: null, made: 0, until: deadline(clock.monotonic), holds: false, jeopardy: false };
        if (own === null) return create({ key, renews: renew !== undefined, lease, ...none }, turn);
        if (own.session === null) return create(own, turn);
        // Where nothing keeps the session alive, an attempt that comes late would get what is left of it.
        return own.renews ? acquire(own) : { do: 'ask', own, step: 'keep alive', asks: [call('KeepAlive', own)] };
      }
      if (own === null) throw new Error(`Chubby cannot ${op.op} before it is asked for a lock`);
      if (op.op === 'extend') return { do: 'ask', own, asks: [call('KeepAlive', own)] };
      const body = { call: 'Release', key: own.key, session: own.session };
      return { do: 'ask', own, asks: [{ to: CELL, name: `Release ${own.key} by ${own.session}`, body }] };
    },

    heard(own, answer, _from, turn) {
      const { op, sentAt, clock } = turn;
      if (op.op === 'release') {
        const result: LockResult = answer.says === 'done' ? { ok: true, fence: 0, validUntil: null } : LOST;
        return { do: 'end', own, result };
      }
      if (op.op === 'extend') {
        if (answer.says !== 'done') return { do: 'end', own, result: LOST };
        const kept = alive(own, sentAt);
        const result: LockResult = { ok: true, fence: 0, validUntil: instantOf(kept.until) };
        return { do: 'end', own: kept, result, ...doubtAt(kept, clock) };
      }
      switch (answer.says) {
        case 'done':
          return { ...acquire(alive(own, sentAt)), keepAlive: true };
        case 'acquired': {
          // It has heard of the end of its session in the meantime.
          if (own.session === null) return create(own, turn);
          const result: LockResult = { ok: true, fence: answer.generation, validUntil: instantOf(own.until) };
          return { do: 'end', own: { ...own, holds: true }, result, ...doubtAt(own, clock) };
        }
        case 'held':
          return { do: 'again', own, farewell: [call('EndSession', own)] };
        default:
          return create(own, turn);
      }
    },

    unanswered(own, { op }) {
      if (op.op !== 'acquire' || onTimeout === 'give-up') return { do: 'end', own, result: DOUBT };
      return { do: 'again', after: 0, own, refused: DOUBT };
    },

    renewal: (own) => (own.session === null ? [] : [call('KeepAlive', own)]),

    renewed(own, answer, _from, { sentAt, clock }) {
      if (answer.says !== 'done') {
        return own.holds
          ? { own: { ...own, holds: false }, news: { kind: 'lost' } }
          : { own: { ...own, session: null } };
      }
      const kept = alive(own, sentAt);
      if (!own.holds) return { own: kept };
      // An answer that was under way for longer than the lease says nothing about now.
      if (isOver(kept.until, clock.monotonic)) return { own };
      return { own: kept, news: { kind: 'renewed', validUntil: instantOf(kept.until) }, ...doubtAt(kept, clock) };
    },

    alarm(own) {
      if (own.jeopardy || grace === 0) return { own: { ...own, holds: false }, news: { kind: 'lost' } };
      return { own: { ...own, jeopardy: true }, news: { kind: 'jeopardy' }, alarm: grace };
    },
  };
}

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };

function call(name: 'KeepAlive' | 'EndSession', { session }: Own): Ask {
  return { to: CELL, name: `${name} ${session}`, body: { call: name, session } };
}

export const chubby: Backend = {
  id: 'chubby',
  title: 'Chubby',
  knobs: ['driftAllowance', 'election', 'grace', 'lockDelay', 'sweep'],
  defaults: { lockDelay: 15, grace: 45, election: 6 },
  tokens: () => 'rising',
  expires: () => true,
  endsWith: () => 'session',
  failover: () => ({ [CELL]: CELL }),
  problems: ({ release }) => (release === 'delete' ? ['Chubby releases a lock for the session that holds it'] : []),
  servers: (options) => ({ [CELL]: cell(options) }),
  client: (options) => conversation(recipe(options), options),
};
