// Hazelcast's FencedLock: a Raft group (CP Subsystem) keeps sessions and locks, a blocking lock() waits in a FIFO queue there, and
// the lock call itself returns the fence. Source: cp/internal/datastructures/lock/Lock.java and cp/internal/session; locks.md
// 1.11. Real constants: session 300 s, heartbeat 5 s, looked through every second (`sweep`). An invocation has a uid, so asking
// again after a lost answer gets the same fence. A session that ends frees its locks; the library does not tell the holder,
// who learns of it from its next call. Time is by the leader's wall clock, and a new leader adds one heartbeat to each session.
// `durable` is CP persistence, off as in the real one: without it a restart of the whole group has forgotten locks and fences.
// Left out: re-entrance, unsafe mode (asynchronous copies: see redis-replica), the raft log (a real fence is the index of the lock
// call in it and leaves gaps), one session for many locks (here one each, forgotten when it neither holds nor waits).
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

export const GROUP: NodeId = 'hazelcast';

export type Request = { readonly tag: string | null; readonly session: string } & (
  | { readonly call: 'createSession'; readonly ttl: Ms; readonly heartbeat: Ms }
  | { readonly call: 'heartbeat' }
  | { readonly call: 'lock'; readonly key: string; readonly uid: string; readonly wait: Ms }
  | { readonly call: 'unlock'; readonly key: string }
);
/** Fence 0 is the lock that was not acquired in time. */
export type Answer =
  | { readonly says: 'done' | 'session expired' | 'not owner' }
  | { readonly says: 'fence'; readonly fence: Fence };

// ---- the CP group ---------------------------------------------------------------------------------------------------

/** `until` is by the leader's wall clock. */
type Session = { readonly client: NodeId; readonly ttl: Ms; readonly heartbeat: Ms; readonly until: Deadline };
type Caller = { readonly session: string; readonly uid: string };
/** One that waits for its lock() to be answered, under the tag of its latest try. */
type Waiting = Caller & { readonly tag: string | null };
type Lock = {
  readonly owner: (Caller & { readonly fence: Fence }) | null;
  readonly queue: readonly Waiting[];
  readonly fence: Fence;
};
type Group = {
  readonly sessions: { readonly [id: string]: Session };
  readonly locks: { readonly [key: string]: Lock };
};

const EMPTY: Group = { sessions: {}, locks: {} };
const FREE: Lock = { owner: null, queue: [], fence: 0 };

/** What one request does, step by step: a state, and the commands so far. */
type Draft = { state: Group; readonly commands: Command[] };

function group({ sweep, election, durable }: BackendOptions): Actor {
  const look = (draft: Draft, id: string, { until }: Session, { wall }: LocalClock) => {
    const left = Math.max(0, instantOf(until).$at - wall.$at);
    draft.commands.push({ do: 'setTimer', key: `session ${id}`, after: [left, left + sweep] });
  };

  const setUntil = (draft: Draft, id: string, session: Session, until: Instant, clock: LocalClock) => {
    const living: Session = { ...session, until: deadline(until) };
    draft.state = { ...draft.state, sessions: { ...draft.state.sessions, [id]: living } };
    look(draft, id, living, clock);
    for (const [key, { owner }] of Object.entries(draft.state.locks)) if (owner?.session === id) granted(draft, key);
  };

  const serve = (state: Group, from: NodeId, request: Request, clock: LocalClock): Reaction<Group> => {
    const draft: Draft = { state, commands: [] };
    // The search for sessions that are over runs beside the requests; by now it has found these.
    for (const [id, { until }] of Object.entries(state.sessions)) {
      if (isOver(deadline(later(instantOf(until), sweep)), clock.wall)) close(draft, id);
    }
    const { tag, session: id } = request;
    const session = draft.state.sessions[id];
    const answer = (name: string, body: Answer) => {
      if (tag !== null) draft.commands.push({ do: 'send', to: from, name, body: { tag, ...body } });
      return draft;
    };
    if (request.call === 'createSession') {
      const { ttl, heartbeat } = request;
      const fresh: Session = { client: from, ttl, heartbeat, until: deadline(clock.wall) };
      setUntil(draft, id, fresh, later(clock.wall, ttl), clock);
      return answer(`session ${id}`, { says: 'done' });
    }
    if (!session) return answer('SessionExpired', { says: 'session expired' });
    switch (request.call) {
      case 'heartbeat': {
        setUntil(draft, id, session, later(clock.wall, session.ttl), clock);
        return answer('OK', { says: 'done' });
      }
      case 'lock': {
        const { key, uid, wait } = request;
        const lock = draft.state.locks[key] ?? FREE;
        // The same invocation as before, whose answer was lost: nothing changes. (F7)
        if (lock.owner?.uid === uid)
          return answer(`fence ${lock.owner.fence}`, { says: 'fence', fence: lock.owner.fence });
        const waiting = lock.queue.some((one) => one.uid === uid);
        if (lock.owner !== null && wait === 0 && !waiting) {
          forget(draft, id);
          return answer('fence 0', { says: 'fence', fence: 0 });
        }
        const mine: Waiting = { session: id, uid, tag };
        const queue = waiting ? lock.queue.map((one) => (one.uid === uid ? mine : one)) : [...lock.queue, mine];
        setLock(draft, key, { ...lock, queue });
        if (lock.owner === null) next(draft, key);
        else if (!waiting) draft.commands.push({ do: 'setTimer', key: `wait ${uid}`, after: [wait, wait] });
        return draft;
      }
      case 'unlock': {
        const { key } = request;
        if (draft.state.locks[key]?.owner?.session !== id) return answer('not owner', { says: 'not owner' });
        answer('unlocked', { says: 'done' });
        free(draft, key, from);
        forget(draft, id);
        return draft;
      }
    }
  };

  return replicated<Group>(
    {
      empty: EMPTY,
      serve: (state, from, body, clock) => serve(state, from, body as Json as Request, clock),
      timer(state, key, clock) {
        const draft: Draft = { state, commands: [] };
        const id = key.slice(key.indexOf(' ') + 1);
        if (key.startsWith('wait')) giveUp(draft, id);
        else {
          const session = state.sessions[id];
          // Its clock may have been set back meanwhile.
          if (session && !isOver(session.until, clock.wall)) look(draft, id, session, clock);
          else close(draft, id);
        }
        return draft;
      },
      timers: (state) => Object.keys(state.sessions).map((id) => `session ${id}`),
      lead(state, why, clock) {
        const draft: Draft = { state: why === 'restarted' && !durable ? EMPTY : state, commands: [] };
        for (const [id, session] of Object.entries(draft.state.sessions)) {
          setUntil(draft, id, session, later(instantOf(session.until), session.heartbeat), clock);
        }
        return draft;
      },
    },
    election,
  ) as Actor;
}

function setLock(draft: Draft, key: string, lock: Lock): void {
  draft.state = { ...draft.state, locks: { ...draft.state.locks, [key]: lock } };
}

/** The first in the queue has the lock. */
function next(draft: Draft, key: string): void {
  const lock = draft.state.locks[key] as Lock;
  const [first, ...queue] = lock.queue;
  if (!first) return;
  const { session, uid, tag } = first;
  const fence = lock.fence + 1;
  setLock(draft, key, { owner: { session, uid, fence }, queue, fence });
  granted(draft, key);
  draft.commands.push({ do: 'cancelTimer', key: `wait ${uid}` });
  reply(draft, session, tag, `fence ${fence}`, { says: 'fence', fence });
}

function free(draft: Draft, key: string, by: NodeId | null): void {
  const lock = draft.state.locks[key] as Lock;
  const { owner } = lock;
  if (owner === null) return;
  const whose = draft.state.sessions[owner.session]?.client as NodeId;
  const { fence } = owner;
  draft.commands.push({ do: 'note', event: { kind: 'freed', server: GROUP, key, whose, fence, by, rightful: true } });
  setLock(draft, key, { ...lock, owner: null });
  next(draft, key);
}

/** A session whose time is over: its calls fail, and what it holds goes to the next. */
function close(draft: Draft, id: string): void {
  for (const [key, lock] of Object.entries(draft.state.locks)) {
    for (const { session, uid, tag } of lock.queue) {
      if (session !== id) continue;
      draft.commands.push({ do: 'cancelTimer', key: `wait ${uid}` });
      reply(draft, id, tag, 'SessionExpired', { says: 'session expired' });
    }
    setLock(draft, key, { ...lock, queue: lock.queue.filter(({ session }) => session !== id) });
    if (lock.owner?.session === id) free(draft, key, null);
  }
  forget(draft, id);
}

/** A tryLock() that has waited for as long as it wanted to. */
function giveUp(draft: Draft, uid: string): void {
  for (const [key, lock] of Object.entries(draft.state.locks)) {
    const waiting = lock.queue.find((one) => one.uid === uid);
    if (!waiting) continue;
    reply(draft, waiting.session, waiting.tag, 'fence 0', { says: 'fence', fence: 0 });
    setLock(draft, key, { ...lock, queue: lock.queue.filter((one) => one !== waiting) });
    forget(draft, waiting.session);
  }
}

function forget(draft: Draft, id: string): void {
  const { [id]: _gone, ...sessions } = draft.state.sessions;
  draft.state = { ...draft.state, sessions };
  draft.commands.push({ do: 'cancelTimer', key: `session ${id}` });
}

function reply(draft: Draft, session: string, tag: string | null, name: string, body: Answer): void {
  const client = draft.state.sessions[session]?.client;
  if (client !== undefined && tag !== null)
    draft.commands.push({ do: 'send', to: client, name, body: { tag, ...body } });
}

function granted(draft: Draft, key: string): void {
  const owner = draft.state.locks[key]?.owner;
  const session = owner && draft.state.sessions[owner.session];
  if (!owner || !session) return;
  const { client: who, until } = session;
  const { fence } = owner;
  draft.commands.push({
    do: 'note',
    event: { kind: 'granted', server: GROUP, key, who, fence, until: instantOf(until) },
  });
}

// ---- the client -----------------------------------------------------------------------------------------------------

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
  defaults: { onTimeout: 'ask-again', durable: false },
  tokens: () => 'rising',
  expires: () => true,
  failover: () => ({ [GROUP]: GROUP }),
  problems: ({ release }) => (release === 'delete' ? ['only the session that holds a FencedLock can unlock it'] : []),
  servers: (options) => ({ [GROUP]: group(options) }),
  client: (options) => conversation(recipe(options), options),
};
