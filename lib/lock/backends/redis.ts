// One Redis server, no replica: `SET key value NX PX ttl`, with a fencing token from INCR in the same script step, so that
// grant and count cannot come apart. Release is compare-and-delete (`DELEX key IFEQ value`, Redis 8.4; a Lua script before)
// or, to show why not, a bare `DEL`. Source: redis.io, "Distributed locks with Redis"; locks.md 1.1.
// As in the real one: commands run one at a time, expiry is by the server's own wall clock and is noticed when the key is
// next looked at. A restart finds what is on disk: all of it (`durable`, appendfsync always) or nothing.
// Left out: replicas (redis-replica.ts), eviction, and `appendfsync everysec`, which is between the two.
import { conversation, type Next, type Recipe } from '../conversation.ts';
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
  LockOp,
  Ms,
  NodeId,
} from '../types.ts';

export const REDIS: NodeId = 'redis';

// ---- what travels: `tag` says which request an answer belongs to, as a connection does in the real client -------------

export type Request = { readonly tag: string | null; readonly key: string } & (
  | { readonly command: 'set'; readonly value: string; readonly ttl: Ms }
  | { readonly command: 'get' }
  | { readonly command: 'extend'; readonly value: string; readonly ttl: Ms }
  | { readonly command: 'delex'; readonly value: string }
  | { readonly command: 'del' }
);
/** `value` is that of the key, for GET alone. */
export type Answer = { readonly ok: boolean; readonly fence: Fence; readonly value: string | null };

// ---- the server ---------------------------------------------------------------------------------------------------

/** `client` is not known to a real server. It is kept for the observer alone; no decision below looks at it. */
type Held = {
  readonly value: string;
  readonly until: Deadline;
  readonly fence: Fence;
  readonly client: NodeId;
};
type Data = { readonly keys: { readonly [key: string]: Held }; readonly counters: { readonly [key: string]: Fence } };

export const EMPTY: Data = { keys: {}, counters: {} };

function server({ durable }: BackendOptions): Actor<Data> {
  return {
    on(state, input, clock) {
      if (input.kind === 'start')
        return { state: (durable ? (input.disk as Data | null) : null) ?? EMPTY, commands: [] };
      const data = state ?? EMPTY;
      if (input.kind !== 'message') return { state: data, commands: [] };
      const done = serve(REDIS, data, input.from, input.body as Request, clock);
      return durable && done.state !== data
        ? { state: done.state, commands: [{ do: 'save', disk: done.state }, ...done.commands] }
        : done;
    },
  };
}

/** One command, executed by the server `self`. Shared with the backends that have more than one Redis. */
export function serve(self: NodeId, before: Data, from: NodeId, request: Request, clock: LocalClock) {
  const { tag, key } = request;
  const commands: Command[] = [];
  const data = expire(self, before, key, clock, commands);
  const held = data.keys[key];
  const answer = (state: Data, ok: boolean, name: string, fence: Fence = 0, value: string | null = null) => {
    commands.push({ do: 'send', to: from, name, body: { tag, ok, fence, value } });
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
      commands.push(granted(self, key, lease));
      const state = { keys: { ...data.keys, [key]: lease }, counters: { ...data.counters, [key]: fence } };
      return answer(state, true, `OK token ${fence}`, fence);
    }
    case 'get':
      return answer(data, held !== undefined, held?.value ?? 'nil', held?.fence, held?.value);
    case 'extend': {
      // IFEQ never creates a key that is missing, so a lease that has ended is not taken back in silence.
      if (held?.value !== request.value) return answer(data, false, 'nil');
      const lease: Held = { ...held, until: deadline(later(clock.wall, request.ttl)) };
      commands.push(granted(self, key, lease));
      return answer({ ...data, keys: { ...data.keys, [key]: lease } }, true, 'OK', held.fence);
    }
    case 'delex': {
      if (held?.value !== request.value) return answer(data, false, 'deleted 0');
      commands.push(freed(self, key, held, from));
      return answer(without(data, key), true, 'deleted 1');
    }
    case 'del': {
      if (!held) return answer(data, false, 'deleted 0');
      commands.push(freed(self, key, held, from));
      return answer(without(data, key), true, 'deleted 1');
    }
  }
}

function expire(self: NodeId, data: Data, key: string, clock: LocalClock, commands: Command[]): Data {
  const held = data.keys[key];
  if (!held || !isOver(held.until, clock.wall)) return data;
  commands.push(freed(self, key, held, null));
  return without(data, key);
}

function without(data: Data, key: string): Data {
  const { [key]: _gone, ...keys } = data.keys;
  return { ...data, keys };
}

function granted(server: NodeId, key: string, { client, fence, until }: Held): Command {
  return { do: 'note', event: { kind: 'granted', server, key, who: client, fence, until: instantOf(until) } };
}

function freed(server: NodeId, key: string, { client, fence }: Held, by: NodeId | null): Command {
  const rightful = by === null || by === client;
  return { do: 'note', event: { kind: 'freed', server, key, whose: client, fence, by, rightful } };
}

// ---- the client ---------------------------------------------------------------------------------------------------

type Own = {
  readonly key: string;
  /** When the grant may have begun, if the request for it was never answered. */
  readonly askedAt: Deadline | null;
};

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  const ask = (own: Own, op: LockOp['op'], unique: string, ttl: Ms): Next<Own> => {
    return { do: 'ask', own, asks: [request(options, own.key, unique, op, ttl)] };
  };

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') return ask(own ?? { key: op.key, askedAt: null }, 'acquire', unique, op.ttl);
      if (own === null || (op.op !== 'extend' && op.op !== 'release'))
        throw new Error(`Redis cannot ${op.op} before it is asked for a lock`);
      return ask(own, op.op, unique, op.op === 'extend' ? op.ttl : 0);
    },

    heard(own, { ok, fence, value }, _from, { op, unique, sentAt, inDoubt }) {
      if (op.op === 'release') {
        return { do: 'end', own, result: ok ? { ok: true, fence, validUntil: null } : LOST };
      }
      if (op.op !== 'acquire' && op.op !== 'extend') return { do: 'listen', own };
      // Our own grant refuses us: the answer to it was lost. (F7; the cure is to ask whose the key is.)
      const mine = value === unique;
      if (ok && (value === null || mine)) {
        const from = mine && own.askedAt ? instantOf(own.askedAt) : sentAt;
        return { do: 'end', own, result: { ok: true, fence, validUntil: later(from, op.ttl) } };
      }
      if (op.op === 'extend') return { do: 'end', own, result: LOST };
      if (inDoubt && options.onTimeout === 'ask-whose' && value === null) {
        const body = { command: 'get', key: own.key };
        return { do: 'ask', own, step: 'whose', asks: [{ to: REDIS, name: `GET ${own.key}`, body }] };
      }
      return { do: 'again', own };
    },

    unanswered(own, { op, sentAt }) {
      if (op.op === 'acquire' && options.onTimeout !== 'give-up') {
        // At once: if the lock is ours already, its lease is running.
        return { do: 'again', after: 0, own: { ...own, askedAt: own.askedAt ?? deadline(sentAt) } };
      }
      return { do: 'end', own, result: { ok: false, why: 'timeout', definite: false } };
    },

    renewal: ({ key }, ttl, unique) => [request(options, key, unique, 'extend', ttl)],
    renewed(own, { ok }, _from, { sentAt, ttl }) {
      return { own, news: ok ? { kind: 'renewed', validUntil: later(sentAt, ttl) } : { kind: 'lost' } };
    },
  };
}

const LOST = { ok: false, why: 'lost', definite: true } as const;

function request(options: BackendOptions, key: string, value: string, op: LockOp['op'], ttl: Ms) {
  const ask = (name: string, body: { readonly [key: string]: Json }) => ({ to: REDIS, name, body });
  switch (op) {
    case 'acquire':
      return ask(`SET ${key} ${value} NX PX ${ttl}`, { command: 'set', key, value, ttl });
    case 'extend':
      return ask(`SET ${key} ${value} IFEQ ${value} PX ${ttl}`, { command: 'extend', key, value, ttl });
    case 'release':
      return options.release === 'delete'
        ? ask(`DEL ${key}`, { command: 'del', key })
        : ask(`DELEX ${key} IFEQ ${value}`, { command: 'delex', key, value });
  }
}

export const redis: Backend = {
  id: 'redis',
  title: 'Redis, one server',
  defaults: { durable: false },
  tokens: () => 'rising',
  expires: () => true,
  servers: (options) => ({ [REDIS]: server(options) as Actor }),
  client: (options) => conversation(recipe(options), options),
};
