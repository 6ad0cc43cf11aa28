// etcd's own mutex (client/v3/concurrency): a leased key for each client, and the one that was created first has the lock.
// Those behind watch the key before theirs, so they are served in order. The create revision is the fencing token. Steps:
// locks.md 1.4, read from the Go client; the server is servers/etcd.ts.
// As in the Go client: a lease is counted from when the answer came, so its holder may believe for a little longer than the
// lease runs; one whose lease ended in the queue goes on waiting and learns of it only then (issue 19597); a key is unlocked
// by its name, which is that of the lease. Unlike it: each acquisition has a lease of its own, whose id the client chooses. A
// client that will not renew its lease as a holder does so while it waits, and begins to hold with a full one; in Go the library
// keeps a lease alive in any case. `extend` keeps it alive for its granted length, since etcd knows no other.
// Left out: one session for many acquisitions, and with it what follows from a key that is named by its session: a late unlock
// that deletes the next acquisition of the same session (issue 22082), and two threads of one session that both succeed.
import { type Ask, conversation, type Next, type Recipe, type Turn } from '../conversation.ts';
import { accessName } from '../resource.ts';
import {
  type Compare,
  type DataAccess,
  ETCD,
  type EtcdAnswer,
  etcdServer,
  type KeyValue,
  LEASE_EXISTS,
  type LeaseAnswer,
  type Op,
  type TxnAnswer,
  type WatchEvent,
} from '../servers/etcd.ts';
import { deadline, FOREVER, instantOf, later } from '../time.ts';
import type { Actor, Backend, BackendOptions, DataOp, DataResult, Deadline, LocalClock, Ms } from '../types.ts';

/** The protected data, where it is in etcd itself. */
const DATA = 'n';

/** What it has asked for last, or that it waits in the queue, or has the lock. */
type Step = 'lease' | 'enter' | 'before' | 'queue' | 'recheck' | 'refresh' | 'held' | 'leave' | 'withdraw';
type Own = {
  readonly folder: string;
  readonly step: Step;
  /** Create revision of the own key; 0 before it is known. */
  readonly create: number;
  /** By the client's own count; null before the lease is granted. */
  readonly until: Deadline | null;
  /** The key that it waits for, or waited for last, and a revision at which that was there. */
  readonly before: { readonly key: string; readonly seenAt: number } | null;
  /** Its patience is over: it takes the lock now or not at all. */
  readonly hurried: boolean;
  /** Where the data was when it was read. */
  readonly readAt: number;
};

const LOST = { ok: false, why: 'lost', definite: true } as const;
const HELD = { ok: false, why: 'held', definite: true } as const;
const IN_DOUBT = { ok: false, why: 'timeout', definite: false } as const;

function recipe({ onTimeout, timeout, recheckOwnKey, release }: BackendOptions): Recipe<Own, EtcdAnswer> {
  const keyOf = ({ folder }: Own, unique: string) => `${folder}/${unique}`;

  // ---- steps 1 to 3: a lease, and a key of it

  const grantLease = (own: Own, { op, unique }: Turn): Next<Own> => {
    const ttl = op.op === 'acquire' ? op.ttl : 0;
    return ask({ ...own, step: 'lease' }, `LeaseGrant ${unique} ${ttl}`, { rpc: 'LeaseGrant', id: unique, ttl });
  };

  const enter = (own: Own, { unique }: Turn): Next<Own> => {
    const key = keyOf(own, unique);
    const compare: Compare = { key, target: 'create', is: '=', revision: 0 };
    const first: Op = { op: 'first', prefix: `${own.folder}/` };
    const success: readonly Op[] = [{ op: 'put', key, value: '', lease: unique }, first];
    const failure: readonly Op[] = [{ op: 'get', key }, first];
    return txn({ ...own, step: 'enter' }, `Txn create(${key})=0 ? put`, [compare], success, failure);
  };

  // ---- steps 4 to 6: the lock is had, or the key before is waited for

  const entered = (own: Own, { revision, succeeded, results, error }: TxnAnswer, turn: Turn): Next<Own> => {
    if (error !== null) return { do: 'end', own, result: LOST };
    // Had the answer to an earlier try been lost, the key is there already, and is ours by its name. (F7)
    const create = succeeded ? revision : (results[0]?.kvs[0]?.create ?? 0);
    const inside: Own = { ...own, create };
    return results[1]?.kvs[0]?.create === create ? hold(inside, turn) : behind(inside, turn);
  };

  const behind = (own: Own, turn: Turn): Next<Own> => {
    if (own.hurried) return withdraw(own, turn);
    const last: Op = { op: 'lastBefore', prefix: `${own.folder}/`, revision: own.create };
    const name = `Get ${own.folder}/ last before ${own.create}`;
    return { ...txn({ ...own, step: 'before' }, name, [], [last], []), alarm: null };
  };

  const waitFor = (own: Own, { key }: KeyValue, seenAt: number, turn: Turn): Next<Own> => {
    if (own.hurried) return withdraw(own, turn);
    const first = own.before === null;
    const queued: Own = { ...own, step: 'queue', until: renews(turn) ? own.until : null, before: { key, seenAt } };
    return {
      do: 'wait',
      own: queued,
      tell: [watch({ key, seenAt }), ...(first ? [] : beat(turn))],
      ...nextAlarm(turn),
    };
  };

  const beat = (turn: Turn) => (renews(turn) ? [] : [keepAlive(turn.unique)]);

  /** For a beat, and where messages can be lost for another watch: the library has one again as soon as it is connected. */
  const nextAlarm = (turn: Turn): { readonly alarm?: Ms } => {
    const { op } = turn;
    if (op.op !== 'acquire' || (renews(turn) && timeout >= FOREVER)) return {};
    return { alarm: Math.max(1, Math.floor(op.ttl / 2)) };
  };

  const goOnWaiting = (own: Own, turn: Turn): Next<Own> => {
    const again = own.before && timeout < FOREVER ? [watch(own.before)] : [];
    return { do: 'wait', own, tell: [...beat(turn), ...again], ...nextAlarm(turn) };
  };

  const recheck = (own: Own, { unique }: Turn): Next<Own> => {
    const key = keyOf(own, unique);
    return txn({ ...own, step: 'recheck' }, `Get ${key}`, [], [{ op: 'get', key }], []);
  };

  const served = (own: Own, turn: Turn): Next<Own> => {
    const { unique } = turn;
    if (renews(turn)) return hold(own, turn);
    return { do: 'ask', own: { ...own, step: 'refresh' }, step: 'refresh', asks: [keepAlive(unique)] };
  };

  const hold = (own: Own, turn: Turn): Next<Own> => {
    const validUntil = own.until && instantOf(own.until);
    const held: Own = { ...own, step: 'held', before: null };
    // With the keep-alive comes session.Done(): it is told when no answer came for the length of a lease.
    const alarm = renews(turn) && validUntil ? { alarm: Math.max(0, validUntil.$at - turn.clock.monotonic.$at) } : {};
    return { do: 'end', own: held, result: { ok: true, fence: own.create, validUntil }, ...alarm };
  };

  // ---- step 7, and leaving the queue

  const unlock = (own: Own, { unique }: Turn): Next<Own> => {
    const key = keyOf(own, unique);
    const step: Own = { ...own, step: 'leave' };
    if (release === 'delete') return txn(step, `Delete ${key}`, [], [{ op: 'delete', key }], []);
    const isMine: Compare = { key, target: 'create', is: '=', revision: own.create };
    const name = `Txn create(${key})=${own.create} ? delete`;
    return txn(step, name, [isMine], [{ op: 'delete', key }], []);
  };

  const withdraw = (own: Own, { unique }: Turn): Next<Own> => {
    return ask({ ...own, step: 'withdraw' }, `LeaseRevoke ${unique}`, { rpc: 'LeaseRevoke', id: unique });
  };

  // ---- data in etcd itself: written only if the key of the lock is still the same

  const access = (own: Own, { op: what, known }: DataOp, { unique }: Turn): Next<Own> => {
    const get: Op = { op: 'get', key: DATA };
    const noted = (value: number): DataAccess => ({
      what: what === 'read' ? 'read' : 'write',
      fence: own.create,
      value,
    });
    if (what === 'read') return txn(own, `Get ${DATA}`, [], [get], [], noted(known));
    const key = keyOf(own, unique);
    const isMine: Compare = { key, target: 'create', is: '=', revision: own.create };
    const isUnchanged: Compare = { key: DATA, target: 'mod', is: '=', revision: own.readAt };
    const compare = what === 'write' ? [isMine] : [isMine, isUnchanged];
    const put: Op = { op: 'put', key: DATA, value: known + 1, lease: null };
    const name = `Txn create(${key})=${own.create} ? ${accessName(what, known)}`;
    return txn(own, name, compare, [put], [{ op: 'get', key }, get], noted(known + 1));
  };

  const accessed = (own: Own, { op: what, known }: DataOp, { revision, succeeded, results }: TxnAnswer): Next<Own> => {
    if (what === 'read') {
      const kv = results[0]?.kvs[0];
      return answerData({ ...own, readAt: kv?.mod ?? 0 }, { ok: true, value: Number(kv?.value ?? 0) });
    }
    if (succeeded) return answerData({ ...own, readAt: revision }, { ok: true, value: known + 1 });
    const mine = results[0]?.kvs[0]?.create === own.create;
    return answerData(own, { ok: false, why: mine ? 'conflict' : 'refused' });
  };

  return {
    begin(own, turn) {
      const { op, unique } = turn;
      switch (op.op) {
        case 'acquire':
          return grantLease(own ?? ownOf(op.key), turn);
        case 'extend':
          return { do: 'ask', own: known(own), asks: [keepAlive(unique)] };
        case 'release':
          return unlock(known(own), turn);
        default:
          return access(known(own), op, turn);
      }
    },

    heard(own, answer, _from, turn) {
      const { op, clock, unique, inDoubt } = turn;
      if (op.op === 'extend') {
        const until = counted(answer as LeaseAnswer, clock);
        if (until === null) return { do: 'end', own, result: LOST };
        return {
          do: 'end',
          own: { ...own, until },
          result: { ok: true, fence: own.create, validUntil: instantOf(until) },
        };
      }
      if (op.op !== 'acquire' && op.op !== 'release') return accessed(own, op, answer as TxnAnswer);
      switch (own.step) {
        case 'lease': {
          const { error } = answer as LeaseAnswer;
          // The answer to the first try was lost. Nobody says how much of the lease is left, so let it begin again.
          if (error === LEASE_EXISTS) {
            return { do: 'ask', own, step: 'lease again', asks: [keepAlive(unique)] };
          }
          const until = counted(answer as LeaseAnswer, clock);
          if (until === null) return grantLease(own, turn);
          return { ...enter({ ...own, until }, turn), keepAlive: true };
        }
        case 'enter':
          return entered(own, answer as TxnAnswer, turn);
        case 'before': {
          const { revision, results } = answer as TxnAnswer;
          const before = results[0]?.kvs[0];
          if (before) return waitFor(own, before, revision, turn);
          return recheckOwnKey ? recheck(own, turn) : hold(own, turn);
        }
        case 'recheck':
          // Gone with its lease while it waited. (F18)
          return (answer as TxnAnswer).results[0]?.kvs[0]?.create === own.create
            ? served(own, turn)
            : { do: 'end', own, result: LOST };
        case 'refresh': {
          const until = counted(answer as LeaseAnswer, clock);
          return until === null ? { do: 'end', own, result: LOST } : hold({ ...own, until }, turn);
        }
        case 'leave': {
          // An earlier try may have deleted it already.
          const gone = (answer as TxnAnswer).results[0]?.deleted === 1 || inDoubt;
          const close = { to: ETCD, name: `LeaseRevoke ${unique}`, body: { rpc: 'LeaseRevoke', id: unique } };
          if (!gone) return { do: 'end', own, result: LOST };
          return { do: 'end', own, tell: [close], result: { ok: true, fence: own.create, validUntil: null } };
        }
        case 'withdraw':
          return { do: 'end', own, result: HELD };
        default:
          return { do: 'listen', own };
      }
    },

    unanswered(own, turn) {
      const { op } = turn;
      if (own.step === 'withdraw') return { do: 'end', own, result: HELD };
      if (op.op === 'read' || op.op === 'write' || op.op === 'compareAndWrite') {
        return answerData(own, { ok: false, why: 'timeout' });
      }
      if (onTimeout === 'give-up' || op.op === 'extend') return { do: 'end', own, result: IN_DOUBT };
      switch (own.step) {
        case 'lease':
          return grantLease(own, turn);
        case 'enter':
          return enter(own, turn);
        case 'before':
          return behind(own, turn);
        case 'recheck':
          return recheck(own, turn);
        case 'refresh':
          return served(own, turn);
        case 'leave':
          return unlock(own, turn);
        default:
          return { do: 'listen', own };
      }
    },

    told(own, answer, _from, turn) {
      const { deleted } = answer as Partial<WatchEvent>;
      const awaited = turn && own.step === 'queue' && deleted !== undefined && deleted === own.before?.key;
      return awaited ? behind(own, turn) : { own };
    },

    alarm(own, turn) {
      if (own.step === 'held') return { own, news: { kind: 'lost' } };
      return turn && own.step === 'queue' ? goOnWaiting(own, turn) : { own };
    },

    withdraw(own, turn) {
      return own.step === 'queue' ? withdraw(own, turn) : { do: 'listen', own: { ...own, hurried: true } };
    },

    renewal: (_own, _ttl, unique) => [keepAlive(unique)],

    renewed(own, answer, _from, { clock }) {
      const until = counted(answer as LeaseAnswer, clock);
      // In the queue it is no news: the Go client waits on, and looks at the end.
      if (until === null) return own.step === 'held' ? { own, news: { kind: 'lost' } } : { own };
      const kept: Own = { ...own, until };
      if (own.step !== 'held') return { own: kept };
      const { ttl } = answer as LeaseAnswer;
      return { own: kept, news: { kind: 'renewed', validUntil: instantOf(until) }, alarm: ttl };
    },
  };
}

function ownOf(folder: string): Own {
  return { folder, step: 'lease', create: 0, until: null, before: null, hurried: false, readAt: 0 };
}

function known(own: Own | null): Own {
  if (own === null) throw new Error('an etcd client must acquire before anything else');
  return own;
}

const renews = ({ op }: Turn) => op.op === 'acquire' && op.renew !== undefined;

/** From the answer on, as lessor.recvKeepAliveLoop of the Go client does; null where there is no such lease. */
function counted({ ttl }: LeaseAnswer, clock: LocalClock): Deadline | null {
  return ttl > 0 ? deadline(later(clock.monotonic, ttl)) : null;
}

function keepAlive(id: string): Ask {
  return { to: ETCD, name: `LeaseKeepAlive ${id}`, body: { rpc: 'LeaseKeepAlive', id } };
}

function watch({ key, seenAt }: { readonly key: string; readonly seenAt: number }): Ask {
  return { to: ETCD, name: `Watch ${key}`, body: { rpc: 'Watch', key, from: seenAt } };
}

type LeaseRequest =
  | { readonly rpc: 'LeaseGrant'; readonly id: string; readonly ttl: Ms }
  | { readonly rpc: 'LeaseRevoke'; readonly id: string };

function ask(own: Own, name: string, body: LeaseRequest): Next<Own> {
  return { do: 'ask', own, step: own.step, asks: [{ to: ETCD, name, body }] };
}

function txn(
  own: Own,
  name: string,
  compare: readonly Compare[],
  success: readonly Op[],
  failure: readonly Op[],
  access: DataAccess | null = null,
): Next<Own> {
  const body = { rpc: 'Txn', compare, success, failure, access };
  // A data access keeps the step of its client, and takes its name from the operation.
  return { do: 'ask', own, ...(access === null ? { step: own.step } : {}), asks: [{ to: ETCD, name, body }] };
}

function answerData(own: Own, data: DataResult): Next<Own> {
  return { do: 'answer', own, data };
}

export const etcd: Backend = {
  id: 'etcd',
  title: 'etcd',
  knobs: ['data', 'durable', 'recheckOwnKey', 'release', 'sweep'],
  defaults: { release: 'delete' },
  tokens: () => 'rising',
  expires: () => true,
  countsFromAnswer: true,
  holdsData: ({ data }) => data === 'inside',
  failover: () => ({ [ETCD]: ETCD }),
  servers: (options) => ({ [ETCD]: etcdServer(options) as Actor }),
  client: (options) => conversation(recipe(options), options),
};
