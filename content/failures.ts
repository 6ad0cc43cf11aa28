// The eighteen ways in which a lock fails (locks.md 0.5), each as a standard experiment that the engine can search: the lock on
// which it is classic, the fault, and the claim that it breaks. Lessons, demos and the table of cures all mean these.
import { type Choices, type PropertyId, USUAL } from '#lib/lock/index.ts';

export type FailureId = `F${number}`;
export type Failure = {
  readonly id: FailureId;
  readonly title: string;
  /** The bad outcome, in one sentence. */
  readonly effect: string;
  readonly breaks: PropertyId;
  /** What a cure has to prevent, if that is not the same: a write by somebody who does not hold the lock takes effect. */
  readonly harms?: PropertyId;
  readonly choices: Choices;
};

const plain: Choices = { ...USUAL, recheck: false, network: [1, 1], timing: 'corners', maxStates: 600_000 };
const LEASE = plain.ttl;
/** Longer than any lease here. */
const LONG = 2 * LEASE;

export const failures: readonly Failure[] = [
  {
    id: 'F1',
    title: 'Holder crash',
    effect: 'Nobody can have the lock until the dead holder’s lease ends.',
    breaks: 'nobody-stuck',
    choices: { ...plain, options: { retry: [4, 4] }, faults: [{ kind: 'crash', atMost: 1 }], within: 22 },
  },
  {
    id: 'F2',
    title: 'Process pause longer than the lease',
    effect: 'A holder wakes up after its lease and writes over its successor’s update.',
    breaks: 'no-lost-update',
    choices: { ...plain, faults: [{ kind: 'pause', atMost: 1, lasts: LONG }] },
  },
  {
    id: 'F3',
    title: 'Delayed packet',
    effect: 'A write that was sent in time arrives after the next holder’s.',
    breaks: 'no-lost-update',
    choices: { ...plain, faults: [{ kind: 'delay', atMost: 1, lasts: LONG }] },
  },
  {
    id: 'F4',
    title: 'Failover with asynchronous replication',
    effect: 'The new primary has never heard of the lock and grants it again.',
    breaks: 'one-believer',
    harms: 'no-lost-update',
    choices: { ...plain, lock: 'redis-replica', faults: [{ kind: 'failover', atMost: 1 }] },
  },
  {
    id: 'F5',
    title: 'Clock jump on a lock node',
    effect: 'One node forgets too soon, and two clients each have a majority.',
    breaks: 'one-believer',
    harms: 'no-lost-update',
    choices: {
      ...plain,
      lock: 'redlock',
      options: { replicas: 3 },
      faults: [{ kind: 'clockJump', atMost: 1, target: 'redis3', lasts: LONG }],
    },
  },
  {
    id: 'F6',
    title: 'Clock rate skew',
    effect: 'The server’s clock runs fast, so it ends a lease that the holder still counts on.',
    breaks: 'one-believer',
    choices: {
      ...plain,
      hold: 20,
      options: { retry: [4, 4] },
      faults: [{ kind: 'clockRate', atMost: 1, target: 'redis' }],
    },
  },
  {
    id: 'F7',
    title: 'Lost reply on acquire',
    effect: 'A client is refused by its own earlier grant, and everybody waits until it expires.',
    breaks: 'nobody-stuck',
    choices: {
      ...plain,
      faults: [{ kind: 'loss', atMost: 1, oneWay: 'in' }],
      options: { onTimeout: 'ask-again' },
      within: 24,
    },
  },
  {
    id: 'F8',
    title: 'Lost reply on release, then retry',
    effect: 'The second release deletes the lock that somebody else has taken meanwhile.',
    breaks: 'only-owner-releases',
    choices: {
      ...plain,
      release: 'blind',
      faults: [{ kind: 'loss', atMost: 1, oneWay: 'in' }],
      options: { onTimeout: 'ask-again', retry: [3, 3] },
    },
  },
  {
    id: 'F9',
    title: 'Naive delete',
    effect: 'A holder that overran its lease deletes its successor’s lock.',
    breaks: 'only-owner-releases',
    // It must wake up while its successor is still at work.
    choices: { ...plain, release: 'blind', faults: [{ kind: 'pause', atMost: 1, lasts: LEASE + 3 }] },
  },
  {
    id: 'F10',
    title: 'Session expired while the client is cut off',
    effect: 'The service has given the lock away, and the old holder cannot be told.',
    breaks: 'one-believer',
    harms: 'no-lost-update',
    choices: {
      ...plain,
      lock: 'zookeeper',
      renew: 'third',
      onLost: 'ignore',
      hold: 50,
      faults: [{ kind: 'partition', atMost: 1, lasts: LONG }],
    },
  },
  {
    id: 'F11',
    title: 'Renewal trouble',
    effect: 'The renewals go on while the work hangs, so nobody else gets the lock as long as it hangs.',
    breaks: 'nobody-stuck',
    choices: { ...plain, renew: 'third', hold: 300, within: 100 },
  },
  {
    id: 'F12',
    title: 'A lock node restarts without durable state',
    effect: 'The node has forgotten the lock and helps a second client to a majority.',
    breaks: 'one-believer',
    harms: 'no-lost-update',
    choices: {
      ...plain,
      lock: 'redlock',
      hold: 20,
      options: { replicas: 3, durable: false },
      faults: [
        { kind: 'crash', atMost: 1, target: 'redis3' },
        { kind: 'restart', atMost: 1, target: 'redis3' },
      ],
    },
  },
  {
    id: 'F13',
    title: 'The fencing gap',
    effect: 'The store accepts an old token, since it has not yet seen the new one.',
    breaks: 'no-lost-update',
    choices: { ...plain, fence: 'writes', faults: [{ kind: 'pause', atMost: 2, lasts: LONG }] },
  },
  {
    id: 'F14',
    title: 'Token regression',
    effect: 'After a failover the counter hands out numbers that were handed out before.',
    breaks: 'rising-tokens',
    choices: { ...plain, lock: 'redis-replica', faults: [{ kind: 'failover', atMost: 1 }] },
  },
  {
    id: 'F15',
    title: 'Check-then-act on time',
    effect: 'A write that is begun with 2 ms left may take 20 ms.',
    breaks: 'no-stale-write',
    choices: { ...plain, recheck: true, network: [1, 20] },
  },
  {
    id: 'F17',
    title: 'Early release plus skewed schedulers',
    effect: 'The job is done and the lock free when the second host’s clock strikes two.',
    breaks: 'no-double-effect',
    // A host that runs the job does not look whether it has been run.
    choices: { ...plain, task: 'add', hold: 1, stagger: 40 },
  },
  {
    id: 'F18',
    title: 'A waiter’s own lease expired while it was queued',
    effect: 'The service tells a client that it has the lock, though its lease is gone.',
    breaks: 'one-believer',
    choices: {
      ...plain,
      lock: 'etcd',
      clients: 3,
      renew: 'third',
      hold: 20,
      options: { recheckOwnKey: false },
      faults: [{ kind: 'pause', atMost: 1, target: 'B', lasts: LONG }],
    },
  },
];

export const beyondTheEngine: readonly { readonly id: FailureId; readonly why: string }[] = [
  {
    id: 'F16',
    why: 'A torn update needs two objects, and the resource of this engine is one register.',
  },
];
