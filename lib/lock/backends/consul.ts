// A Consul lock: a session with a TTL, and a key that carries the id of one session. The end of a session frees what it holds, and
// then nobody may have that for `lockDelay` (real default 15 s); a release frees at once. Source: agent/consul/session_ttl.go,
// kvs_endpoint.go, state/kvs.go, api/lock.go; locks.md 1.8. A TTL is a lower bound: the contract lets the leader's timer be late
// by up to a whole TTL, and the real timer always is (SessionTTLMultiplier = 2). Here it is late by up to `sweep`, which is 0
// unless it is chosen, so the usual run shows the shortest life of a session. A new leader starts the timer anew. Lock-delays
// are in the memory of each server: an election does not lose them, a restart of all does. The token is the key's LockIndex; a
// client reads it with or after the acquisition (and must compare the Session too, or it may read the next holder's), and
// deleting the key would lose it. The holder's blocking query is one message here: its key has changed. A holder that is cut off
// is in a black hole: in the real one an error of that query would end its belief at once, and silence would not.
// Left out, since no claim is about them: health checks, Behavior=delete, the blocking queries of waiters (they poll), the
// quorum (servers/replicated.ts).
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
  Json,
  LocalClock,
  LockResult,
  Ms,
  NodeId,
  Reaction,
} from '../types.ts';

export const CONSUL: NodeId = 'consul';

export type Request = { readonly tag: string | null; readonly session: string } & (
  | { readonly put: 'session/create'; readonly ttl: Ms; readonly lockDelay: Ms }
  | { readonly put: 'session/renew' | 'session/destroy' }
  | { readonly put: 'acquire' | 'release'; readonly key: string }
);
export type Answer =
  | { readonly says: 'created' | 'renewed' | 'released' | 'false' | 'no such session' }
  | { readonly says: 'acquired'; readonly lockIndex: Fence }
  /** What the holder's blocking query returns with. */
  | { readonly says: 'key changed'; readonly session: string };

// ---- the servers ----------------------------------------------------------------------------------------------------

/** `until` is when the timer of the leader is due at the earliest, by its monotonic clock. */
type Session = { readonly client: NodeId; readonly ttl: Ms; readonly lockDelay: Ms; readonly until: Deadline };
type Key = { readonly session: string | null; readonly lockIndex: Fence };
type Cluster = {
  readonly sessions: { readonly [id: string]: Session };
  readonly keys: { readonly [key: string]: Key };
  /** Nobody may acquire these before then. */
  readonly delays: { readonly [key: string]: Deadline };
};

const EMPTY: Cluster = { sessions: {}, keys: {}, delays: {} };

function cluster({ sweep, election }: BackendOptions): Actor {
  const timer = (id: string, ttl: Ms): Command => ({ do: 'setTimer', key: `session ${id}`, after: [ttl, ttl + sweep] });

  /** The TTL of a session runs from now, and with it whatever the session holds. */
  const refresh = (state: Cluster, id: string, session: Session, clock: LocalClock): Reaction<Cluster> => {
    const renewed: Session = { ...session, until: deadline(later(clock.monotonic, session.ttl)) };
    const after = { ...state, sessions: { ...state.sessions, [id]: renewed } };
    return {
      state: after,
      commands: [timer(id, session.ttl), ...keysOf(after, id).map((key) => granted(after, key, clock))],
    };
  };

  const serve = (state: Cluster, from: NodeId, request: Request, clock: LocalClock): Reaction<Cluster> => {
    const { tag, session: id } = request;
    const session = state.sessions[id];
    const answer = (
      after: Cluster,
      name: string,
      body: Answer,
      before: readonly Command[] = [],
    ): Reaction<Cluster> => ({
      state: after,
      commands: tag === null ? before : [...before, { do: 'send', to: from, name, body: { tag, ...body } }],
    });
    switch (request.put) {
      case 'session/create': {
        const { ttl, lockDelay } = request;
        const made = refresh(state, id, { client: from, ttl, lockDelay, until: deadline(clock.monotonic) }, clock);
        return answer(made.state, `session ${id}`, { says: 'created' }, made.commands);
      }
      case 'session/renew': {
        if (!session) return answer(state, '404', { says: 'no such session' });
        const renewed = refresh(state, id, session, clock);
        return answer(renewed.state, '200', { says: 'renewed' }, renewed.commands);
      }
      case 'session/destroy': {
        const gone = invalidate(state, id, from, clock);
        return answer(gone.state, 'true', { says: 'released' }, gone.commands);
      }
      case 'acquire': {
        const { key } = request;
        const delay = state.delays[key];
        // The leader looks at the delay before anything else, since only its own clock may decide.
        if (delay && !isOver(delay, clock.monotonic)) return answer(state, 'false', { says: 'false' });
        if (!session) return answer(state, 'invalid session', { says: 'no such session' });
        const before = state.keys[key];
        if (before && before.session !== null && before.session !== id)
          return answer(state, 'false', { says: 'false' });
        // The same session may ask twice, and nothing changes: an answer that was lost does no harm (F7).
        const lockIndex = before?.session === id ? before.lockIndex : (before?.lockIndex ?? 0) + 1;
        const { [key]: _over, ...delays } = state.delays;
        const after = { ...state, keys: { ...state.keys, [key]: { session: id, lockIndex } }, delays };
        const name = `true LockIndex ${lockIndex}`;
        return answer(after, name, { says: 'acquired', lockIndex }, [granted(after, key, clock)]);
      }
      case 'release': {
        const { key } = request;
        if (state.keys[key]?.session !== id) return answer(state, 'false', { says: 'false' });
        const after = { ...state, keys: { ...state.keys, [key]: { ...(state.keys[key] as Key), session: null } } };
        return answer(after, 'true', { says: 'released' }, [freed(state, key, from)]);
      }
    }
  };

  return replicated<Cluster>(
    {
      empty: EMPTY,
      serve: (state, from, body, clock) => serve(state, from, body as Json as Request, clock),
      timer: (state, key, clock) => invalidate(state, key.replace('session ', ''), null, clock),
      timers: (state) => Object.keys(state.sessions).map((id) => `session ${id}`),
      lead(state, why, clock) {
        let done: Reaction<Cluster> = { state: why === 'restarted' ? { ...state, delays: {} } : state, commands: [] };
        for (const [id, session] of Object.entries(state.sessions)) {
          const next = refresh(done.state, id, session, clock);
          done = { state: next.state, commands: [...done.commands, ...next.commands] };
        }
        return done;
      },
    },
    election,
  ) as Actor;
}

/** The end of a session frees what it holds, and not for everybody at once. `by` is null when its time was over. */
function invalidate(state: Cluster, id: string, by: NodeId | null, clock: LocalClock): Reaction<Cluster> {
  const session = state.sessions[id];
  if (!session) return { state, commands: [] };
  const held = keysOf(state, id);
  const { [id]: _gone, ...sessions } = state.sessions;
  let { keys, delays } = state;
  for (const key of held) {
    keys = { ...keys, [key]: { ...(keys[key] as Key), session: null } };
    if (session.lockDelay > 0) delays = { ...delays, [key]: deadline(later(clock.monotonic, session.lockDelay)) };
  }
  const body = { tag: null, says: 'key changed', session: id };
  return {
    state: { sessions, keys, delays },
    commands: [
      { do: 'cancelTimer', key: `session ${id}` },
      ...held.map((key) => freed(state, key, by)),
      // A client that ends its own session is not waiting to hear of it.
      ...(by === null ? held : []).map(
        (key): Command => ({ do: 'send', to: session.client, name: `kv/${key} changed`, body }),
      ),
    ],
  };
}

function keysOf(state: Cluster, id: string): readonly string[] {
  return Object.keys(state.keys).filter((key) => state.keys[key]?.session === id);
}

function granted(state: Cluster, key: string, { monotonic, wall }: LocalClock): Command {
  const { session, lockIndex: fence } = state.keys[key] as Key;
  const { client: who, until } = state.sessions[session as string] as Session;
  const byWall = later(instantOf(until), wall.$at - monotonic.$at);
  return { do: 'note', event: { kind: 'granted', server: CONSUL, key, who, fence, until: byWall } };
}

function freed(state: Cluster, key: string, by: NodeId | null): Command {
  const { session, lockIndex: fence } = state.keys[key] as Key;
  const { client: whose } = state.sessions[session as string] as Session;
  const rightful = by === null || by === whose;
  return { do: 'note', event: { kind: 'freed', server: CONSUL, key, whose, fence, by, rightful } };
}

// ---- the client -----------------------------------------------------------------------------------------------------

type Own = {
  readonly key: string;
  readonly renews: boolean;
  /** Its session, as far as it knows; null if it has to make one. */
  readonly session: string | null;
  /** Sessions that it has asked for. */
  readonly made: number;
  readonly ttl: Ms;
  /** When the session may end, counted from when it was last asked to live. */
  readonly until: Deadline;
  readonly held: boolean;
};

function recipe({ lockDelay, onTimeout }: BackendOptions): Recipe<Own, Answer> {
  const create = (own: Own, unique: string): Next<Own> => {
    const made = own.made + 1;
    const session = made === 1 ? unique : `${unique}:${made}`;
    const body = { put: 'session/create', session, ttl: own.ttl, lockDelay };
    const name = `PUT session/create ttl ${own.ttl}`;
    return { do: 'ask', own: { ...own, session, made }, step: `create ${made}`, asks: [{ to: CONSUL, name, body }] };
  };
  const acquire = (own: Own, rest: Partial<Next<Own>> = {}): Next<Own> =>
    ({ ...rest, do: 'ask', own, step: 'acquire', asks: [putKey('acquire', own)] }) as Next<Own>;
  const again = (own: Own): Next<Own> => ({ do: 'again', own, farewell: [putSession('destroy', own)] });
  const aliveSince = (own: Own, { sentAt }: Pick<Turn, 'sentAt'>): Own => ({
    ...own,
    until: deadline(later(sentAt, own.ttl)),
  });

  return {
    begin(own, { op, unique, clock }) {
      if (op.op === 'acquire') {
        const { key, ttl, renew } = op;
        const until = deadline(clock.monotonic);
        if (own === null) {
          return create({ key, renews: renew !== undefined, session: null, made: 0, ttl, until, held: false }, unique);
        }
        if (own.session === null) return create(own, unique);
        // Where nothing keeps the session alive, an attempt that comes late would get what is left of it.
        return own.renews ? acquire(own) : { do: 'ask', own, step: 'renew', asks: [putSession('renew', own)] };
      }
      if (own === null) throw new Error(`Consul cannot ${op.op} before it is asked for a lock`);
      if (op.op === 'release') return { do: 'ask', own, asks: [putKey('release', own)] };
      return { do: 'ask', own, asks: [putSession('renew', own)] };
    },

    heard(own, answer, _from, turn) {
      const { op, unique } = turn;
      if (op.op === 'release') {
        const result: LockResult = answer.says === 'released' ? { ok: true, fence: 0, validUntil: null } : LOST;
        return { do: 'end', own, result, tell: [putSession('destroy', own)] };
      }
      if (op.op === 'extend') {
        if (answer.says !== 'renewed') return { do: 'end', own, result: LOST };
        const renewed = aliveSince(own, turn);
        return { do: 'end', own: renewed, result: { ok: true, fence: 0, validUntil: instantOf(renewed.until) } };
      }
      switch (answer.says) {
        case 'created':
          return acquire(aliveSince(own, turn), { keepAlive: true });
        case 'renewed':
          return acquire(aliveSince(own, turn));
        case 'acquired': {
          // It has heard of the end of its session in the meantime.
          if (own.session === null) return create(own, unique);
          const result: LockResult = { ok: true, fence: answer.lockIndex, validUntil: instantOf(own.until) };
          return { do: 'end', own: { ...own, held: true }, result };
        }
        case 'no such session':
          return create(own, unique);
        default:
          return again(own);
      }
    },

    unanswered(own, { op }) {
      if (op.op !== 'acquire') return { do: 'end', own, result: DOUBT };
      const farewell = [putSession('destroy', own)];
      if (onTimeout === 'give-up') return { do: 'end', own, result: DOUBT, tell: farewell };
      return { do: 'again', after: 0, own, farewell, refused: DOUBT };
    },

    told(own, answer) {
      if (answer.says !== 'key changed' || answer.session !== own.session || !own.held) return { own };
      return { own: { ...own, held: false }, news: { kind: 'lost' } };
    },

    renewal: (own) => (own.session === null ? [] : [putSession('renew', own)]),

    renewed(own, answer, _from, { sentAt }) {
      if (answer.says !== 'renewed') {
        return own.held ? { own: { ...own, held: false }, news: { kind: 'lost' } } : { own: { ...own, session: null } };
      }
      const alive = aliveSince(own, { sentAt });
      return own.held ? { own: alive, news: { kind: 'renewed', validUntil: instantOf(alive.until) } } : { own: alive };
    },
  };
}

const LOST: LockResult = { ok: false, why: 'lost', definite: true };
const DOUBT: LockResult = { ok: false, why: 'timeout', definite: false };

function putSession(what: 'renew' | 'destroy', { session }: Own): Ask {
  return { to: CONSUL, name: `PUT session/${what}/${session}`, body: { put: `session/${what}`, session } };
}

function putKey(what: 'acquire' | 'release', { key, session }: Own): Ask {
  return { to: CONSUL, name: `PUT kv/${key}?${what}=${session}`, body: { put: what, key, session } };
}

export const consul: Backend = {
  id: 'consul',
  title: 'Consul session lock',
  knobs: ['election', 'lockDelay', 'sweep'],
  defaults: { lockDelay: 15 },
  tokens: () => 'rising',
  expires: () => true,
  endsWith: () => 'session',
  failover: () => ({ [CONSUL]: CONSUL }),
  problems: ({ release }) =>
    release === 'delete' ? ['Consul releases a key for the session that holds it, not by its name'] : [],
  servers: (options) => ({ [CONSUL]: cluster(options) }),
  client: (options) => conversation(recipe(options), options),
};
