// A broker with one partition, after Kafka's: a log of commands in the order in which they came, and one consumer that gets
// them one by one. A record is done when the consumer has committed its offset, which it does after applying it, so one that
// falls silent in between leaves a record that the next consumer gets again: at least once. Source: locks.md 5; Kafka's design
// documentation and KIP-1251.
// A consumer that has not committed for `idleTimeout` is taken to be dead (max.poll.interval.ms, really 5 minutes; its
// heartbeats tell of it after 45 s), and the group has a new epoch and another consumer. The old one is told, if it can
// hear. A command carries a number of its client's as an idempotency key, and its answer comes back when it has been applied (an
// answer topic). Unlike Kafka: its broker acknowledges only the append, knows a repeated one only within one session of an
// idempotent producer, and gives a producer that starts again a new id.
// Left out: more partitions, replicas of the log (what was answered is on disk), and offsets that are committed in advance.
import type { Actor, Json, Ms, NodeId, Command as Order } from '../types.ts';
import { type Table, withRow } from './table.ts';

export const BROKER: NodeId = 'broker';
export const CONSUMERS = ['consumer1', 'consumer2'] as const;
type Consumer = (typeof CONSUMERS)[number];

/** What a producer wants done: one more, or one more if the number is still what it has read. */
export type Command = {
  readonly who: NodeId;
  /** How many commands this producer has sent up to this one. */
  readonly count: number;
  readonly where: number | null;
};
export type Result = { readonly applied: boolean; readonly value: number };

export type BrokerRequest =
  | ({ readonly say: 'produce'; readonly tag: string | null } & Pick<Command, 'count' | 'where'>)
  | { readonly say: 'commit'; readonly epoch: number; readonly offset: number; readonly result: Result }
  /** A consumer is there, and has nothing to do. `instead`: its colleague is dead, and it takes over. */
  | { readonly say: 'join'; readonly instead: boolean };
export type ToConsumer =
  | { readonly say: 'record'; readonly epoch: number; readonly offset: number; readonly command: Command }
  | { readonly say: 'rebalance'; readonly epoch: number };

type Log = {
  /** What is not done yet; the first is with the consumer. */
  readonly commands: readonly (Command & { readonly tag: string | null })[];
  /** Of the first command. */
  readonly offset: number;
  readonly epoch: number;
  readonly consumer: Consumer;
  /** Is the other consumer there to take over? */
  readonly spare: boolean;
  /** The consumer has been given up and there was no other. */
  readonly nobody: boolean;
  /** The last result of each producer, for one that asks again. */
  readonly results: Table<Result & { readonly count: number }>;
};

const EMPTY: Log = {
  commands: [],
  offset: 0,
  epoch: 1,
  consumer: 'consumer1',
  spare: true,
  nobody: false,
  results: {},
};
const SESSION = 'consumer is silent';

export function broker(idleTimeout: Ms): Actor<Log> {
  /** Hands out the first command, if there is one. */
  const deliver = (log: Log): readonly Order[] => {
    const [first] = log.commands;
    if (!first) return [];
    const { who, count, where } = first;
    const { epoch, offset } = log;
    const body: ToConsumer = { say: 'record', epoch, offset, command: { who, count, where } };
    const name = `record ${offset}: ${who} n + 1, epoch ${epoch}`;
    return [
      { do: 'send', to: log.consumer, name, body },
      { do: 'setTimer', key: SESSION, after: [idleTimeout, idleTimeout] },
    ];
  };

  const assign = (log: Log, consumer: Consumer, spare: boolean) => {
    const after: Log = { ...log, epoch: log.epoch + 1, consumer, spare, nobody: false };
    return { state: after, orders: deliver(after) };
  };

  const produce = (log: Log, tag: string | null, command: Command) => {
    const known = log.results[command.who];
    if (known && command.count <= known.count) {
      const { applied, value } = known;
      return { state: log, orders: [reply(command.who, tag, { applied, value })] };
    }
    const waits = log.commands.some(({ who, count }) => who === command.who && count === command.count);
    const commands = waits
      ? log.commands.map((one) => (one.who === command.who && one.count === command.count ? { ...one, tag } : one))
      : [...log.commands, { ...command, tag }];
    const after: Log = { ...log, commands };
    return { state: after, orders: log.commands.length === 0 && !log.nobody ? deliver(after) : [] };
  };

  const commit = (log: Log, epoch: number, offset: number, result: Result) => {
    const [first, ...commands] = log.commands;
    // One of an older epoch has no say any more, whatever it has done to the data.
    if (!first || epoch !== log.epoch || offset !== log.offset) return { state: log, orders: [] };
    const results = withRow(log.results, first.who, { ...result, count: first.count });
    const after: Log = { ...log, commands, offset: offset + 1, results };
    const quiet: readonly Order[] = [{ do: 'cancelTimer', key: SESSION }];
    return { state: after, orders: [...quiet, reply(first.who, first.tag, result), ...deliver(after)] };
  };

  const join = (log: Log, from: Consumer, instead: boolean) => {
    if (from === log.consumer || instead || log.nobody) return assign(log, from, from === log.consumer && log.spare);
    return { state: { ...log, spare: true }, orders: [] };
  };

  const giveUp = (log: Log) => {
    const body: ToConsumer = { say: 'rebalance', epoch: log.epoch + 1 };
    const notice: Order = { do: 'send', to: log.consumer, name: `rebalance, epoch ${log.epoch + 1}`, body };
    if (!log.spare) return { state: { ...log, epoch: log.epoch + 1, nobody: true }, orders: [notice] };
    const { state, orders } = assign(log, otherThan(log.consumer), false);
    return { state, orders: [notice, ...orders] };
  };

  return {
    on(state, input) {
      if (input.kind === 'start') {
        const log = (input.disk as Log | null) ?? EMPTY;
        return { state: log, commands: deliver(log) };
      }
      const log = state ?? EMPTY;
      const done =
        input.kind === 'timer'
          ? giveUp(log)
          : input.kind === 'message'
            ? receive(log, input.from, input.body as BrokerRequest)
            : { state: log, orders: [] };
      const saved: readonly Order[] = done.state === log ? [] : [{ do: 'save', disk: done.state as Json }];
      return { state: done.state, commands: [...saved, ...done.orders] };
    },
  };

  function receive(log: Log, from: NodeId, request: BrokerRequest): { state: Log; orders: readonly Order[] } {
    switch (request.say) {
      case 'produce':
        return produce(log, request.tag, { who: from, count: request.count, where: request.where });
      case 'commit':
        return commit(log, request.epoch, request.offset, request.result);
      case 'join':
        return join(log, from as Consumer, request.instead);
    }
  }
}

function otherThan(consumer: Consumer): Consumer {
  return consumer === 'consumer1' ? 'consumer2' : 'consumer1';
}

function reply(to: NodeId, tag: string | null, { applied, value }: Result): Order {
  return {
    do: 'send',
    to,
    name: applied ? `applied: n = ${value}` : `not applied: n = ${value}`,
    body: { tag, applied, value },
  };
}
