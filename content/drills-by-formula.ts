// Numeric drills by formulas that the lessons work out: each asks for one number, so that it can also be a recall card. Their own
// examples are none of the lessons' own, nor of the numbers that its questions ask for.
import { type Drill, ms, s } from './drill.ts';

const majorityOf = (nodes: number) => Math.floor(nodes / 2) + 1;

export const formulaDrills: readonly Drill[] = [
  {
    id: 'redlock-votes-left',
    title: 'Redlock: votes that are missing',
    lesson: 'redlock',
    cites: ['redis-locks', 'derived'],
    make: (pick) => {
      const n = pick(9, 11, 13, 8, 15, 12);
      const majority = majorityOf(n);
      const left = pick(2, 1, 3, 4);
      const yes = majority - left;
      return {
        question: `Redlock on ${n} independent masters. OK so far: ${yes}. How many more must say OK for a majority?`,
        asked: [{ label: 'More', answer: left }],
        working: [`More than half of ${n} is ${majority}.`, `${majority} − ${yes} = ${left}.`],
      };
    },
  },
  {
    id: 'redlock-may-still-fail',
    title: 'Redlock: how many more may fail',
    lesson: 'redlock',
    cites: ['redis-locks', 'derived'],
    make: (pick) => {
      const n = pick(9, 11, 13, 8, 10, 15);
      const majority = majorityOf(n);
      const down = pick(1, 2, 3);
      const most = n - majority;
      return {
        question: `Redlock on ${n} independent masters, ${down} of them down. How many more may fail so that a majority is left?`,
        asked: [{ label: 'More', answer: most - down }],
        working: [
          `The majority is ${majority}, so ${n} − ${majority} = ${most} may be missing.`,
          `${most} − ${down} = ${most - down}.`,
        ],
      };
    },
  },
  {
    id: 'lease-least-ttl',
    title: 'Leases: the smallest TTL',
    lesson: 'leases',
    cites: ['derived'],
    make: (pick) => {
      const pause = pick(6, 4, 10, 12);
      const missed = pick(2, 1, 3);
      const period = pick(4, 3, 5);
      const slack = pick(1, 2);
      const ttl = pause + missed * period + slack;
      const renewals = missed === 1 ? '1 missed renewal' : `${missed} missed renewals`;
      return {
        question: `A lease is to survive a pause of ${s(pause)} and ${renewals}, counting the one that the pause delays. Period ${s(period)}, round trip and clocks ${s(slack)}: what TTL, at least?`,
        asked: [{ label: 'TTL', answer: ttl, unit: 's' }],
        working: [`Pause, missed renewals, the rest: ${pause} + ${missed} × ${period} + ${slack} = ${ttl}.`],
      };
    },
  },
  {
    id: 'lease-renew-every',
    title: 'Leases: how often to renew',
    lesson: 'leases',
    cites: ['etcd-src', 'derived'],
    make: (pick) => {
      const period = pick(10, 5, 6, 8, 4, 12);
      const lost = pick(2, 1, 3);
      const ttl = period * (lost + 2);
      const renewals = lost === 1 ? '1 lost renewal' : `${lost} lost renewals in a row`;
      return {
        question: `A lease of ${s(ttl)} is to bear ${renewals}, with a full period left after the next try. How long may the period be, at most?`,
        asked: [{ label: 'At most', answer: period, unit: 's' }],
        working: [
          `A period for each that is lost, one for the try, one to spare: ${lost} + 2 = ${lost + 2}.`,
          `${ttl} ÷ ${lost + 2} = ${period}.`,
        ],
      };
    },
  },
  {
    id: 'lease-stop-by',
    title: 'Leases: when the holder stops',
    lesson: 'leases',
    cites: ['ddb-lock', 'derived'],
    make: (pick) => {
      const ttl = pick(20, 30, 15, 60);
      const sent = pick(12, 25, 33);
      const answered = sent + pick(2, 1);
      const margin = pick(3, 2, 5);
      const stop = sent + ttl - margin;
      return {
        question: `Your last renewal was sent at second ${sent} and confirmed at ${answered}. The lease is ${s(ttl)}, your margin ${s(margin)}. By which second do you stop?`,
        asked: [{ label: 'Second', answer: stop }],
        working: [`Count from the sending: ${sent} + ${ttl} − ${margin} = ${stop}.`],
      };
    },
  },
  {
    id: 'delayed-restart',
    title: 'Redis: a delayed restart',
    lesson: 'failover',
    cites: ['redis-locks', 'derived'],
    make: (pick) => {
      const ttl = pick(20, 60, 45, 40);
      const since = pick(6, 12, 15, 9);
      return {
        question: `A Redis lock server without persistence crashed ${s(since)} ago. The longest TTL in use is ${s(ttl)}. For how much longer must it stay out, at least?`,
        asked: [{ label: 'Stays out', answer: ttl - since, unit: 's' }],
        working: [`A lock granted just before the crash has ${ttl} − ${since} = ${s(ttl - since)} left.`],
      };
    },
  },
  {
    id: 'clock-rate-margin',
    title: 'Clocks: how early to stop',
    lesson: 'clocks',
    cites: ['derived'],
    make: (pick) => {
      const lease = pick(20, 10, 40, 50);
      const percent = pick(2, 1, 3, 5);
      const margin = lease * percent * 10;
      return {
        question: `The holder’s clock may run up to ${percent}% slower than the server’s. The lease is ${s(lease)}. How long before its end must the holder stop, at least, by its own clock?`,
        asked: [{ label: 'Before the end', answer: margin, unit: 'ms' }],
        working: [`${percent}% of ${ms(lease * 1_000)}: ${lease} × 1000 × ${percent} ÷ 100 = ${margin}.`],
      };
    },
  },
  {
    id: 'split-row',
    title: 'SQL: a hot row, split',
    lesson: 'sql',
    cites: ['derived'],
    make: (pick) => {
      const length = pick(10, 20, 8, 25);
      const rows = pick(3, 2, 4, 10);
      const each = 1_000 / length;
      return {
        question: `The stock is split over ${rows} rows, all equally busy, and each sale locks one of them for ${ms(length)}. How many sales a second, at most?`,
        asked: [{ label: 'At most', answer: rows * each, unit: 'per second' }],
        working: [`One row: 1000 ÷ ${length} = ${each}.`, `${rows} side by side: ${rows} × ${each} = ${rows * each}.`],
      };
    },
  },
  {
    id: 'client-go-latest-takeover',
    title: 'Kubernetes: the latest takeover',
    lesson: 'kubernetes-lease',
    cites: ['clientgo-le', 'derived'],
    make: (pick) => {
      const lease = pick(30, 40, 60, 45, 50);
      const retry = pick(5, 10, 15);
      // The period and up to 1.2 times as much: see the drill of the jitter.
      const look = (retry * 22) / 10;
      const latest = lease + 2 * look;
      return {
        question: `client-go: lease ${s(lease)}, retry period ${s(retry)} (followers: up to 2.2 times that). The leader dies. How long after its last renewal is another elected, at the latest?`,
        asked: [{ label: 'Latest takeover', answer: latest, unit: 's' }],
        working: [
          `Its looks are up to ${retry} × 2.2 = ${s(look)} apart.`,
          `It sees the renewal late, waits for the lease, looks late: ${look} + ${lease} + ${look} = ${latest}.`,
        ],
      };
    },
  },
  {
    id: 'dynamodb-takeover-at',
    title: 'DynamoDB: the moment of takeover',
    lesson: 'dynamodb',
    cites: ['ddb-lock'],
    make: (pick) => {
      const lease = pick(10, 20, 30, 15);
      const crash = pick(4, 2, 6);
      const seen = crash + pick(3, 9, 5);
      return {
        question: `DynamoDB lock client, lease ${s(lease)}. The holder dies at second ${crash}; a waiter first reads the item at second ${seen}. At which second can it take over, at the earliest?`,
        asked: [{ label: 'Second', answer: seen + lease }],
        working: [`A whole lease from its own first look: ${seen} + ${lease} = ${seen + lease}.`],
      };
    },
  },
];
