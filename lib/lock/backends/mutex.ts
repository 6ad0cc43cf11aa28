// A mutex in the memory of one process, as pthread_mutex_lock or a Java lock with a fair queue has it; the clients are its threads,
// so a call takes no time. locks.md 7.1, row 36: trivial only because holder and lock share their fate. A crash of the
// process takes the lock, the queue and all threads along. A thread that dies by itself leaves the lock locked for ever, since
// nobody but the owner may unlock it, and nothing expires: no lease, no token.
// What it cannot do is help a second process. With `replicas: 2` each process has a mutex of its own, and the clients are
// threads of one or the other in turn, by name: A here, B there.
// Left out: robust mutexes, which tell the next owner that the last one died, and barging past the queue.
import { conversation, type Next, type Recipe } from '../conversation.ts';
import { type Table, withoutRow, withRow } from '../servers/table.ts';
import { FOREVER } from '../time.ts';
import type { Actor, Backend, BackendOptions, Command, Json, NodeId, Window } from '../types.ts';

const AT_ONCE: Window = [0, 0];

// ---- the process: its memory is all there is --------------------------------------------------------------------------

type Request = { readonly tag: string | null; readonly key: string; readonly unique: string } & {
  readonly call: 'lock' | 'give up waiting' | 'unlock';
};
/** `yes`: it is yours; or, to an unlock, it was yours. */
type Answer = { readonly yes: boolean };

type Thread = { readonly who: NodeId; readonly unique: string; readonly tag: string | null };
/** The first of a line has the lock, the others wait in order. A line that is empty is not kept. */
type Lines = Table<readonly Thread[]>;

function memoryOf(self: NodeId): Actor<Lines> {
  return {
    on(state, input) {
      const lines = state ?? {};
      if (input.kind === 'closed') return { state: withoutWaiting(lines, input.from), commands: [] };
      if (input.kind !== 'message') return { state: lines, commands: [] };
      return serve(self, lines, input.from, input.body as Request);
    },
  };
}

function serve(self: NodeId, lines: Lines, who: NodeId, { tag, key, unique, call }: Request) {
  const line = lines[key] ?? [];
  const place = line.findIndex((thread) => thread.who === who && thread.unique === unique);
  switch (call) {
    case 'lock': {
      const after = withLine(lines, key, [...line, { who, unique, tag }]);
      return { state: after, commands: line.length === 0 ? gives(self, key, { who, unique, tag }) : [] };
    }
    case 'give up waiting':
      // It may have become the owner at this very instant; then it is the owner.
      if (place === 0) return { state: lines, commands: [answers(who, tag, true, 'yours')] };
      return {
        state: withLine(lines, key, line.toSpliced(place, 1)),
        commands: [answers(who, tag, false, 'not yours')],
      };
    case 'unlock': {
      if (place !== 0) return { state: lines, commands: [answers(who, tag, false, 'not the owner')] };
      const [, ...waiting] = line;
      const [next] = waiting;
      const commands: Command[] = [
        { do: 'note', event: { kind: 'freed', server: self, key, whose: who, fence: 0, by: who, rightful: true } },
        answers(who, tag, true, 'unlocked'),
        ...(next ? gives(self, key, next) : []),
      ];
      return { state: withLine(lines, key, waiting), commands };
    }
  }
}

function gives(server: NodeId, key: string, { who, tag }: Thread): readonly Command[] {
  const until = { $at: FOREVER };
  return [
    { do: 'note', event: { kind: 'granted', server, key, who, fence: 0, until } },
    answers(who, tag, true, 'locked'),
  ];
}

function answers(to: NodeId, tag: string | null, yes: boolean, name: string): Command {
  return { do: 'send', to, name, body: { tag, yes }, after: AT_ONCE };
}

/** A thread that dies while it waits is taken off the line. One that dies as the owner stays the owner. */
function withoutWaiting(lines: Lines, dead: NodeId): Lines {
  return Object.entries(lines).reduce(
    (left, [key, line]) =>
      withLine(
        left,
        key,
        line.filter(({ who }, place) => place === 0 || who !== dead),
      ),
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
  const ask = (own: Own, unique: string, call: Request['call']): Next<Own> => {
    const to = homeOf(nameIn(unique), processes(options));
    const body: { readonly [key: string]: Json } = { key: own.key, unique, call };
    return {
      do: 'ask',
      own,
      step: call,
      queued: true,
      asks: [{ to, name: `${call} ${own.key}`, body, after: AT_ONCE }],
    };
  };

  return {
    begin(own, { op, unique }) {
      if (op.op === 'acquire') return ask({ key: op.key }, unique, 'lock');
      if (own === null) throw new Error(`a thread cannot ${op.op} before it asked for a lock`);
      if (op.op === 'release') return ask(own, unique, 'unlock');
      return { do: 'end', own, result: OWNS };
    },
    heard(own, { yes }, _from, { op }) {
      if (op.op === 'acquire')
        return { do: 'end', own, result: yes ? OWNS : { ok: false, why: 'held', definite: true } };
      return { do: 'end', own, result: yes ? OWNS : { ok: false, why: 'lost', definite: true } };
    },
    withdraw: (own, { unique }) => ask(own, unique, 'give up waiting'),
  };
}

const OWNS = { ok: true, fence: 0, validUntil: null } as const;

function processes({ replicas }: BackendOptions): readonly NodeId[] {
  return replicas === 1 ? ['process'] : Array.from({ length: replicas }, (_, index) => `process${index + 1}`);
}

export const mutex: Backend = {
  id: 'mutex',
  title: 'A mutex in one process',
  tokens: () => 'none',
  expires: () => false,
  home: homeOf,
  servers: (options) => Object.fromEntries(processes(options).map((id) => [id, memoryOf(id) as Actor])),
  client: (options) => conversation(recipe(options), options),
};
