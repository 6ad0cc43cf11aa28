// A Redis server: one keyspace, one command at a time, keys that expire. Pure; conformance holds it to a real one, answer by
// answer (e2e/conformance/redis.test.ts). Expiry is by the server's own wall clock, as `EXPIRE` stores a date so that it
// survives on disk and in copies, and it is noticed when the key is next looked at (nobody is told of it). A restart finds
// what is on disk: all of it (`durable`: appendfsync always) or nothing. Source: locks.md 1.1, redis.io commands.
// One millisecond apart from the real one: there a key still lives in the very millisecond in which its time is up.
// Left out: `appendfsync everysec` (between the two), eviction, values that are not strings, a fence counter that is no number.
import { deadline, instantOf, isOver, later } from '../time.ts';
import type { Actor, Command, Deadline, Fence, LocalClock, NodeId } from '../types.ts';
import type { Reply, Request } from './redis-commands.ts';

/** `lease` is not known to a real server. It is kept for the observer alone; no answer below depends on it. */
type Entry = {
  readonly value: string;
  readonly until: Deadline | null;
  readonly lease: { readonly client: NodeId; readonly fence: Fence } | null;
};
export type Keyspace = { readonly [key: string]: Entry };

export const EMPTY: Keyspace = {};

/** `name` is what a person calls the reply. */
export type Executed = {
  readonly keys: Keyspace;
  readonly reply: Reply;
  readonly name: string;
  readonly notes: readonly Command[];
};

/** Whose records these are, for the observer: the server, and on how many such servers a holder must be on record. */
export type Register = { readonly server: NodeId; readonly of?: number };

/** One command, or one script, executed at once and alone. */
export function execute(
  register: Register,
  before: Keyspace,
  client: NodeId,
  request: Request,
  clock: LocalClock,
): Executed {
  const notes: Command[] = [];
  const keys = touched(request).reduce((sofar, key) => expire(register, sofar, key, clock, notes), before);
  const answer = (reply: Reply, name: string, after: Keyspace = keys): Executed => ({
    keys: after,
    reply,
    name,
    notes,
  });

  switch (request.command) {
    case 'set': {
      const { key, value, ttl, counter } = request;
      if (keys[key]) return answer(counter === null ? null : 0, 'nil');
      const count = counter === null ? ABSENT : increment(keys[counter]);
      const fence = Number(count.value);
      const until = deadline(later(clock.wall, ttl));
      const entry: Entry = { value, until, lease: { client, fence } };
      note(notes, granted(register, key, entry));
      if (counter === null) return answer('OK', 'OK', { ...keys, [key]: entry });
      // The counter comes first: equal keyspaces must be equal in order, too.
      return answer(fence, `OK token ${fence}`, { ...keys, [counter]: count, [key]: entry });
    }
    case 'extend': {
      // IFEQ never creates a key that is missing, so a lease that has ended is not taken back in silence.
      const held = keys[request.key];
      if (held?.value !== request.value) return answer(null, 'nil');
      const entry: Entry = { ...held, until: deadline(later(clock.wall, request.ttl)) };
      note(notes, granted(register, request.key, entry));
      return answer('OK', 'OK', { ...keys, [request.key]: entry });
    }
    case 'delex':
    case 'del': {
      const { key } = request;
      const held = keys[key];
      if (!held || (request.command === 'delex' && held.value !== request.value)) return answer(0, 'deleted 0');
      note(notes, freed(register, key, held, client));
      return answer(1, 'deleted 1', without(keys, key));
    }
    case 'get': {
      const value = keys[request.key]?.value ?? null;
      return answer(value, value ?? 'nil');
    }
    case 'mget': {
      const values = request.keys.map((key) => keys[key]?.value ?? null);
      return answer(values, values.map((value) => value ?? 'nil').join(' '));
    }
    case 'pttl': {
      const entry = keys[request.key];
      const left = entry === undefined ? -2 : entry.until === null ? -1 : entry.until.$until - clock.wall.$at;
      return answer(left, `${left}`);
    }
    case 'incr': {
      const { key } = request;
      if (!WHOLE.test(keys[key]?.value ?? '0')) return answer({ error: NOT_A_NUMBER }, NOT_A_NUMBER);
      const count = increment(keys[key]);
      return answer(Number(count.value), count.value, { ...keys, [key]: count });
    }
  }
}

function touched(request: Request): readonly string[] {
  if (request.command === 'mget') return request.keys;
  return request.command === 'set' && request.counter !== null ? [request.key, request.counter] : [request.key];
}

const ABSENT: Entry = { value: '0', until: null, lease: null };

/** A TTL, should it have one, stays as it is. */
function increment(entry: Entry = ABSENT): Entry {
  return { ...entry, value: String(Number(entry.value) + 1) };
}

const WHOLE = /^(0|-?[1-9]\d{0,14})$/;
const NOT_A_NUMBER = 'ERR value is not an integer or out of range';

/** The node of a server that has no replica. While it `serves` nothing, it is as if its process had not started yet. */
type Node = { readonly serves: boolean; readonly keys: Keyspace };

export type Settings = { readonly durable: boolean; readonly delayedRestart: number };

const READY = 'it may be back';

export function redisServer(register: Register, { durable, delayedRestart }: Settings): Actor<Node> {
  return {
    on(state, input, clock) {
      if (input.kind === 'start') {
        const keys = durable ? ((input.disk as Keyspace | null) ?? EMPTY) : EMPTY;
        const waits = input.again === true && delayedRestart > 0;
        const timer: Command = { do: 'setTimer', key: READY, after: [delayedRestart, delayedRestart] };
        return { state: { serves: !waits, keys }, commands: waits ? [timer] : [] };
      }
      const node = state ?? { serves: true, keys: EMPTY };
      if (input.kind === 'timer') return { state: { ...node, serves: true }, commands: [] };
      if (input.kind !== 'message' || !node.serves) return { state: node, commands: [] };
      const request = input.body as Request;
      const done = execute(register, node.keys, input.from, request, clock);
      const commands: Command[] = [...done.notes, ...answering(input.from, request, done)];
      if (done.keys === node.keys) return { state: node, commands };
      // On disk before it is answered: that is what `durable` means.
      if (durable) commands.unshift({ do: 'save', disk: done.keys });
      return { state: { ...node, keys: done.keys }, commands };
    },
  };
}

/** The answer, if anybody waits for it. */
export function answering(
  to: NodeId,
  { tag }: Pick<Request, 'tag'>,
  { name, reply }: Pick<Executed, 'name' | 'reply'>,
): Command[] {
  return tag === null ? [] : [{ do: 'send', to, name, body: { tag, reply } }];
}

function expire(register: Register, keys: Keyspace, key: string, clock: LocalClock, notes: Command[]): Keyspace {
  const entry = keys[key];
  if (!entry || entry.until === null || !isOver(entry.until, clock.wall)) return keys;
  note(notes, freed(register, key, entry, null));
  return without(keys, key);
}

function without(keys: Keyspace, key: string): Keyspace {
  const { [key]: _gone, ...others } = keys;
  return others;
}

function note(notes: Command[], command: Command | null): void {
  if (command) notes.push(command);
}

function granted({ server, of }: Register, key: string, { lease, until }: Entry): Command | null {
  if (lease === null || until === null) return null;
  const { client: who, fence } = lease;
  const event = { kind: 'granted', server, key, who, fence, until: instantOf(until) } as const;
  return { do: 'note', event: of === undefined ? event : { ...event, of } };
}

function freed({ server }: Register, key: string, { lease }: Entry, by: NodeId | null): Command | null {
  if (lease === null) return null;
  const { client: whose, fence } = lease;
  return { do: 'note', event: { kind: 'freed', server, key, whose, fence, by, rightful: by === null || by === whose } };
}
