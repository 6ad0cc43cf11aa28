// What each knob is, in a few plain words, and the values that it offers. Names of locks stand here a second time, so that a page can
// offer all of them without having fetched any; a test keeps them equal to what the locks call themselves.
import {
  type BackendId,
  count,
  type FaultKind,
  type FencePolicy,
  faultKinds,
  type Knobs,
  LIMITS,
  type Ms,
  type Window,
} from '#lib/lock/index.ts';

export const LOCK_TITLES: { readonly [id: BackendId]: string } = {
  none: 'No lock',
  mutex: 'A mutex in one process',
  redis: 'Redis, one server',
  'redis-replica': 'Redis with a replica that takes over',
  redlock: 'Redlock: a majority of independent Redis servers',
  zookeeper: 'ZooKeeper',
  etcd: 'etcd',
  'kubernetes-lease': 'Kubernetes Lease',
  dynamodb: 'DynamoDB lock client',
  consul: 'Consul session lock',
  hazelcast: 'Hazelcast FencedLock',
  chubby: 'Chubby',
  sql: 'PostgreSQL, a lock in the database',
  spanner: 'Spanner, two-phase locks',
  'conditional-update': 'Conditional update, no lock',
  'unique-constraint': 'Unique constraint, no lock',
  'idempotency-key': 'Idempotency key, no lock',
  queue: 'Queue with one consumer, no lock',
};

export const HELP = {
  lock: 'Who decides whose turn it is.',
  clients: 'How many want the same thing at once.',
  ttl: 'The lock ends by itself after so long, unless it is renewed.',
  renew: 'How often the holder renews its lease.',
  work: 'How long the work between read and write takes.',
  fence: 'What the store looks at before it accepts a write.',
  release: 'How the lock is given back.',
  network: 'How long a message is on its way.',
} as const satisfies { readonly [name in Exclude<keyof Knobs, 'faults'>]: string };

export const FENCES: { readonly [policy in FencePolicy]: string } = {
  none: 'Nothing: it accepts every write',
  writes: 'The token on writes: a lower one is refused',
  'reads-and-writes': 'The token on reads and writes',
  compare: 'The value: it must be as it was read',
};

export const RELEASES: { readonly [release in Knobs['release']]: string } = {
  safe: 'Only the own lock is removed',
  blind: 'A bare DEL: whatever lies there goes',
};

/** Each fault by its name, and what it does. */
export const FAULTS: { readonly [kind in FaultKind]: readonly [name: string, what: string] } = {
  pause: ['Pause', 'a client stands still for a while and does not notice'],
  crash: ['Crash', 'a client dies and stays down'],
  restart: ['Restart', 'a node that is down starts again, with what is on its disk'],
  wipe: ['Wipe', 'a server starts again with an empty disk'],
  partition: ['Partition', 'a client is cut off from the lock service'],
  heal: ['Heal', 'the network is whole again'],
  loss: ['Loss', 'a message never arrives'],
  delay: ['Delay', 'a message arrives much later'],
  duplicate: ['Duplicate', 'a message arrives twice'],
  clockJump: ['Clock jump', 'the clock of a server is set forward'],
  clockRate: ['Clock rate', 'the clock of a server runs too fast or too slow'],
  failover: ['Failover', 'another server takes over'],
  disconnect: ['Disconnect', 'a connection breaks, and its server notices'],
};

export type Said = { readonly text: string; readonly turned: boolean };

/** A demo's knobs in a line, with those marked that are not as they were. */
export function summaryOf(base: Knobs, knobs: Knobs): readonly Said[] {
  const { lock, clients, ttl, renew, work, fence, release, network } = knobs;
  const said = (text: string, turned: boolean): Said => ({ text, turned });
  const faults = faultKinds.filter((kind) => (knobs.faults[kind] ?? 0) > 0 || (base.faults[kind] ?? 0) > 0);
  return [
    said(LOCK_TITLES[lock] ?? lock, lock !== base.lock),
    said(count(clients, 'client'), clients !== base.clients),
    ...(ttl === null || (lock === 'mutex' && base.lock === 'mutex')
      ? []
      : [said(`lease ${lengthWords(ttl)}`, ttl !== base.ttl)]),
    ...(renew === null && base.renew === null
      ? []
      : [said(renew === null ? 'no heartbeat' : `heartbeat every ${lengthWords(renew)}`, renew !== base.renew)]),
    said(work === 0 ? 'no work' : `work ${lengthWords(work)}`, work !== base.work),
    // An answer without a lock is itself what the store checks.
    ...(ttl === null && fence === 'none' && base.fence === 'none' ? [] : [said(CHECKED[fence], fence !== base.fence)]),
    ...(release === 'blind' || base.release === 'blind'
      ? [said(release === 'blind' ? 'released by a bare DEL' : 'released only if its own', release !== base.release)]
      : []),
    said(`messages take ${networkText(network)}`, networkText(network) !== networkText(base.network)),
    ...(faults.length === 0 ? [said('no faults', false)] : []),
    ...faults.map((kind) => {
      const atMost = knobs.faults[kind] ?? 0;
      return said(`${FAULTS[kind][0].toLowerCase()} ${timesWords(atMost)}`, atMost !== (base.faults[kind] ?? 0));
    }),
  ];
}

const CHECKED: { readonly [policy in FencePolicy]: string } = {
  none: 'the store checks nothing',
  writes: 'the store checks tokens on writes',
  'reads-and-writes': 'the store checks tokens on reads and writes',
  compare: 'the store compares values',
};

export function lengthWords(length: Ms): string {
  return `${length.toLocaleString('en-US')} ms`;
}

export function timesWords(n: number): string {
  return n === 0 ? 'never' : n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`;
}

const LENGTHS: readonly Ms[] = [
  ...[1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 120, 150, 200, 300, 500],
  ...[1000, 2000, 5000, 10_000, 30_000, 60_000],
];

/** Stops of a slider: round lengths within the limits, and always the value that it has now. */
export function stops(now: Ms, least: Ms, most: Ms): readonly Ms[] {
  const within = [least, ...LENGTHS].filter((length) => least <= length && length <= most);
  return [...new Set([...within, now])].sort((a, b) => a - b);
}

export const MOST_WORK: Ms = Math.min(500, LIMITS.lengthMs);

const NETWORKS: readonly Window[] = [
  [1, 1],
  [1, 2],
  [2, 3],
  [5, 10],
  [1, 20],
  [20, 30],
  [1, 100],
];

export function networks(now: Window): readonly Window[] {
  const known = NETWORKS.some((one) => networkText(one) === networkText(now));
  return known ? NETWORKS : [...NETWORKS, now].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

export function networkText([from, to]: Window): string {
  const speed = to - from >= 15 ? 'unsteady' : to >= 20 ? 'slow' : to >= 5 ? 'middling' : 'fast';
  return from === to ? `always ${from} ms` : `${from} to ${to} ms, ${speed}`;
}
