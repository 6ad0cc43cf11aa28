// One Redis server, no replica: `SET key value NX PX ttl`, with a fencing token from INCR in the same script step, so that
// grant and count cannot come apart. Release is compare-and-delete (`DELEX key IFEQ value`, Redis 8.4; a Lua script before)
// or, to show why not, a bare `DEL`. Source: redis.io, "Distributed locks with Redis"; locks.md 1.1.
// As in the real one: commands run one at a time, expiry is by the server's own wall clock and is noticed when the key is
// next looked at. Left out: replicas, persistence (a restart comes back empty), eviction, and the fact that clocks may
// run at different speeds, which a real client answers with a drift allowance.
import { deadline, FOREVER, instantOf, isOver, later } from '../time.ts';
import type {
  Actor,
  Backend,
  BackendOptions,
  Command,
  Deadline,
  Fence,
  Instant,
  LocalClock,
  LockClient,
  LockOp,
  LockReaction,
  LockResult,
  Ms,
  NodeId,
} from '../types.ts';

const SERVER: NodeId = 'redis';
const ASK_AGAIN = 'ask again';
const NO_ANSWER = 'no answer';

// ---- what travels: `tag` says which request an answer belongs to, as a connection does in the real client -------------

type Request = { readonly tag: string; readonly key: string } & (
  | { readonly command: 'set'; readonly value: string; readonly ttl: Ms }
  | { readonly command: 'extend'; readonly value: string; readonly ttl: Ms }
  | { readonly command: 'delex'; readonly value: string }
  | { readonly command: 'del' }
);
type Reply = { readonly tag: string; readonly ok: boolean; readonly fence: Fence };

// ---- the server ---------------------------------------------------------------------------------------------------

/** `client` is not known to a real server. It is kept for the observer alone; no decision below looks at it. */
type Held = {
  readonly value: string;
  readonly until: Deadline;
  readonly fence: Fence;
  readonly client: NodeId;
};
type Data = { readonly keys: { readonly [key: string]: Held }; readonly counters: { readonly [key: string]: Fence } };

const server: Actor<Data> = {
  on(state, input, clock) {
    const data = state ?? { keys: {}, counters: {} };
    if (input.kind !== 'message') return { state: data, commands: [] };
    return serve(data, input.from, input.body as Request, clock);
  },
};

function serve(before: Data, from: NodeId, request: Request, clock: LocalClock) {
  const { tag, key } = request;
  const commands: Command[] = [];
  const data = expire(before, key, clock, commands);
  const held = data.keys[key];
  const answer = (state: Data, ok: boolean, name: string, fence: Fence = 0) => {
    const body: Reply = { tag, ok, fence };
    commands.push({ do: 'send', to: from, name, body });
    return { state, commands };
  };

  switch (request.command) {
    case 'set': {
      if (held) return answer(data, false, 'nil');
      const fence = (data.counters[key] ?? 0) + 1;
      const lease: Held = {
        value: request.value,
        until: deadline(later(clock.wall, request.ttl)),
        fence,
        client: from,
      };
      commands.push(granted(key, lease));
      const state = { keys: { ...data.keys, [key]: lease }, counters: { ...data.counters, [key]: fence } };
      return answer(state, true, `OK token ${fence}`, fence);
    }
    case 'extend': {
      // IFEQ never creates a key that is missing, so a lease that has ended is not taken back in silence.
      if (held?.value !== request.value) return answer(data, false, 'nil');
      const lease: Held = { ...held, until: deadline(later(clock.wall, request.ttl)) };
      commands.push(granted(key, lease));
      return answer({ ...data, keys: { ...data.keys, [key]: lease } }, true, 'OK', held.fence);
    }
    case 'delex': {
      if (held?.value !== request.value) return answer(data, false, 'deleted 0');
      commands.push(freed(key, held, from));
      return answer(without(data, key), true, 'deleted 1');
    }
    case 'del': {
      if (!held) return answer(data, false, 'deleted 0');
      commands.push(freed(key, held, from));
      return answer(without(data, key), true, 'deleted 1');
    }
  }
}

function expire(data: Data, key: string, clock: LocalClock, commands: Command[]): Data {
  const held = data.keys[key];
  if (!held || !isOver(held.until, clock.wall)) return data;
  commands.push(freed(key, held, null));
  return without(data, key);
}

function without(data: Data, key: string): Data {
  const { [key]: _gone, ...keys } = data.keys;
  return { ...data, keys };
}

function granted(key: string, { client, fence, until }: Held): Command {
  return { do: 'note', event: { kind: 'granted', server: SERVER, key, who: client, fence, until: instantOf(until) } };
}

function freed(key: string, { client, fence }: Held, by: NodeId | null): Command {
  const rightful = by === null || by === client;
  return { do: 'note', event: { kind: 'freed', server: SERVER, key, whose: client, fence, by, rightful } };
}

// ---- the client ---------------------------------------------------------------------------------------------------

type Waiting = {
  readonly op: LockOp['op'];
  readonly tag: string;
  readonly sentAt: Instant;
  readonly ttl: Ms;
  /** Until when a refused acquire is tried again. */
  readonly patientUntil: Deadline;
};
type Session = {
  readonly key: string;
  readonly value: string;
  /**
   * Requests that were never answered. Only they can be answered too late, so only they need a new tag; counting every
   * request would make worlds differ by how often a client had to ask.
   */
  readonly unanswered: number;
  readonly waiting: Waiting | null;
};

function client(options: BackendOptions): LockClient<Session> {
  const send = (
    session: Session,
    op: LockOp['op'],
    ttl: Ms,
    patientUntil: Deadline,
    clock: LocalClock,
  ): LockReaction<Session> => {
    const tag = session.unanswered === 0 ? session.value : `${session.value}.${session.unanswered}`;
    // The lease may begin any moment from now on, so this is where its time is counted from: were it counted from the
    // answer, a slow answer would make the client believe longer than the server does.
    const waiting: Waiting = { op, tag, sentAt: clock.monotonic, ttl, patientUntil };
    const commands: Command[] = [command(options, session, op, ttl, tag)];
    if (options.timeout < FOREVER) {
      commands.push({ do: 'setTimer', key: NO_ANSWER, after: [options.timeout, options.timeout] });
    }
    return { state: { ...session, waiting }, commands };
  };

  const settled = (session: Session, result: LockResult, commands: readonly Command[]): LockReaction<Session> => ({
    state: { ...session, waiting: null },
    commands,
    result,
  });

  return {
    call(state, op, clock, unique) {
      if (op.op === 'acquire') {
        const session: Session = { key: op.key, value: unique, unanswered: 0, waiting: null };
        return send(session, 'acquire', op.ttl, deadline(later(clock.monotonic, op.patience)), clock);
      }
      if (state === null) throw new Error(`'${op.op}' before any 'acquire': compile() should have refused the program`);
      return send(state, op.op, op.op === 'extend' ? op.ttl : 0, deadline(clock.monotonic), clock);
    },

    on(state, input, clock) {
      const waiting = state?.waiting;
      if (!state || !waiting) return { state, commands: [] };
      if (input.kind === 'timer' && input.key === ASK_AGAIN) {
        return send(state, 'acquire', waiting.ttl, waiting.patientUntil, clock);
      }
      if (input.kind === 'timer' && input.key === NO_ANSWER) {
        // Whether the server got the request is not known, and saying "not acquired" would be a guess.
        const doubtful = { ...state, unanswered: state.unanswered + 1 };
        return settled(doubtful, { ok: false, why: 'timeout', definite: false }, []);
      }
      if (input.kind !== 'message') return { state, commands: [] };
      const reply = input.body as Reply;
      if (reply.tag !== waiting.tag) return { state, commands: [] };
      const stop: readonly Command[] = options.timeout < FOREVER ? [{ do: 'cancelTimer', key: NO_ANSWER }] : [];
      if (reply.ok) {
        const validUntil = waiting.op === 'release' ? null : later(waiting.sentAt, waiting.ttl);
        return settled(state, { ok: true, fence: reply.fence, validUntil }, stop);
      }
      if (waiting.op !== 'acquire') return settled(state, { ok: false, why: 'lost', definite: true }, stop);
      if (isOver(waiting.patientUntil, clock.monotonic)) {
        return settled(state, { ok: false, why: 'held', definite: true }, stop);
      }
      return { state, commands: [...stop, { do: 'setTimer', key: ASK_AGAIN, after: options.retry }] };
    },
  };
}

function command(options: BackendOptions, session: Session, op: LockOp['op'], ttl: Ms, tag: string): Command {
  const { key, value } = session;
  const request = (name: string, body: Request): Command => ({ do: 'send', to: SERVER, name, body });
  switch (op) {
    case 'acquire':
      return request(`SET ${key} ${value} NX PX ${ttl}`, { command: 'set', tag, key, value, ttl });
    case 'extend':
      return request(`SET ${key} ${value} IFEQ ${value} PX ${ttl}`, { command: 'extend', tag, key, value, ttl });
    case 'release':
      return options.release === 'delete'
        ? request(`DEL ${key}`, { command: 'del', tag, key })
        : request(`DELEX ${key} IFEQ ${value}`, { command: 'delex', tag, key, value });
  }
}

export const redis: Backend = {
  id: 'redis',
  title: 'Redis, one server',
  fences: true,
  servers: () => ({ [SERVER]: server as Actor }),
  client: (options) => client(options) as LockClient,
};
