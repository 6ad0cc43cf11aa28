// The lock recipe of ZooKeeper: each client creates an ephemeral sequential node under the lock's path, the lowest number has
// the lock, and each of the others watches the one before its own, so a release wakes one client. The zxid that created the
// node is the fencing token. Sources: ZooKeeper's "Recipes and Solutions"; locks.md 1.3; the server is servers/zookeeper.ts.
// Each node carries a value that only its client uses: after a lost answer it lists the nodes and looks for that one (F7).
// The client goes by what its library says: no word from the service for two thirds of the session and it is disconnected,
// which for a holder means to stop (Curator's SUSPENDED), while the service gives the lock away only after the whole of it.
// As in the Java client, the silence counts from the last answer that was read: one that lay unread through a pause deceives.
// Left out: one session for many locks (here one for each acquisition); coming back from SUSPENDED while the session still lives
// (here a holder that stopped stays so); `extend` is a ping.
import { type Ask, conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import {
  EXPIRED,
  NO_NODE,
  type WatchEvent,
  ZOOKEEPER,
  type ZookeeperAnswer,
  zookeeperServer,
} from '../servers/zookeeper.ts';
import { deadline, FOREVER, isOver, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, Json, Ms } from '../types.ts';

/** What it has asked for last, or that it waits in the queue, or has the lock. */
type Step = 'connect' | 'create' | 'list' | 'stat' | 'watch' | 'queue' | 'held' | 'delete' | 'withdraw';
type Own = {
  readonly folder: string;
  /** Session timeout. */
  readonly timeout: Ms;
  readonly step: Step;
  /** Path of the own node; null before it is known. */
  readonly mine: string | null;
  /** Of the own node; 0 before it is known. */
  readonly czxid: number;
  /** The node before the own one, while it is watched. */
  readonly before: string | null;
  /** Its patience is over: it takes the lock now or not at all. */
  readonly hurried: boolean;
};

const LOST = { ok: false, why: 'lost', definite: true } as const;
const HELD = { ok: false, why: 'held', definite: true } as const;
const IN_DOUBT = { ok: false, why: 'timeout', definite: false } as const;

function recipe({ onTimeout, timeout }: BackendOptions): Recipe<Own, ZookeeperAnswer | WatchEvent> {
  const looksForItsOwn = onTimeout === 'ask-whose';

  const connect = (own: Own, turn: Turn) => {
    return ask({ ...own, step: 'connect' }, turn, `connect ${turn.unique} ${own.timeout}`, {
      call: 'connect',
      timeout: own.timeout,
    });
  };

  const create = (own: Own, turn: Turn) => {
    const path = `${own.folder}/${turn.unique}-`;
    return ask({ ...own, step: 'create' }, turn, `create ${path} -e -s`, { call: 'create', path });
  };

  const list = (own: Own, turn: Turn): Next<Own> => {
    const body = { call: 'getChildren', path: own.folder };
    return { ...ask({ ...own, step: 'list', before: null }, turn, `getChildren ${own.folder}`, body), alarm: null };
  };

  const listed = (own: Own, children: readonly string[], turn: Turn): Next<Own> => {
    const queue = children.toSorted((a, b) => numberOf(a) - numberOf(b));
    const found = looksForItsOwn ? queue.find((name) => name.startsWith(`${turn.unique}-`)) : undefined;
    const mine = found === undefined ? own.mine : `${own.folder}/${found}`;
    if (mine === null) return create(own, turn);
    const known: Own = { ...own, mine, czxid: mine === own.mine ? own.czxid : 0 };
    const place = queue.findIndex((name) => `${own.folder}/${name}` === mine);
    if (place < 0) return { do: 'end', own, result: LOST };
    if (place === 0) return known.czxid === 0 ? stat(known, turn) : hold(known, turn);
    if (own.hurried) return withdraw(known, turn);
    return watch(known, `${own.folder}/${queue[place - 1]}`, turn);
  };

  const stat = (own: Own, turn: Turn) => {
    const path = own.mine ?? '';
    return ask({ ...own, step: 'stat' }, turn, `exists ${path}`, { call: 'exists', path, watch: false });
  };

  const watch = (own: Own, before: string, turn: Turn) => {
    const body = { call: 'exists', path: before, watch: true };
    return ask({ ...own, step: 'watch', before }, turn, `exists ${before}, watch`, body);
  };

  const queueUp = (own: Own, turn: Turn): Next<Own> => {
    // After a silence the library connects anew, keeps the session so, and sets its watch again: here by looking again. Pings
    // are answered in place of that; but where a message may be lost by itself, which no connection does, they say too little.
    const alarm = renews(turn) && timeout >= FOREVER ? {} : { alarm: silence(own) };
    return { do: 'wait', own: { ...own, step: 'queue' }, ...alarm };
  };

  const hold = (own: Own, turn: Turn): Next<Own> => {
    const validUntil = later(turn.clock.monotonic, silence(own));
    const held: Own = { ...own, step: 'held', before: null };
    // Without heartbeats there is no answer to miss.
    const alarm = renews(turn) ? { alarm: silence(own) } : {};
    return { do: 'end', own: held, result: { ok: true, fence: own.czxid, validUntil }, ...alarm };
  };

  const remove = (own: Own, turn: Turn) => {
    const path = own.mine ?? '';
    return ask({ ...own, step: 'delete' }, turn, `delete ${path}`, { call: 'delete', path });
  };

  /** The end of the session deletes the node. */
  const withdraw = (own: Own, turn: Turn) => {
    return ask({ ...own, step: 'withdraw' }, turn, `closeSession ${turn.unique}`, { call: 'closeSession' });
  };

  /** The request may have been carried out or not. */
  const connectionLost = (own: Own, turn: Turn): Next<Own> => {
    if (own.step === 'withdraw') return { do: 'end', own, result: HELD };
    if (onTimeout === 'give-up' || turn.op.op === 'extend') return { do: 'end', own, result: IN_DOUBT };
    switch (own.step) {
      case 'connect':
        return connect(own, turn);
      case 'create':
        return looksForItsOwn ? list(own, turn) : create(own, turn);
      case 'list':
      case 'watch':
        return list(own, turn);
      case 'stat':
        return stat(own, turn);
      case 'delete':
        return remove(own, turn);
      default:
        return { do: 'listen', own };
    }
  };

  return {
    begin(own, turn) {
      const { op } = turn;
      if (op.op === 'acquire') return connect(own ?? ownOf(op.key, op.ttl), turn);
      if (own === null || (op.op !== 'extend' && op.op !== 'release')) {
        throw new Error(`ZooKeeper cannot ${op.op} before it is asked for a lock`);
      }
      if (op.op === 'release') return remove(own, turn);
      return { do: 'ask', own, asks: [ping(turn.unique)] };
    },

    heard(own, said, _from, turn) {
      const { op, clock, unique, inDoubt } = turn;
      const answer = said as ZookeeperAnswer;
      if (answer.error === EXPIRED) return { do: 'end', own, result: own.step === 'withdraw' ? HELD : LOST };
      if (op.op === 'extend') {
        const validUntil = later(clock.monotonic, silence(own));
        return { do: 'end', own, result: { ok: true, fence: own.czxid, validUntil } };
      }
      // The library has hung up by then. After a pause a Java client might read it all the same; this one is stricter.
      const tooLate = isOver(deadline(later(turn.sentAt, silence(own))), clock.monotonic);
      if (op.op === 'acquire' && tooLate) return connectionLost(own, turn);
      switch (own.step) {
        case 'connect':
          return { ...create(own, turn), keepAlive: true };
        case 'create':
          return list({ ...own, mine: answer.path, czxid: answer.czxid }, turn);
        case 'list':
          return listed(own, answer.children, turn);
        case 'stat':
          return answer.error === NO_NODE ? list(own, turn) : hold({ ...own, czxid: answer.czxid }, turn);
        case 'watch':
          if (answer.error === NO_NODE) return list(own, turn);
          return own.hurried ? withdraw(own, turn) : queueUp(own, turn);
        case 'delete': {
          // An earlier try may have deleted it already.
          if (answer.error === NO_NODE && !inDoubt) return { do: 'end', own, result: LOST };
          const close = {
            to: ZOOKEEPER,
            name: `closeSession ${unique}`,
            body: { session: unique, call: 'closeSession' },
          };
          return { do: 'end', own, tell: [close], result: { ok: true, fence: own.czxid, validUntil: null } };
        }
        case 'withdraw':
          return { do: 'end', own, result: HELD };
        default:
          return { do: 'listen', own };
      }
    },

    unanswered: connectionLost,

    told(own, said, _from, turn) {
      const { deleted } = said as Partial<WatchEvent>;
      // The event may overtake the answer to the request that set the watch.
      const waits = own.step === 'queue' || own.step === 'watch';
      return turn && waits && deleted !== undefined && deleted === own.before ? list(own, turn) : { own };
    },

    alarm(own, turn) {
      if (own.step === 'held') return { own, news: { kind: 'lost' } };
      return turn && own.step === 'queue' ? list(own, turn) : { own };
    },

    withdraw(own, turn) {
      return own.step === 'queue' ? withdraw(own, turn) : { do: 'listen', own: { ...own, hurried: true } };
    },

    renewal: (_own, _ttl, unique) => [ping(unique)],

    renewed(own, said, _from, { clock }, turn) {
      if ((said as ZookeeperAnswer).error === EXPIRED) {
        if (turn?.op.op === 'acquire') return { do: 'end', own, result: LOST };
        return { own, news: { kind: 'lost' } };
      }
      if (own.step !== 'held') return { own };
      const validUntil = later(clock.monotonic, silence(own));
      return { own, news: { kind: 'renewed', validUntil }, alarm: silence(own) };
    },
  };
}

function ownOf(key: string, timeout: Ms): Own {
  return { folder: `/${key}`, timeout, step: 'connect', mine: null, czxid: 0, before: null, hurried: false };
}

const renews = ({ op }: Turn) => op.op === 'acquire' && op.renew !== undefined;

/** After so long without a word from the service, a client is disconnected. */
function silence({ timeout }: Own): Ms {
  return Math.max(1, Math.floor((2 * timeout) / 3));
}

/** A sequential node ends in ten digits. */
function numberOf(name: string): number {
  return Number(name.slice(-10));
}

function ask(own: Own, { unique }: Turn, name: string, body: { readonly [key: string]: Json }): Next<Own> {
  return { do: 'ask', own, step: own.step, asks: [{ to: ZOOKEEPER, name, body: { session: unique, ...body } }] };
}

function ping(unique: string): Ask {
  return { to: ZOOKEEPER, name: `ping ${unique}`, body: { session: unique, call: 'ping' } };
}

export const zookeeper: Backend = {
  id: 'zookeeper',
  title: 'ZooKeeper',
  knobs: ['durable', 'sweep'],
  defaults: { onTimeout: 'ask-whose' },
  tokens: () => 'rising',
  expires: () => true,
  endsWith: () => 'session',
  countsFromAnswer: true,
  failover: () => ({ [ZOOKEEPER]: ZOOKEEPER }),
  problems({ release, data }) {
    const found: string[] = [];
    if (release === 'delete') found.push('a ZooKeeper node belongs to one acquisition, so no release of it is blind');
    if (data === 'inside') found.push('this ZooKeeper keeps locks and no data; etcd keeps both');
    return found;
  },
  servers: (options) => ({ [ZOOKEEPER]: zookeeperServer(options) as Actor }),
  client: (options) => conversation(recipe(options), options),
};
