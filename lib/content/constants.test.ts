// What the course says of a real system's numbers is what the table of constants says. Each number is looked for in the phrases in
// which lessons, cards and questions name it; a phrase that is gone fails as well, so that the list cannot fall silent.
import { describe, expect, test } from 'vitest';
import { CONSTANTS } from '#content/constants.ts';
import { allLessons } from './lessons.ts';
import { allUseCases } from './use-cases.ts';

/** Lessons and use cases without their cites, which would tear a sentence apart; attributes of cards and questions stand in them as text. */
const texts = [...allLessons(), ...allUseCases().map(({ id, body }) => ({ slug: id, body }))].map(({ slug, body }) => ({
  slug,
  text: body.replaceAll(/\s*<Cite of="[^"]*" \/>/g, '').replaceAll(/\s+/g, ' '),
}));

/** The phrases, with the number as their group. A lesson's name keeps a common phrase to the one system that it is about. */
const named: readonly (readonly [keyof typeof CONSTANTS, RegExp, lesson?: string])[] = [
  ['redisPx', /key ends after (\d+) ms/g, 'redis'],
  ['redlockNodes', /\b(five|5) (?:independent )?(?:Redis )?(?:masters|nodes)/gi, 'redlock'],
  ['redlockMajority', /\b(three|3) of (?:five|5)\b/gi],
  ['redissonWatchdog', /Redisson[^|]*\| (\d+) s \|/g],
  ['redissonRenewal', /Redisson[^|]*\| \d+ s \| every (\d+) s/g],
  ['zookeeperTick', /sample configuration's tick of (\d+) ms/g],
  ['zookeeperLeastTicks', /(\d+) (?:and|to) \d+ ticks/g],
  ['zookeeperMostTicks', /\d+ (?:and|to) (\d+) ticks/g],
  ['zookeeperMostTicks', /the upper bound is (\d+) ticks/g],
  ['etcdSessionTtl', /`LeaseGrant`, (\d+) s/g],
  ['etcdSessionTtl', /Go client['’]s default that is (\d+) s/g],
  ['etcdctlTtl', /`etcdctl lock` it is (\d+) s/g],
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
  ['hazelcastSession', /closed (?:after )?(\d+) s (?:without a|after the last) heartbeat/g],
  ['hazelcastHeartbeat', /a heartbeat goes out every (\d+) s/g, 'hazelcast'],
  ['spannerIdle', /no read or query for (\d+) seconds/g],
];

const WORDS: Readonly<Record<string, number>> = { three: 3, five: 5 };
const numberOf = (said: string) => WORDS[said.toLowerCase()] ?? Number(said.replaceAll(',', ''));

describe('a number that the course names is the number of the table', () => {
  test.each(named.map(([key, phrase, lesson]) => ({ key, phrase, lesson })))('$key, said as $phrase', (one) => {
    const { key, phrase, lesson } = one;
    const said = texts
      .filter(({ slug }) => lesson === undefined || slug === lesson)
      .flatMap(({ slug, text }) => [...text.matchAll(phrase)].map((match) => `${slug}: ${numberOf(match[1] ?? '')}`));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((one) => !one.endsWith(`: ${CONSTANTS[key].value}`))).toEqual([]);
  });
});
