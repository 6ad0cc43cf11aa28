// The consumer of a queue, and the database that it alone writes to. It remembers the number between two commands, as a single
// writer may, so it needs no lock and compares nothing; and as long as it is the only one, none of its updates can be lost.
// After a rebalance there may be two of it: a paused one does not know that it has been replaced. With `fenced` the database
// compares the epoch of the writer with the highest that it has seen, and a new consumer begins by showing its own (it seals
// before it reads). The offset is kept in the same row as the number, so a record that comes twice is known.
// Without, both write as they like, and a record that was applied and not committed is applied again.
import { accessNote } from '../resource.ts';
import type { Actor, NodeId, Command as Order } from '../types.ts';
import { BROKER, type BrokerRequest, type Command, type Result, type ToConsumer } from './broker.ts';

export const DATABASE: NodeId = 'database';

type Task = { readonly offset: number; readonly command: Command };
type Writer = {
  readonly epoch: number;
  /** What it remembers: the number, and which record is next. Null before it has looked. */
  readonly known: { readonly n: number; readonly next: number } | null;
  readonly task: Task | null;
};

type DatabaseRequest =
  | { readonly run: 'select'; readonly tag: string | null; readonly epoch: number | null }
  | {
      readonly run: 'update';
      readonly epoch: number;
      readonly offset: number;
      readonly n: number;
      readonly who: NodeId;
    };
type DatabaseAnswer = {
  readonly tag: string | null;
  readonly run: 'select' | 'update';
  readonly refused: boolean;
  readonly epoch: number;
  readonly n: number;
  /** Of the next record that has not been applied, as far as the database knows. */
  readonly next: number;
};

const IDLE: Writer = { epoch: 0, known: null, task: null };

export function consumer(fenced: boolean): Actor<Writer> {
  const work = (writer: Writer, task: Task) => {
    const { epoch, known } = writer;
    if (known === null) {
      const body: DatabaseRequest = { run: 'select', tag: null, epoch };
      return { state: { ...writer, task }, commands: [send(DATABASE, `SELECT n, next (epoch ${epoch})`, body)] };
    }
    const { offset, command } = task;
    const { who, where } = command;
    if (offset < known.next) return done(writer, task, { applied: true, value: known.n });
    if (where !== null && where !== known.n) {
      const refused = accessNote({ who, what: 'write', fence: 0, seen: 0, accepted: false, value: where + 1 });
      const { state, commands } = done({ ...writer, known: { ...known, next: offset + 1 } }, task, {
        applied: false,
        value: known.n,
      });
      return { state, commands: [refused, ...commands] };
    }
    const n = known.n + 1;
    const body: DatabaseRequest = { run: 'update', epoch, offset, n, who };
    const name = `UPDATE n = ${n}, next = ${offset + 1}${fenced ? ` WHERE epoch <= ${epoch}` : ''}`;
    return { state: { ...writer, task }, commands: [send(DATABASE, name, body)] };
  };

  const done = (writer: Writer, { offset }: Task, result: Result) => {
    const body: BrokerRequest = { say: 'commit', epoch: writer.epoch, offset, result };
    return { state: { ...writer, task: null }, commands: [send(BROKER, `commit offset ${offset + 1}`, body)] };
  };

  const told = (writer: Writer, said: ToConsumer) => {
    if (said.epoch < writer.epoch) return { state: writer, commands: [] };
    if (said.say === 'rebalance') return rejoin(said.epoch, false);
    const { epoch, offset, command } = said;
    if (epoch === writer.epoch && writer.task?.offset === offset) return { state: writer, commands: [] };
    const current: Writer = epoch === writer.epoch ? writer : { epoch, known: null, task: null };
    return work(current, { offset, command });
  };

  const answered = (writer: Writer, { run, refused, epoch, n, next }: DatabaseAnswer) => {
    const { task } = writer;
    if (task === null || epoch !== writer.epoch) return { state: writer, commands: [] };
    // Somebody with a later epoch is at work, so this one has been replaced.
    if (refused) return rejoin(epoch, false);
    // What the network brings twice, or too late, is no answer to what was asked last.
    if (run === 'select' ? writer.known !== null : next !== task.offset + 1) return { state: writer, commands: [] };
    if (run === 'select') return work({ ...writer, known: { n, next: fenced ? next : task.offset } }, task);
    return done({ ...writer, known: { n, next: task.offset + 1 } }, task, { applied: true, value: n });
  };

  return {
    on(state, input) {
      const writer = state ?? IDLE;
      switch (input.kind) {
        case 'start':
          return input.again ? rejoin(0, false) : { state: IDLE, commands: [] };
        case 'failover':
          return rejoin(writer.epoch, true);
        case 'message':
          return input.from === DATABASE
            ? answered(writer, input.body as DatabaseAnswer)
            : told(writer, input.body as ToConsumer);
        default:
          return { state: writer, commands: [] };
      }
    },
  };
}

/** It forgets what it knew, and offers itself. */
function rejoin(epoch: number, instead: boolean): { readonly state: Writer; readonly commands: readonly Order[] } {
  const body: BrokerRequest = { say: 'join', instead };
  return { state: { epoch, known: null, task: null }, commands: [send(BROKER, 'join', body)] };
}

function send(to: NodeId, name: string, body: BrokerRequest | DatabaseRequest): Order {
  return { do: 'send', to, name, body };
}

// ---- the database -------------------------------------------------------------------------------------------------

type Row = { readonly n: number; readonly next: number; readonly epoch: number };

export function database(fenced: boolean): Actor<Row> {
  return {
    on(state, input) {
      const row: Row = (input.kind === 'start' ? (input.disk as Row | null) : state) ?? { n: 0, next: 0, epoch: 0 };
      if (input.kind !== 'message') return { state: row, commands: [] };
      const { state: after, note, refused } = serve(fenced, row, input.from, input.body as DatabaseRequest);
      const { tag = null, run, epoch } = input.body as DatabaseRequest & { readonly tag?: string | null };
      const { n, next } = after;
      const body: DatabaseAnswer = { tag, run, refused, epoch: epoch ?? 0, n, next };
      const name = refused
        ? `refused: epoch ${epoch} < ${row.epoch}`
        : run === 'select'
          ? `n = ${n}`
          : `1 row, n = ${n}`;
      return {
        state: after,
        commands: [
          ...(after === row ? [] : [{ do: 'save', disk: after } as const]),
          ...(note ? [note] : []),
          { do: 'send', to: input.from, name, body },
        ],
      };
    },
  };
}

function serve(fenced: boolean, row: Row, from: NodeId, request: DatabaseRequest) {
  const { n, next, epoch: seen } = row;
  const { epoch } = request;
  const refused = fenced && epoch !== null && epoch < seen;
  const sealed: Row = fenced && epoch !== null && epoch > seen ? { n, next, epoch } : row;
  if (request.run === 'select') {
    // A client that reads is no consumer, and has no epoch.
    const read =
      epoch === null ? accessNote({ who: from, what: 'read', fence: 0, seen: 0, accepted: true, value: n }) : null;
    return { state: sealed, note: read, refused };
  }
  // The network brought it twice.
  if (fenced && !refused && request.offset < next) return { state: sealed, note: null, refused };
  const { who, n: value, offset } = request;
  const fence = fenced ? request.epoch : 0;
  const note = accessNote({ who, what: 'write', fence, seen: fenced ? seen : 0, accepted: !refused, value });
  return { state: refused ? row : { n: value, next: offset + 1, epoch: sealed.epoch }, note, refused };
}
