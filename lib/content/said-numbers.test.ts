// A length of time that stands beside a real system's name is one of that system's constants, or what the lesson has of its own: a
// demo's scale, a sum, an example, another measurement. These are listed, lesson by lesson, so that a constant that was mistyped
// cannot hide among them. Worked runs and questions that ask for a number have times of their own and are left out.
import { describe, expect, test } from 'vitest';
import { CONSTANTS, type Constant } from '#content/constants.ts';
import { allLessons } from './lessons.ts';
import { allUseCases } from './use-cases.ts';

/** Systems by their names in the table, each with the words and settings by which the course names it. */
const systems = {
  Redis: /\bRedis\b/,
  Redlock: /\bRedlock\b/,
  'node-redlock': /node-redlock/,
  Redisson: /Redisson|lockWatchdogTimeout|slavesSyncTimeout/,
  ZooKeeper: /ZooKeeper|tickTime/,
  etcd: /etcd/,
  'client-go': /client-go|leaseDuration|renewDeadline|retryPeriod/,
  Consul: /Consul/,
  Chubby: /Chubby/,
  DynamoDB: /DynamoDB/,
  Hazelcast: /Hazelcast|FencedLock/,
  Spanner: /Spanner|TrueTime/,
  InnoDB: /InnoDB|MySQL|innodb_/,
  PostgreSQL: /PostgreSQL|\bdeadlock_timeout|\block_timeout/,
} as const;
type System = keyof typeof systems;

/** Where a sentence names no system, it speaks of the one that the lesson is about. */
const about: Readonly<Record<string, System>> = {
  redis: 'Redis',
  redlock: 'Redlock',
  zookeeper: 'ZooKeeper',
  etcd: 'etcd',
  'kubernetes-lease': 'client-go',
  consul: 'Consul',
  chubby: 'Chubby',
  dynamodb: 'DynamoDB',
  hazelcast: 'Hazelcast',
  spanner: 'Spanner',
};

/** What a lesson says beside a system and is not its constant, in milliseconds. For a new one: see that it is right, and add it. */
const own: Readonly<Record<string, readonly number[]>> = {
  'properties, Redis': [1, 30, 100],
  'redis, Redis': [30],
  'redlock, Redlock': [35, 200, 250, 9_863],
  // Sessions of 30 s and their thirds, and the bounds by the tick in the code; then what was measured.
  'zookeeper, ZooKeeper': [30, 6_000, 10_000, 20_000, 30_000, 60_000, 1.2, 1.4, 200],
  'etcd, etcd': [1, 10, 30, 50, 400],
  'spanner, Spanner': [5, 8, 9, 30, 72.3, 103],
  'chubby, Chubby': [30, 90_000],
  'kubernetes-lease, client-go': [30, 1_000, 3_000, 4_400, 12_000, 13_000, 24_000, 40_000],
  'consul, Consul': [30, 90, 4_000, 12_000, 30_000, 40_000],
  // Thirds and halves of the TTL beside it.
  'leases, etcd': [20_000],
  'leases, Consul': [7_500],
  // The longest that its client lets a connection be silent.
  'leases, ZooKeeper': [10_000],
  'pauses, ZooKeeper': [79_000],
  'pauses, Redis': [30],
  'delayed-packets, Redis': [30],
  'clocks, node-redlock': [300, 30_000],
  'clocks, Redis': [30],
  'redlock-debate, Redlock': [5_000],
  'jepsen-etcd, etcd': [5_000],
  'numbers, etcd': [1_000, 20_000, 40_000],
  'numbers, Consul': [45_000],
  'numbers, client-go': [3_000, 4_400, 12_000],
  'numbers, Hazelcast': [295_000],
  'numbers, node-redlock': [52, 5_000],
  'numbers, Redis': [30],
  'numbers, ZooKeeper': [10_000, 30_000],
};

const units: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1_000,
  second: 1_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
};
const number = String.raw`\d+(?:[, \u00a0\u202f]\d{3})*(?:\.\d+)?`;
/** “15 s”, “4 to 40 seconds”, “15, 10 and 2 s”. */
const lengths = new RegExp(
  String.raw`(?<![\w.,:=−-])(${number}(?:(?:, | and | to | or |, and )${number})*)[ \u00a0\u202f-](ms|s|h|millisecond|second|minute|hour)s?\b`,
  'gi',
);

const inMs = (value: number, unit: string) =>
  Math.round(value * (units[unit.toLowerCase()] ?? Number.NaN) * 1_000) / 1_000;

/** A system's constants that are lengths of time, and for ticks their lengths. */
function constantsOf(system: System): number[] {
  const all: readonly Constant[] = Object.values(CONSTANTS);
  const times = all
    .filter((one) => one.system.includes(system) && one.unit in units)
    .map(({ value, unit }) => inMs(value, unit));
  const { zookeeperLeastTicks, zookeeperMostTicks, zookeeperTick } = CONSTANTS;
  const sessions = [zookeeperLeastTicks, zookeeperMostTicks].map(({ value }) => value * zookeeperTick.value);
  return system === 'ZooKeeper' ? [...times, ...sessions] : times;
}

/** Sentences, rows of tables, and whole cards. */
const segments = (body: string) =>
  body
    .replaceAll(/<Quiz [^>]*kind="number"[\s\S]*?<\/Quiz>/g, '')
    .replaceAll(/\s*<Cite [^>]*>|\]\([^)]*\)/g, '')
    .split('\n')
    .filter((line) => !/^\d+\. /.test(line))
    .flatMap((line) => (line.startsWith('<Card') ? [line] : line.split(/(?<=[.?!”:]) (?=[\p{Lu}“‘*`])/u)));

type Said = {
  readonly slug: string;
  readonly systems: readonly System[];
  readonly said: string;
  readonly ms: number;
  readonly segment: string;
};

function saidIn({ slug, body }: { slug: string; body: string }): Said[] {
  return segments(body).flatMap((segment) => {
    const named = (Object.keys(systems) as System[]).filter((system) => systems[system].test(segment));
    const subject = about[slug];
    const spoken = named.length > 0 ? named : subject ? [subject] : [];
    if (spoken.length === 0) return [];
    return [...segment.matchAll(lengths)].flatMap(([said, values = '', unit = '']) =>
      [...values.matchAll(new RegExp(number, 'g'))].map(([value]) => ({
        slug,
        systems: spoken,
        said,
        ms: inMs(Number(value.replaceAll(/[, \u00a0\u202f]/g, '')), unit),
        segment,
      })),
    );
  });
}

const isConstant = ({ systems, ms }: Said) => systems.some((system) => constantsOf(system).includes(ms));
/** The lengths that are neither a constant of a system named nor the lesson's own. */
const strange = (text: { slug: string; body: string }) =>
  saidIn(text)
    .filter((one) => !isConstant(one) && !one.systems.some((system) => own[`${one.slug}, ${system}`]?.includes(one.ms)))
    .map(
      ({ slug, said, systems, segment }) =>
        `${slug}, of ${systems.join(' or ')}: ${said} in “${segment.slice(0, 160)}”`,
    );

describe('a length of time beside a system’s name', () => {
  const texts = [...allLessons(), ...allUseCases().map(({ id, body }) => ({ slug: id, body }))];

  test('is that system’s constant, or the lesson’s own', () => {
    expect(texts.flatMap(saidIn).filter(isConstant).length).toBeGreaterThan(100);
    expect(texts.flatMap(strange)).toEqual([]);
  });

  test('that is listed as a lesson’s own is said in it', () => {
    const said = new Set(
      texts.flatMap(saidIn).flatMap(({ slug, systems, ms }) => systems.map((system) => `${slug}, ${system}: ${ms}`)),
    );
    const listed = Object.entries(own).flatMap(([place, list]) => list.map((ms) => `${place}: ${ms}`));
    expect(listed.filter((one) => !said.has(one))).toEqual([]);
  });
});

describe('a constant that was mistyped is found', () => {
  test.each([
    ['failover', 'Redisson waits 3000 ms for the replicas.'],
    ['etcd', 'The leader looks only every 900 ms whether a lease is over.'],
    ['etcd', 'At the defaults that makes 3 s.'],
    ['sql', 'InnoDB gives up waiting after 70 s.'],
    ['sql', 'The default of `innodb_lock_wait_timeout` is 70 s.'],
    ['consul', 'The lock-delay can be set from 0 to 90 seconds.'],
    ['numbers', '| client-go | 15, 11 and 2 s |'],
  ])('in %s: %s', (slug, body) => {
    expect(strange({ slug, body })).toHaveLength(1);
  });
});
