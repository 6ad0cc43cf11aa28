// Numeric drills: sums that an interviewer may ask for, with the working. Each is a rule with room for other numbers, so that a
// drill can be done again without being remembered. With no other numbers asked for it is the course's own example.
import { CONSTANTS } from './constants.ts';
import { type Drill, ms, type Sum, s } from './drill.ts';
import { formulaDrills } from './drills-by-formula.ts';

/** Those of the fact sheet. */
const sheetDrills: readonly Drill[] = [
  {
    id: 'redlock-majority',
    title: 'Redlock: majority and failures',
    lesson: 'redlock',
    cites: ['redis-locks', 'derived'],
    make: (pick) => {
      const n = pick(7, 5, 3, 9, 11);
      const majority = Math.floor(n / 2) + 1;
      return {
        question: `Redlock runs on ${n} independent masters. How many must say yes, and how many may be down?`,
        asked: [
          { label: 'Majority', answer: majority },
          { label: 'May be down', answer: n - majority },
        ],
        working: [`More than half of ${n} is ${majority}.`, `${n} − ${majority} = ${n - majority} may be missing.`],
      };
    },
  },
  {
    id: 'redlock-validity',
    title: 'Redlock: time that is left',
    lesson: 'redlock',
    cites: ['node-redlock', 'redis-locks'],
    make: (pick) => {
      const ttl = pick(5_000, 10_000, 2_000, 30_000, 8_000);
      const elapsed = pick(120, 40, 250, 90);
      const drift = ttl / 100 + 2;
      return {
        question: `node-redlock: the TTL is ${ms(ttl)}, asking all nodes took ${ms(elapsed)}. For how long is the lock valid, after the allowance for drift?`,
        asked: [{ label: 'Validity', answer: ttl - elapsed - drift, unit: 'ms' }],
        working: [
          `Drift: ${ttl} × 0.01 + 2 = ${drift} ms.`,
          `${ttl} − ${elapsed} − ${drift} = ${ttl - elapsed - drift} ms.`,
        ],
      };
    },
  },
  {
    id: 'redlock-too-late',
    title: 'Redlock: a majority that came too late',
    lesson: 'redlock',
    cites: ['redis-locks'],
    make: (pick) => {
      const ttl = pick(200, 300, 500);
      const elapsed = ttl + pick(50, 20, 120);
      return {
        question: `All five nodes said yes. The TTL is ${ms(ttl)}, asking took ${ms(elapsed)}. On how many nodes do you release?`,
        asked: [{ label: 'Nodes', answer: 5 }],
        working: [
          `${elapsed} ms is not less than ${ttl} ms, so the lock is not yours, majority or not.`,
          'Release on all 5: a key that is left there blocks others until it ends.',
        ],
      };
    },
  },
  {
    id: 'zookeeper-session-most',
    title: 'ZooKeeper: asking for a long session',
    lesson: 'zookeeper',
    cites: ['zk-sessions'],
    make: (pick) => {
      const tick = pick(2_000, 3_000, 1_000);
      const most = (20 * tick) / 1_000;
      const wanted = most + pick(20, 30, 60);
      return {
        question: `ZooKeeper’s tickTime is ${ms(tick)}, and a client asks for a session timeout of ${s(wanted)}. Which timeout does it get?`,
        asked: [{ label: 'Timeout', answer: most, unit: 's' }],
        working: ['A session timeout is 2 to 20 ticks.', `20 × ${ms(tick)} = ${s(most)}, and that is the most.`],
      };
    },
  },
  {
    id: 'zookeeper-session-least',
    title: 'ZooKeeper: asking for a short session',
    lesson: 'zookeeper',
    cites: ['zk-sessions'],
    make: (pick) => {
      const tick = pick(2_000, 3_000, 4_000, 2_500, 5_000, 3_500);
      const wanted = pick(1, 2, 3);
      const least = (2 * tick) / 1_000;
      return {
        question: `ZooKeeper’s tickTime is ${ms(tick)}, and a client asks for a session timeout of ${s(wanted)}. Which timeout does it get?`,
        asked: [{ label: 'Timeout', answer: least, unit: 's' }],
        working: ['A session timeout is 2 to 20 ticks.', `2 × ${ms(tick)} = ${s(least)}, and that is the least.`],
      };
    },
  },
  {
    id: 'zookeeper-client-clock',
    title: 'ZooKeeper: the Java client’s own clock',
    lesson: 'zookeeper',
    cites: ['zk-src'],
    make: (pick) => {
      const session = pick(30, 15, 24, 12);
      return {
        question: `ZooKeeper session of ${s(session)}. After how much silence does a newer Java client give up the connection, ping if idle, and take its session for expired?`,
        asked: [
          { label: 'Read timeout', answer: (session * 2) / 3, unit: 's' },
          { label: 'Ping when idle for', answer: session / 3, unit: 's' },
          { label: 'Its own expiry', answer: (session * 4) / 3, unit: 's' },
        ],
        working: [
          `Two thirds: ${s((session * 2) / 3)}.`,
          `One third: ${s(session / 3)}.`,
          `Four thirds: ${s((session * 4) / 3)}. The server ends it after about ${s(session)}.`,
        ],
      };
    },
  },
  {
    id: 'etcd-keepalive',
    title: 'etcd: how often a session is kept alive',
    lesson: 'etcd',
    cites: ['etcd-src'],
    make: (pick) => {
      const ttl = pick(CONSTANTS.etcdSessionTtl.value, 30, 15, 90);
      return {
        question: `An etcd session has a TTL of ${s(ttl)}. How long after a reply does the Go client send the next keepalive?`,
        asked: [{ label: 'Period', answer: ttl / 3, unit: 's' }],
        working: [`A third of the TTL: ${ttl} ÷ 3 = ${s(ttl / 3)}.`],
      };
    },
  },
  {
    id: 'etcd-least-lease',
    title: 'etcd: the shortest lease',
    lesson: 'etcd',
    cites: ['etcd-src', 'derived'],
    make: (pick) => {
      const election = pick(1_000, 2_000, 3_000, 5_000, 2_500, 4_000, 1_500, 7_000, 6_000, 3_500, 9_000, 8_000, 10_000);
      const exact = (1.5 * election) / 1_000;
      return {
        question: `The election timeout of an etcd cluster is ${ms(election)}. What is the shortest lease that it grants, in whole seconds?`,
        asked: [{ label: 'Shortest lease', answer: Math.ceil(exact), unit: 's' }],
        working: [`1.5 × ${ms(election)} = ${s(exact)}.`, `Rounded up to whole seconds: ${s(Math.ceil(exact))}.`],
      };
    },
  },
  {
    id: 'client-go-stops',
    title: 'Kubernetes: when a leader stops',
    lesson: 'kubernetes-lease',
    cites: ['clientgo-le', 'derived'],
    make: (pick) => {
      const retry = pick(CONSTANTS.clientGoRetry.value, 3, 4, 5);
      const renew = pick(CONSTANTS.clientGoRenewDeadline.value, 15, 20, 30);
      return {
        question: `client-go: retry period ${s(retry)}, renew deadline ${s(renew)}; no pause, a healthy clock. How long after its last success does a leader stop, at the latest?`,
        asked: [{ label: 'Latest stop', answer: retry + renew, unit: 's' }],
        working: [
          `The next attempt comes up to ${s(retry)} after the success.`,
          `It may fail for ${s(renew)}: ${retry} + ${renew} = ${s(retry + renew)}.`,
        ],
      };
    },
  },
  {
    id: 'client-go-jitter',
    title: 'Kubernetes: how often a follower looks',
    lesson: 'kubernetes-lease',
    cites: ['clientgo-le', 'derived'],
    make: (pick) => {
      const retry = pick(CONSTANTS.clientGoRetry.value, 5, 3, 4);
      const most = Number((retry * 2.2).toFixed(1));
      return {
        question: `The retry period is ${s(retry)} with a jitter factor of 1.2: up to 1.2 times the period is added to it. Between which two waits does a follower look at the Lease?`,
        asked: [
          { label: 'Shortest wait', answer: retry, unit: 's' },
          { label: 'Longest wait', answer: most, tolerance: 0.05, unit: 's' },
        ],
        working: [`With nothing added: ${s(retry)}.`, `With all of it: ${retry} × (1 + 1.2) = ${s(most)}.`],
      };
    },
  },
  {
    id: 'redisson-watchdog',
    title: 'Redisson: when the watchdog renews',
    lesson: 'leases',
    cites: ['redisson-src'],
    make: (pick) => {
      const timeout = pick(CONSTANTS.redissonWatchdog.value, 45, 60, 15);
      return {
        question: `Redisson’s lockWatchdogTimeout is ${s(timeout)}. How often does the watchdog renew the lock?`,
        asked: [{ label: 'Every', answer: timeout / 3, unit: 's' }],
        working: [`A third of it: ${timeout} ÷ 3 = ${s(timeout / 3)}.`],
      };
    },
  },
  {
    id: 'consul-worst-wait',
    title: 'Consul: the longest wait after a crash',
    lesson: 'consul',
    cites: ['consul-session-api', 'consul-sessions', 'derived'],
    make: (pick) => {
      const ttl = pick(CONSTANTS.consulLockTtl.value, 10, 30, 20, 40);
      const delay = pick(CONSTANTS.consulLockDelay.value, 0, 30, 10);
      return {
        question: `Consul, no great load: session TTL ${s(ttl)}, lock-delay ${s(delay)}. The holder crashes. How long until somebody else can acquire, at worst?`,
        asked: [{ label: 'Up to', answer: 2 * ttl + delay, unit: 's' }],
        working: [
          `Expiry may come as late as twice the TTL: 2 × ${ttl} = ${s(2 * ttl)}.`,
          `Then the lock-delay: ${2 * ttl} + ${delay} = ${s(2 * ttl + delay)}.`,
        ],
      };
    },
  },
  {
    id: 'dynamodb-takeover',
    title: 'DynamoDB: the earliest takeover',
    lesson: 'dynamodb',
    cites: ['ddb-lock', 'derived'],
    make: (pick) => {
      const lease = pick(CONSTANTS.dynamodbLease.value, 10, 30);
      const late = pick(0, 5, 12);
      return {
        question:
          late === 0
            ? `The DynamoDB lock client has a lease of ${s(lease)}. The holder is dead. How long after a waiter begins to watch can it take over, at the earliest?`
            : `The DynamoDB lock client has a lease of ${s(lease)}. The holder died ${s(late)} before a waiter begins to watch. How long must the waiter still watch, at the least?`,
        asked: [{ label: 'Earliest', answer: lease, unit: 's' }],
        working: [
          'The table stores a length and no instant, so a waiter counts by its own clock, from when it first saw the record.',
          `It must see the same record version for the whole lease: ${s(lease)}.`,
        ],
      };
    },
  },
  {
    id: 'hot-row',
    title: 'SQL: the ceiling of a hot row',
    lesson: 'sql',
    cites: ['derived'],
    make: (pick) => {
      const length = pick(8, 5, 20, 4, 10);
      return {
        question: `Every sale locks the same row, for ${ms(length)} each. How many sales a second can there be, at most?`,
        asked: [{ label: 'At most', answer: 1_000 / length, unit: 'per second' }],
        working: [`One at a time: 1000 ÷ ${length} = ${1_000 / length} a second.`],
      };
    },
  },
  {
    id: 'fencing-order',
    title: 'Fencing: which writes get in',
    lesson: 'fencing',
    cites: ['kleppmann', 'redisson-docs'],
    make: (pick) => {
      const highest = pick(35, 12, 60);
      const steps = pick([-1, 0, 1, 0], [0, 2, 1, 2], [1, 0, -1, 1], [-2, 1, 1, 2]);
      const tokens = steps.map((step) => highest + step);
      let most = highest;
      const verdicts = tokens.map((token) => {
        const passes = token >= most;
        if (passes) most = token;
        return passes;
      });
      return {
        question: `The highest token that a resource has seen is ${highest}, and equal ones pass. Writes arrive with ${tokens.join(', ')}, in this order. How many are accepted?`,
        asked: [{ label: 'Accepted', answer: verdicts.filter(Boolean).length }],
        working: tokens.map((token, at) => `${token}: ${verdicts[at] ? 'accepted' : 'refused'}.`),
      };
    },
  },
];

const all = [...sheetDrills, ...formulaDrills];
const lessons = all.map(({ lesson }) => lesson);

/** Those of one lesson side by side. */
export const drills: readonly Drill[] = [...all].sort(
  (one, other) => lessons.indexOf(one.lesson) - lessons.indexOf(other.lesson),
);

export const drillById = (id: string): Drill | undefined => drills.find((drill) => drill.id === id);

/** The sum of a drill: its own example for null, otherwise other numbers, the same ones for the same seed. */
export function sumOf(drill: Drill, seed: number | null): Sum {
  let state = seed ?? 0;
  return drill.make((first, ...others) => {
    if (seed === null) return first;
    const all = [first, ...others];
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return all[(state >>> 8) % all.length] ?? first;
  });
}

/** The next seed under which the drill has other numbers than now. */
export function otherNumbers(drill: Drill, seed: number | null): number {
  const now = sumOf(drill, seed).question;
  let next = (seed ?? -1) + 1;
  while (sumOf(drill, next).question === now) next += 1;
  return next;
}
