// A group of Hazelcast's CP Subsystem, with the sessions and the locks of it: what a FencedLock is made of
// (backends/hazelcast.ts).
// Time is by the leader's wall clock. A look for sessions that are over runs once a second in the real one, so that an end is
// noticed up to `sweep` late; a new leader adds one heartbeat to each session. `durable` is CP persistence: without it, a
// restart of the whole group has forgotten locks and fences.
// Left out: re-entrance, and the Raft log. A real fence is the index of the lock call in that log, so it rises and leaves gaps.
import { deadline, instantOf, isOver, later } from '../time.ts';
import type {
  Actor,
  BackendOptions,
  Command,
  Deadline,
  Fence,
  Instant,
  Json,
  LocalClock,
  Ms,
  NodeId,
  Reaction,
} from '../types.ts';
import { replicated } from './replicated.ts';

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

export function hazelcastGroup({ sweep, election, durable }: BackendOptions): Actor {
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
