// The table of constants is the fact sheet's, and what the course says of a real system's numbers is what the table says. Each number
// is looked for in the phrases in which lessons, cards and questions name it; a phrase that is gone fails as well, so that the list cannot fall silent.
import { describe, expect, test } from 'vitest';
import { CONSTANTS, type Constant } from '#content/constants.ts';
import { allLessons } from './lessons.ts';
import { allUseCases } from './use-cases.ts';

/** Lessons and use cases without their cites, which would tear a sentence apart; attributes of cards and questions stand in them as text. */
const texts = [...allLessons(), ...allUseCases().map(({ id, body }) => ({ slug: id, body }))].map(({ slug, body }) => ({
  slug,
  text: body.replaceAll(/\s*<Cite of="[^"]*" \/>/g, '').replaceAll(/\s+/g, ' '),
}));

/** What the table has, and what follows from it. */
const values = {
  ...(Object.fromEntries(Object.entries(CONSTANTS).map(([key, { value }]) => [key, value])) as Readonly<
    Record<keyof typeof CONSTANTS, number>
  >),
  redlockTolerates: CONSTANTS.redlockNodes.value - CONSTANTS.redlockMajority.value,
};

/** The phrases, with the number as their group. A lesson's name keeps a common phrase to the one system that it is about. */
const named: readonly (readonly [keyof typeof values, RegExp, lesson?: string])[] = [
  ['redisPx', /key ends after (\d+) ms/g, 'redis'],
  ['redlockNodes', /\b(five|5) (?:independent )?(?:Redis )?(?:masters|nodes)/gi, 'redlock'],
  ['redlockMajority', /\b(three|3) of (?:five|5)\b/gi],
  ['redlockTolerates', /Redlock with five nodes tolerate\?" a="(\w+):/g, 'redlock'],
  ['redlockTolerates', /Redlock with five nodes tolerate\?" a="[^"]*" value="(\d+)"/g, 'redlock'],
  ['redlockTolerates', /a majority, so (\S+) may be gone/g, 'redlock'],
  ['nodeRedlockRetries', /again up to (\S+) times/g, 'other-mistakes'],
  ['nodeRedlockRetries', /200 ms, at most (\S+) times/g, 'other-mistakes'],
  ['nodeRedlockDrift', /(\d+%) (?:of the TTL|of 10 000|for drift)/g],
  ['nodeRedlockDrift', /on top of the (\d+%)/g, 'numbers'],
  ['nodeRedlockExtra', /% of (?:the TTL|10 000),? (?:plus|and) (\d+)/g],
  ['nodeRedlockExtra', /fixed (\d+) ms/g],
  ['redissonWatchdog', /Redisson[^|]*\| (\d+) s \|/g],
  ['redissonRenewal', /Redisson[^|]*\| \d+ s \| every (\d+) s/g],
  ['zookeeperTick', /sample configuration's tick of (\d+) ms/g],
  ['zookeeperLeastTicks', /(\d+) (?:and|to) \d+ ticks/g],
  ['zookeeperMostTicks', /\d+ (?:and|to) (\d+) ticks/g],
  ['zookeeperMostTicks', /the upper bound is (\d+) ticks/g],
  ['zookeeperPing', /after about (\S+ \S+) of (?:it|the timeout) without traffic/gi],
  ['zookeeperPing', /ping stays away, after (\S+ \S+) of the timeout/g, 'zookeeper'],
  ['zookeeperPing', /ping after [^|]* \| (\S+) \|/g, 'leases'],
  ['zookeeperReadTimeout', /After (\S+ \S+), 20 s/g, 'zookeeper'],
  ['zookeeperReadTimeout', /its read timeout, which is (\S+ \S+) of the session/g],
  ['zookeeperExpiry', /after (\S+ \S+), (?:at )?40 s/gi, 'zookeeper'],
  ['zookeeperExpiry', /40 s: (\S+ \S+) of the timeout/g, 'zookeeper'],
  ['zookeeperExpiry', /its own expiry comes at (\S+ [^\s.]+)\./g, 'zookeeper'],
  ['etcdSessionTtl', /`NewSession`, before `Lock`, gets a lease: (\d+) s/g],
  ['etcdSessionTtl', /Go client['’]s default that is (\d+) s/g],
  ['etcdctlTtl', /`etcdctl lock` it is (\d+) s/g],
  ['etcdRevocations', /revokes at most (\d+) leases a second/g, 'etcd'],
  ['clientGoRetry', /(\d+) s until the next try/g],
  ['clientGoRenewDeadline', /next try, then (\d+) s of trying/g],
  ['clientGoLease', /the others wait (\d+)/g],
  ['consulLockDelay', /lock-delay[^.|]{0,40}?(\d+) s(?:econds)? (?:by default|unless)/g],
  ['consulMostLockDelay', /from 0 to (\d+) s/g, 'consul'],
  ['chubbyLease', /(\d+) s(?:econds)? (?:for each|an) extension/g],
  ['chubbyGrace', /\*\*grace period\*\* of (\d+) seconds/g],
  ['chubbyGrace', /(\d+) s, the grace period/g],
  ['dynamodbLease', /By default a lease is (\d+) s/g],
  ['dynamodbHeartbeat', /heartbeat every (\d+)/g, 'dynamodb'],
  ['dynamodbReadmeLease', /README['’]s example takes (\d+) s/g, 'dynamodb'],
  ['dynamodbReadmeHeartbeat', /README['’]s example takes \d+ s and (\d+) s/g, 'dynamodb'],
  ['hazelcastSession', /closed (?:after )?(\d+) s (?:without a|after the last) heartbeat/g],
  ['hazelcastHeartbeat', /a heartbeat goes out every (\d+) s/g, 'hazelcast'],
  ['spannerIdle', /no read or query for (\d+) seconds/g],
  ['postgresDeadlock', /once a wait has lasted (\d+) s/g, 'sql'],
  ['innodbLockWait', /InnoDB[^.|]*? (?:after|for) (\d+) s/g, 'sql'],
];

/** The fact sheet's table, typed off it: what stands in content/constants.ts is compared with this and not with itself. */
const sheet: Readonly<
  Record<keyof typeof CONSTANTS, readonly [value: number, unit: string, read?: 'secondary' | 'memory']>
> = {
  redisPx: [30_000, 'ms'],
  redlockNodes: [5, 'nodes'],
  redlockMajority: [3, 'nodes'],
  redlockLeastWait: [5, 'ms'],
  redlockMostWait: [50, 'ms'],
  redlockTtl: [10, 's'],
  nodeRedlockDrift: [0.01, 'of the TTL'],
  nodeRedlockExtra: [2, 'ms'],
  nodeRedlockRetries: [10, 'times'],
  nodeRedlockRetryDelay: [200, 'ms'],
  nodeRedlockRetryJitter: [100, 'ms'],
  nodeRedlockThreshold: [500, 'ms'],
  redissonWatchdog: [30, 's'],
  redissonRenewal: [10, 's'],
  redissonSync: [1_000, 'ms'],
  zookeeperLeastTicks: [2, 'ticks'],
  zookeeperMostTicks: [20, 'ticks'],
  zookeeperTick: [2_000, 'ms'],
  zookeeperTickInCode: [3_000, 'ms'],
  zookeeperReadTimeout: [2 / 3, 'of the session timeout'],
  zookeeperPing: [1 / 3, 'of the session timeout'],
  zookeeperExpiry: [4 / 3, 'of the session timeout'],
  etcdSessionTtl: [60, 's'],
  etcdctlTtl: [10, 's'],
  etcdLeastLease: [2, 's'],
  etcdKeepAlive: [1 / 3, 'of the TTL'],
  etcdKeepAliveLoop: [500, 'ms'],
  etcdRevocations: [1_000, 'leases'],
  clientGoLease: [15, 's'],
  clientGoRenewDeadline: [10, 's'],
  clientGoRetry: [2, 's'],
  clientGoJitter: [1.2, 'of the retry period'],
  consulLeastTtl: [10, 's'],
  consulMostTtl: [86_400, 's'],
  consulLockTtl: [15, 's'],
  consulLockRenewal: [1 / 2, 'of the TTL'],
  consulLockRetry: [5, 's'],
  consulLockDelay: [15, 's'],
  consulLeastLockDelay: [0, 's'],
  consulMostLockDelay: [60, 's'],
  consulLateness: [2, 'TTLs'],
  chubbyLease: [12, 's', 'secondary'],
  chubbyGrace: [45, 's', 'secondary'],
  chubbyMostLockDelay: [60, 's', 'secondary'],
  chubbyElection: [6, 's', 'secondary'],
  chubbyShortElection: [4, 's', 'secondary'],
  chubbyMostElection: [30, 's', 'secondary'],
  dynamodbLease: [20, 's'],
  dynamodbHeartbeat: [5, 's'],
  dynamodbReadmeLease: [10, 's'],
  dynamodbReadmeHeartbeat: [3, 's'],
  hazelcastSession: [300, 's'],
  hazelcastHeartbeat: [5, 's'],
  spannerIdle: [10, 's'],
  spannerLeastEpsilon: [1, 'ms', 'secondary'],
  spannerMostEpsilon: [7, 'ms', 'secondary'],
  spannerEpsilon: [4, 'ms', 'secondary'],
  innodbLockWait: [50, 's', 'memory'],
  postgresDeadlock: [1, 's', 'memory'],
  postgresLockTimeout: [0, 's', 'memory'],
  postgresIdle: [0, 's', 'memory'],
  postgresKeepAlives: [0, 's', 'memory'],
  postgresCheck: [0, 's', 'memory'],
  linuxKeepAlives: [2, 'h', 'secondary'],
};

test('the constants are those of the fact sheet, with how far each was read', () => {
  const kept = Object.entries(CONSTANTS).map(([key, { value, unit, read }]: [string, Constant]) => [
    key,
    read ? [value, unit, read] : [value, unit],
  ]);
  expect(Object.fromEntries(kept)).toEqual(sheet);
});

const WORDS: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, ten: 10 };
const wholeOf = (said: string) => WORDS[said.toLowerCase()] ?? Number(said.replaceAll(',', ''));

/** “1,000”, “ten”, “1%”, “1/3” or “two thirds”. A word that is not known is no number, and so not the table's. */
function numberOf(said: string): number {
  const [, count = said, part] = /^(.+?)(%|\/\d+| thirds?)$/.exec(said) ?? [];
  if (part === undefined) return wholeOf(count);
  if (part === '%') return wholeOf(count) / 100;
  return wholeOf(count) / (part.startsWith('/') ? Number(part.slice(1)) : 3);
}

describe('a number that the course names is the number of the table', () => {
  test.each(named.map(([key, phrase, lesson]) => ({ key, phrase, lesson })))('$key, said as $phrase', (one) => {
    const { key, phrase, lesson } = one;
    const said = texts
      .filter(({ slug }) => lesson === undefined || slug === lesson)
      .flatMap(({ slug, text }) => [...text.matchAll(phrase)].map((match) => `${slug}: ${numberOf(match[1] ?? '')}`));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((one) => !one.endsWith(`: ${values[key]}`))).toEqual([]);
  });
});
