// No lock: clients send commands to a queue, and one consumer carries them out in order. A write is "one more", not "set it to
// what I read plus one", so nothing is read that could go stale; the answer comes when the command has been applied, which
// is the price: somebody else does the work, later. Source: locks.md 5, "Queue / partition serialization".
// It is not free of what makes locks hard: who is the one consumer is decided by a timer, so for a while there may be two. Hence
// `token: 'counter'`, the default: the epoch of the group fences at the database. With 'none' one pause of a consumer is enough
// to lose an update. The nodes are servers/broker.ts and servers/consumer.ts; reads go to the database and wait for nobody.
// A command is named by its client and a number, which is an idempotency key: a client that starts again begins with the first, so
// it is told what came of that before. Kafka alone would append it again (servers/broker.ts). Real: max.poll.interval.ms 5 min;
// here 30 ms.
import { conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { BROKER, broker, CONSUMERS } from '../servers/broker.ts';
import { consumer, DATABASE, database } from '../servers/consumer.ts';
import { FOREVER } from '../time.ts';
import type { Actor, Backend, BackendOptions } from '../types.ts';

/** How many commands it has sent. */
type Own = { readonly sent: number };
/** `applied` is the broker's, `n` the database's. */
type Answer = { readonly applied?: boolean; readonly value?: number; readonly n?: number };

function recipe({ onTimeout }: BackendOptions): Recipe<Own, Answer> {
  const ask = (own: Own, { op }: Turn): Next<Own> => {
    switch (op.op) {
      case 'read':
        return { do: 'ask', own, asks: [{ to: DATABASE, name: 'SELECT n', body: { run: 'select', epoch: null } }] };
      case 'write':
      case 'compareAndWrite': {
        const where = op.op === 'write' ? null : op.known;
        const name = `produce n + 1${where === null ? '' : ` if n = ${where}`}`;
        const step = `command ${own.sent}`;
        const body = { say: 'produce', count: own.sent, where };
        return { do: 'ask', own, step, asks: [{ to: BROKER, name, body }] };
      }
      default:
        throw new Error(`a queue needs no lock, so there is none to ${op.op}`);
    }
  };

  return {
    begin(before, turn) {
      const own = before ?? { sent: 0 };
      return ask(turn.op.op === 'read' ? own : { sent: own.sent + 1 }, turn);
    },
    heard(own, { applied, value, n }, _from, { op }) {
      if (op.op === 'read') return { do: 'answer', own, data: { ok: true, value: n ?? 0 } };
      const data = applied ? ({ ok: true, value: value ?? 0 } as const) : ({ ok: false, why: 'conflict' } as const);
      return { do: 'answer', own, data };
    },
    // The same command under the same number: the broker knows whether it has it.
    unanswered(own, turn) {
      if (onTimeout === 'give-up') return { do: 'answer', own, data: { ok: false, why: 'timeout' } };
      return ask(own, turn);
    },
  };
}

export const queue: Backend = {
  id: 'queue',
  title: 'Queue with one consumer, no lock',
  knobs: ['idleTimeout', 'token'],
  locks: false,
  defaults: { idleTimeout: 30, token: 'counter' },
  tokens: () => 'none',
  expires: () => false,
  holdsData: () => true,
  failover: () => ({ [CONSUMERS[0]]: CONSUMERS[1] }),
  problems({ token, idleTimeout }) {
    const found: string[] = [];
    if (token === 'record-version')
      found.push('a queue fences by the epoch of its consumers, which is a counter, or not at all');
    if (idleTimeout === 0 || idleTimeout >= FOREVER) {
      found.push('idleTimeout must be above 0 and finite: how long a consumer may say nothing');
    }
    return found;
  },
  servers({ token, idleTimeout }) {
    const fenced = token === 'counter';
    const [first, second] = CONSUMERS;
    return {
      [BROKER]: broker(idleTimeout) as Actor,
      [first]: consumer(fenced) as Actor,
      [second]: consumer(fenced) as Actor,
      [DATABASE]: database(fenced) as Actor,
    };
  },
  client: (options) => conversation(recipe(options), options),
};
