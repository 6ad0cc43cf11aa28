// A client: a program as data, with a line counter, and a lock client inside. The counter is what makes a
// search possible: a generator, or a function that waits, cannot be copied, compared or sent to a worker.
// Every line is its own move. Between "am I still the holder?" and the write, anything may happen; that gap is the
// subject of half the course, so nothing here may make two lines into one.

import { RESOURCE, type StoreReply, storeRequest } from './resource.ts';
import { deadline, isOver } from './time.ts';
import type {
  Actor,
  Command,
  Deadline,
  Fence,
  Input,
  Json,
  Line,
  LocalClock,
  LockClient,
  LockOp,
  LockReaction,
  LockResult,
  NodeId,
  Outcome,
  Program,
  Reaction,
} from './types.ts';

type Running = {
  readonly over: false;
  /** How often it has been started; answers to an earlier life are not for this one. */
  readonly life: number;
  /** Acquisitions so far, over all lives: the source of unique lock values. */
  readonly tries: number;
  readonly line: number;
  readonly waiting: LockOp['op'] | 'store' | null;
  readonly lock: Json;
  /** It believes that it holds the lock. */
  readonly believes: boolean;
  readonly fence: Fence;
  readonly validUntil: Deadline | null;
  readonly value: number | null;
  /** How it will have ended, should it end now: a jump past the work says why, and the lines after it still run. */
  readonly outcome: Outcome;
};
type Over = { readonly over: true; readonly outcome: Outcome };
export type ProgramMemory = Running | Over;
type Disk = { readonly life: number; readonly tries: number };

type Doing = { readonly state: ProgramMemory; readonly commands: Command[] };

export function programIsOver(memory: Json): boolean {
  return typeof memory === 'object' && memory !== null && (memory as { over?: Json }).over === true;
}

/** `self` goes beyond house.md: a client must be able to make a lock value that no other client makes. */
export function programActor(program: Program, lock: LockClient, self: NodeId): Actor<ProgramMemory> {
  const { lines } = program;

  const proceed = (state: Running, line: number, commands: Command[]): Doing => {
    const next = lines[line];
    if (!next) return end(state, state.outcome, commands);
    commands.push({ do: 'nextLine', name: lineName(next.run), after: null });
    return { state: { ...state, line, waiting: null }, commands };
  };

  // The end forgets everything but the outcome, so that runs which differ only in a past detail end in one world.
  const end = (state: Running, outcome: Outcome, commands: Command[]): Doing => {
    leave(state, commands);
    commands.push({ do: 'note', event: { kind: 'finished', who: self, outcome } });
    return { state: { over: true, outcome }, commands };
  };

  const leave = (state: Running, commands: Command[]): Running => {
    if (!state.believes) return state;
    commands.push({ do: 'note', event: { kind: 'left', who: self } });
    return { ...state, believes: false };
  };

  const start = (disk: Disk | null): Doing => {
    const life = (disk?.life ?? 0) + 1;
    const tries = disk?.tries ?? 0;
    const state: Running = {
      over: false,
      life,
      tries,
      line: 0,
      waiting: null,
      lock: null,
      believes: false,
      fence: 0,
      validUntil: null,
      value: null,
      outcome: 'done',
    };
    return proceed(state, 0, [{ do: 'save', disk: { life, tries } }]);
  };

  const runLine = (state: Running, line: Line, clock: LocalClock): Doing => {
    const commands: Command[] = [];
    switch (line.op) {
      case 'acquire': {
        const tries = state.tries + 1;
        commands.push({ do: 'save', disk: { life: state.life, tries } });
        return ask({ ...state, tries }, line, clock, commands);
      }
      case 'extend':
        return ask(state, line, clock, commands);
      case 'release':
        // Its critical section is over here, before the message leaves, whatever becomes of the message.
        return ask(leave(state, commands), line, clock, commands);
      case 'stillMine': {
        const lapsed = state.validUntil !== null && isOver(state.validUntil, clock.monotonic);
        if (!lapsed) return proceed(state, state.line + 1, commands);
        return proceed({ ...leave(state, commands), outcome: 'lost' }, line.else, commands);
      }
      case 'ifFree':
        return state.value === 0
          ? proceed(state, state.line + 1, commands)
          : proceed({ ...state, outcome: 'taken' }, line.else, commands);
      case 'read':
      case 'write':
      case 'compareAndWrite':
        commands.push(storeRequest(line.op, state.value ?? 0, state.fence, state.life));
        return { state: { ...state, waiting: 'store' }, commands };
      case 'work': {
        const next = lines[state.line + 1];
        if (!next) return end(state, state.outcome, commands);
        commands.push({ do: 'nextLine', name: lineName(next.run), after: line.takes });
        return { state: { ...state, line: state.line + 1 }, commands };
      }
      case 'goto':
        return proceed(state, line.line, commands);
    }
  };

  const ask = (state: Running, op: LockOp, clock: LocalClock, commands: Command[]): Doing => {
    commands.push({ do: 'note', event: { kind: 'asked', who: self, op: op.op } });
    // 'A1', but 'r1-1': without the dash, the 11th value of r1 would be the first of r11.
    const unique = /\d$/.test(self) ? `${self}-${state.tries}` : `${self}${state.tries}`;
    return hear({ ...state, waiting: op.op }, lock.call(state.lock, op, clock, unique), commands);
  };

  /** What the lock client inside has to say, and whether the call is over. */
  const hear = (state: Running, reaction: LockReaction, commands: Command[]): Doing => {
    commands.push(...reaction.commands);
    const heard: Running = { ...state, lock: reaction.state };
    const op = state.waiting;
    if (!reaction.result || op === null || op === 'store') return { state: heard, commands };
    return settle(heard, op, reaction.result, commands);
  };

  const settle = (state: Running, op: LockOp['op'], result: LockResult, commands: Command[]): Doing => {
    commands.push({ do: 'note', event: { kind: 'answered', who: self, op, result } });
    const next = state.line + 1;
    // Told 0 by a release, a client learns that it had lost the lock before; its work is done all the same.
    if (op === 'release') return proceed({ ...state, lock: null, fence: 0, validUntil: null }, next, commands);
    if (!result.ok) return end(state, result.why, commands);
    const fence = op === 'acquire' ? result.fence : state.fence;
    const validUntil = result.validUntil && deadline(result.validUntil);
    return proceed({ ...state, believes: true, fence, validUntil }, next, commands);
  };

  const stored = (state: Running, reply: StoreReply): Doing => {
    if (reply.why !== null) return end(state, reply.why, []);
    return proceed({ ...state, value: reply.value }, state.line + 1, []);
  };

  const react = (state: Running, input: Input, clock: LocalClock): Doing => {
    switch (input.kind) {
      case 'line': {
        const line = lines[state.line];
        return line ? runLine(state, line.run, clock) : { state, commands: [] };
      }
      case 'message': {
        if (input.from !== RESOURCE) return hear(state, lock.on(state.lock, input, clock), []);
        const reply = input.body as StoreReply;
        return state.waiting === 'store' && reply.life === state.life ? stored(state, reply) : { state, commands: [] };
      }
      default:
        return hear(state, lock.on(state.lock, input, clock), []);
    }
  };

  return {
    on(state, input, clock): Reaction<ProgramMemory> {
      if (input.kind === 'start') return start(input.disk as Disk | null);
      if (state === null || state.over) return { state: state ?? { over: true, outcome: 'lost' }, commands: [] };
      return react(state, input, clock);
    },
  };
}

function lineName(line: Line): string {
  switch (line.op) {
    case 'stillMine':
      return 'still mine?';
    case 'ifFree':
      return 'still free?';
    case 'compareAndWrite':
      return 'compare and write';
    default:
      return line.op;
  }
}
