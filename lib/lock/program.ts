// A client: a program as data, with a line counter, and a lock client inside. The counter is what makes a
// search possible: a generator, or a function that waits, cannot be copied, compared or sent to a worker.
// Every line is its own move. Between "am I still the holder?" and the write, anything may happen; that gap is the
// subject of half the course, so nothing here may make two lines into one.

import { RESOURCE, type StoreReply, storeRequest } from './resource.ts';
import { deadline, instantOf, isOver, later } from './time.ts';
import type {
  Actor,
  Command,
  DataOp,
  DataResult,
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
  Ms,
  News,
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
  readonly waiting: LockOp['op'] | 'data' | 'store' | null;
  readonly lock: Json;
  /** It believes that it holds the lock. */
  readonly believes: boolean;
  readonly fence: Fence;
  readonly validUntil: Deadline | null;
  readonly value: number | null;
  /** How it will have ended, should it end now: a jump past the work says why, and the lines after it still run. */
  readonly outcome: Outcome;
  /** Only while its lock is in jeopardy: it runs no line. `due`: one was to be run meanwhile. */
  readonly jeopardy?: { readonly due: boolean };
};
type Over = { readonly over: true; readonly outcome: Outcome };
export type ProgramMemory = Running | Over;
type Disk = { readonly life: number; readonly tries: number };

type Doing = { readonly state: ProgramMemory; readonly commands: Command[] };

/** A client that stops in time needs no look at its clock: this timer is the look. */
const STOP = 'stop before the lease ends';

export function programIsOver(memory: Json): boolean {
  return typeof memory === 'object' && memory !== null && (memory as { over?: Json }).over === true;
}

/** `self` goes beyond house.md: a client must be able to make a lock value that no other client makes. */
export function programActor(
  program: Program,
  lock: LockClient,
  self: NodeId,
  dataInside = false,
): Actor<ProgramMemory> {
  const { lines, onLost = 'stop', stopBefore } = program;

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
    if (stopBefore !== undefined) commands.push({ do: 'cancelTimer', key: STOP });
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
        const needed = line.atLeast ? later(clock.monotonic, line.atLeast) : clock.monotonic;
        const lapsed = state.validUntil !== null && isOver(state.validUntil, needed);
        if (!lapsed) return proceed(state, state.line + 1, commands);
        return proceed({ ...leave(state, commands), outcome: 'lost' }, line.else, commands);
      }
      case 'ifFree':
        return state.value === 0
          ? proceed(state, state.line + 1, commands)
          : proceed({ ...state, outcome: 'taken' }, line.else, commands);
      case 'read':
      case 'write':
      case 'compareAndWrite': {
        const known = state.value ?? 0;
        if (dataInside) return access(state, { op: line.op, known }, clock, commands);
        const expires = line.op === 'write' && line.within !== undefined ? later(clock.wall, line.within) : null;
        commands.push(storeRequest(line.op, known, state.fence, state.life, expires));
        return { state: { ...state, waiting: 'store' }, commands };
      }
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

  // 'A1', but 'r1-1': without the dash, the 11th value of r1 would be the first of r11.
  const uniqueValue = ({ tries }: Running) => (/\d$/.test(self) ? `${self}-${tries}` : `${self}${tries}`);

  const ask = (state: Running, op: LockOp, clock: LocalClock, commands: Command[]): Doing => {
    commands.push({ do: 'note', event: { kind: 'asked', who: self, op: op.op } });
    const reaction = lock.call(state.lock, op, clock, uniqueValue(state));
    return hear({ ...state, waiting: op.op }, reaction, clock, commands);
  };

  const access = (state: Running, op: DataOp, clock: LocalClock, commands: Command[]): Doing => {
    const reaction = lock.call(state.lock, op, clock, uniqueValue(state));
    return hear({ ...state, waiting: 'data' }, reaction, clock, commands);
  };

  /** What the lock client inside has to say, and whether the call is over. */
  const hear = (state: Running, reaction: LockReaction, clock: LocalClock, commands: Command[]): Doing => {
    commands.push(...reaction.commands);
    const heard: Running = { ...state, lock: reaction.state };
    const op = state.waiting;
    if (reaction.news) return learn(heard, reaction.news, clock, commands);
    if (op === 'data' && reaction.data) return accessed(heard, reaction.data, commands);
    if (!reaction.result || op === null || op === 'store' || op === 'data') return { state: heard, commands };
    return settle(heard, op, reaction.result, clock, commands);
  };

  const settle = (
    state: Running,
    op: LockOp['op'],
    result: LockResult,
    clock: LocalClock,
    commands: Command[],
  ): Doing => {
    commands.push({ do: 'note', event: { kind: 'answered', who: self, op, result } });
    const next = state.line + 1;
    // Told 0 by a release, a client learns that it had lost the lock before; its work is done all the same.
    // Not so where the release is a commit: then nothing has been done.
    if (op === 'release' && dataInside && !result.ok) return end(state, result.why, commands);
    if (op === 'release') return proceed({ ...state, lock: null, fence: 0, validUntil: null }, next, commands);
    if (!result.ok) return end(state, result.why, commands);
    const fence = op === 'acquire' ? result.fence : state.fence;
    const validUntil = result.validUntil && deadline(result.validUntil);
    stopInTime(validUntil, clock, commands);
    const { jeopardy: _over, ...safe } = state;
    return proceed({ ...safe, believes: true, fence, validUntil }, next, commands);
  };

  const stopInTime = (validUntil: Deadline | null, clock: LocalClock, commands: Command[]): void => {
    if (stopBefore === undefined || validUntil === null) return;
    const left: Ms = Math.max(0, instantOf(validUntil).$at - clock.monotonic.$at - stopBefore);
    commands.push({ do: 'setTimer', key: STOP, after: [left, left] });
  };

  /** News of a lock that it no longer believes in, or is giving back, changes nothing. In jeopardy it holds its breath. */
  const learn = (state: Running, news: News, clock: LocalClock, commands: Command[]): Doing => {
    if (!state.believes && !state.jeopardy) return { state, commands };
    if (news.kind === 'jeopardy') {
      const doubts = state.believes && onLost !== 'ignore';
      return { state: doubts ? { ...leave(state, commands), jeopardy: { due: false } } : state, commands };
    }
    if (news.kind === 'lost') {
      return onLost === 'ignore' ? { state, commands } : end(state, 'lost', commands);
    }
    const { jeopardy, ...safe } = state;
    const result: LockResult = { ok: true, fence: state.fence, validUntil: news.validUntil };
    commands.push({ do: 'note', event: { kind: 'answered', who: self, op: jeopardy ? 'acquire' : 'extend', result } });
    const validUntil = news.validUntil && deadline(news.validUntil);
    stopInTime(validUntil, clock, commands);
    const line = lines[state.line];
    if (jeopardy?.due && line) commands.push({ do: 'nextLine', name: lineName(line.run), after: null });
    return { state: { ...safe, believes: true, validUntil }, commands };
  };

  /** A comparison that failed may have a line to go on from; everything else that is refused ends the program. */
  const accessed = (state: Running, result: DataResult, commands: Command[]): Doing => {
    if (result.ok) return proceed({ ...state, value: result.value }, state.line + 1, commands);
    const line = lines[state.line]?.run;
    const retry = line?.op === 'compareAndWrite' && result.why === 'conflict' ? line.else : undefined;
    return retry === undefined ? end(state, result.why, commands) : proceed(state, retry, commands);
  };

  const react = (state: Running, input: Input, clock: LocalClock): Doing => {
    switch (input.kind) {
      case 'line': {
        if (state.jeopardy) return { state: { ...state, jeopardy: { due: true } }, commands: [] };
        const line = lines[state.line];
        return line ? runLine(state, line.run, clock) : { state, commands: [] };
      }
      case 'message': {
        if (input.from !== RESOURCE) return hear(state, lock.on(state.lock, input, clock), clock, []);
        const reply = input.body as StoreReply;
        if (state.waiting !== 'store' || reply.life !== state.life) return { state, commands: [] };
        return accessed(
          state,
          reply.why === null ? { ok: true, value: reply.value } : { ok: false, why: reply.why },
          [],
        );
      }
      case 'timer':
        if (input.key === STOP) return state.believes ? end(state, 'lost', []) : { state, commands: [] };
        return hear(state, lock.on(state.lock, input, clock), clock, []);
      default:
        return hear(state, lock.on(state.lock, input, clock), clock, []);
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
