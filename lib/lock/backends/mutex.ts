// A mutex in the memory of one process, as pthread_mutex_lock or a Java lock with a fair queue has it; the clients are its
// threads, so a call takes no time. locks.md 7.1, row 36: trivial only because holder and lock share their fate. A crash of the
// process takes the lock, the queue and all threads along. A thread that dies by itself leaves the lock locked for ever, since
// nobody but the owner may unlock it, and nothing expires: no lease, no token.
// What it cannot do is help a second process. With `replicas: 2` each process has a mutex of its own, and the clients are
// threads of one or the other in turn, by name: A here, B there.
// Left out: robust mutexes, which tell the next owner that the last one died, and barging past the queue.
import { conversation, type Next, type Recipe } from '../conversation.ts';
import { type Table, withoutRow, withRow } from '../servers/table.ts';
import { FOREVER } from '../time.ts';
import type { Actor, Backend, BackendOptions, Command, Json, Ms, NodeId, Window } from '../types.ts';

const AT_ONCE: Window = [0, 0];

// ---- the process: its memory is all there is --------------------------------------------------------------------------

type Request = { readonly tag: string | null; readonly key: string; readonly unique: string } & (
  | { readonly call: 'lock'; readonly patience: Ms }
  | { readonly call: 'unlock' }
);
/** `yes`: it is yours; or, to an unlock, it was yours. */
type Answer = { readonly yes: boolean };

type Thread = { readonly who: NodeId; readonly unique: string; readonly tag: string | null };
/** The first of a line has the lock, the others wait in order. A line that is empty is not kept. */
type Lines = Table<readonly Thread[]>;

function memoryOf(self: NodeId): Actor<Lines> {
  return {
    on(state, input) {
      const lines = state ?? {};
      switch (input.kind) {
        case 'message':
          return serve(self, lines, input.from, input.body as Request);
        case 'timer':
          return giveUp(lines, input.key);
        case 'closed':
          return {
            state: withoutWaiting(lines, ({ who }) => who === input.from),
            commands: limitsOf(lines, input.from).map((key) => ({ do: 'cancelTimer', key })),
          };
        default:
          return { state: lines, commands: [] };
      }
    },
  };
}

function serve(self: NodeId, lines: Lines, who: NodeId, request: Request) {
  const { tag, key, unique } = request;
  const line = lines[key] ?? [];
  if (request.call === 'lock') {
    const { patience } = request;
    const thread: Thread = { who, unique, tag };
    if (line.length > 0 && patience === 0) return { state: lines, commands: [answers(who, tag, false, 'not yours')] };
    const waits: readonly Command[] =
      patience >= FOREVER ? [] : [{ do: 'setTimer', key: limitOf(thread), after: [patience, patience] }];
    return {
      state: withLine(lines, key, [...line, thread]),
      commands: line.length === 0 ? gives(self, key, thread) : waits,
    };
  }
  const [owner, ...waiting] = line;
  if (owner?.who !== who || owner.unique !== unique) {
    return { state: lines, commands: [answers(who, tag, false, 'not the owner')] };
  }
  const [next] = waiting;
  const commands: Command[] = [
    { do: 'note', event: { kind: 'freed', server: self, key, whose: who, fence: 0, by: who, rightful: true } },
    answers(who, tag, true, 'unlocked'),
    ...(next ? gives(self, key, next) : []),
  ];
  return { state: withLine(lines, key, waiting), commands };
}

function giveUp(lines: Lines, limit: string) {
  const tired = Object.values(lines)
    .flat()
    .find((thread) => limitOf(thread) === limit);
  return {
    state: withoutWaiting(lines, (thread) => thread === tired),
    commands: tired ? [answers(tired.who, tired.tag, false, 'not yours')] : [],
  };
}

const limitOf = ({ unique }: Thread) => `${unique} waits no longer`;
const limitsOf = (lines: Lines, id: NodeId) =>
  Object.values(lines).flatMap((line) => line.filter(({ who }) => who === id).map(limitOf));

function gives(server: NodeId, key: string, thread: Thread): readonly Command[] {
  const { who, tag } = thread;
  const until = { $at: FOREVER };
  return [
    { do: 'cancelTimer', key: limitOf(thread) },
    { do: 'note', event: { kind: 'granted', server, key, who, fence: 0, until } },
    answers(who, tag, true, 'locked'),
  ];
}

function answers(to: NodeId, tag: string | null, yes: boolean, name: string): Command {
  return { do: 'send', to, name, body: { tag, yes }, after: AT_ONCE };
}

/** The first stays, whoever it is: a thread that dies as the owner is the owner. */
function withoutWaiting(lines: Lines, leaves: (thread: Thread) => boolean): Lines {
  return Object.entries(lines).reduce(
    (left, [key, line]) =>
      line.slice(1).some(leaves)
        ? withLine(
            left,
            key,
            line.filter((thread, place) => place === 0 || !leaves(thread)),
          )
        : left,
    lines,
  );
}

function withLine(lines: Lines, key: string, line: readonly Thread[]): Lines {
  return line.length === 0 ? withoutRow(lines, key) : withRow(lines, key, line);
}

// ---- a thread -----------------------------------------------------------------------------------------------------

/** Which process the thread with this name belongs to: A to the first, B to the second, C to the first of two again. */
function homeOf(client: NodeId, processes: readonly NodeId[]): NodeId {
  const turn = (client.codePointAt(client.length - 1) ?? 0) - ('A'.codePointAt(0) ?? 0);
  const count = processes.length;
  return processes[((turn % count) + count) % count] as NodeId;
}

/** The try number ends the unique value: A1, or r1-1. */
function nameIn(unique: string): NodeId {
  return unique.replace(/-?\d+$/, '');
}

type Own = { readonly key: string };

function recipe(options: BackendOptions): Recipe<Own, Answer> {
  // A call returns when there is an answer; no timeout runs meanwhile.
  const call = (own: Own, unique: string, name: string, body: { readonly [field: string]: Json }): Next<Own> => {
    const to = homeOf(nameIn(unique), processes(options));
    const asks = [{ to, name, body: { key: own.key, unique, ...body }, after: AT_ONCE }];
    return { do: 'ask', own, queued: true, asks };
  };

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') {
        const { key, patience } = op;
        const limit = patience >= FOREVER ? '' : ` for ${patience} ms`;
        const name = patience === 0 ? `trylock ${key}` : `lock ${key}${limit}`;
        return call({ key }, unique, name, { call: 'lock', patience });
      }
      if (own === null) throw new Error(`a thread cannot ${op.op} before it asked for a lock`);
      if (op.op === 'release') return call(own, unique, `unlock ${own.key}`, { call: 'unlock' });
      return { do: 'end', own, result: OWNS };
    },
    heard(own, { yes }, _from, { op }) {
      const why = op.op === 'acquire' ? 'held' : 'lost';
      return { do: 'end', own, result: yes ? OWNS : { ok: false, why, definite: true } };
    },
  };
}

const OWNS = { ok: true, fence: 0, validUntil: null } as const;

function processes({ replicas }: BackendOptions): readonly NodeId[] {
  return replicas === 1 ? ['process'] : Array.from({ length: replicas }, (_, index) => `process${index + 1}`);
}

export const mutex: Backend = {
  id: 'mutex',
  title: 'A mutex in one process',
  knobs: ['replicas'],
  tokens: () => 'none',
  expires: () => false,
  home: homeOf,
  servers: (options) => Object.fromEntries(processes(options).map((id) => [id, memoryOf(id) as Actor])),
  client: (options) => conversation(recipe(options), options),
};
