// TTL and heartbeat. One third is a convention, not a law: the rules judge what a period costs and survives, and they
// keep saying what no period can do, namely help a process that is paused together with its heartbeat.

import type { Given, Rule } from './rule.ts';
import { sayDuration } from './template.ts';

const shortest = 5;
const longest = 120;
const comfortable = 60;

type Times = { readonly ttl: number; readonly heartbeat: number };

function times({ blanks, kind }: Given): Times | null {
  const { ttlSeconds: ttl, heartbeatSeconds: heartbeat } = blanks;
  return kind === 'lease' && ttl !== null && heartbeat !== null && heartbeat > 0 ? { ttl, heartbeat } : null;
}

export const timeRules: readonly Rule[] = [
  {
    id: 'heartbeat-lapses',
    field: 'heartbeat',
    severity: 'wrong',
    lesson: 'leases',
    check: (given) => {
      const t = times(given);
      if (t === null || t.heartbeat < t.ttl) return null;
      return {
        finding: `A heartbeat every ${sayDuration(t.heartbeat)} comes too late for a TTL of ${sayDuration(t.ttl)}: the lock lapses between two renewals.`,
        why: 'Others may take it while you still work. A period of about a third of the TTL lets one renewal be lost and still leaves time for a retry.',
      };
    },
  },
  {
    id: 'heartbeat-no-retry',
    field: 'heartbeat',
    severity: 'weak',
    lesson: 'leases',
    check: (given) => {
      const t = times(given);
      if (t === null || t.heartbeat >= t.ttl || t.heartbeat <= t.ttl / 2) return null;
      return {
        finding: `With a heartbeat every ${sayDuration(t.heartbeat)}, one lost renewal is enough to lose a lock of ${sayDuration(t.ttl)}.`,
        why: 'About a third of the TTL is the usual choice: one renewal may be lost, and a third of the lease is left for the retry.',
      };
    },
  },
  {
    id: 'heartbeat-load',
    field: 'heartbeat',
    severity: 'weak',
    lesson: 'leases',
    check: (given) => {
      const t = times(given);
      if (t === null || t.heartbeat >= t.ttl / 10 || t.heartbeat >= 5) return null;
      return {
        finding: `Renewing every ${sayDuration(t.heartbeat)} a lock of ${sayDuration(t.ttl)} costs more than it buys.`,
        why: 'Renewals times locks is steady load on the lock service, and it grows with every holder. A third of the TTL already survives one lost renewal.',
      };
    },
  },
  {
    id: 'heartbeat-none',
    field: 'heartbeat',
    severity: 'weak',
    lesson: 'leases',
    check: ({ kind, blanks }) =>
      kind === 'lease' && blanks.heartbeatSeconds === 0
        ? {
            finding: 'Without renewal the TTL has to be longer than the longest run you will ever have.',
            why: 'A run that overruns it works without the lock. Renewing lets the TTL be short, so that a crash blocks others only briefly.',
          }
        : null,
  },
  {
    id: 'heartbeat-third',
    field: 'heartbeat',
    severity: 'good',
    lesson: 'leases',
    check: (given) => {
      const t = times(given);
      if (t === null || t.heartbeat < t.ttl / 5 || t.heartbeat > t.ttl / 2) return null;
      return {
        finding: `A heartbeat every ${sayDuration(t.heartbeat)} lets a renewal be lost and still leaves time for a retry.`,
        why: 'One third is a convention (etcd and Redisson use it), not a law: client-go renews every 2 s of 15. It does not help against a pause, which stops the heartbeat too.',
      };
    },
  },
  {
    id: 'heartbeat-blank',
    field: 'heartbeat',
    severity: 'weak',
    lesson: 'leases',
    missing: true,
    check: ({ kind, blanks }) =>
      kind === 'lease' && blanks.heartbeatSeconds === null
        ? {
            finding: 'You do not say how the lock is renewed.',
            why: 'A short TTL needs a heartbeat, usually about every third of it, and a failed renewal must stop the work.',
          }
        : null,
  },
  {
    id: 'ttl-blank',
    field: 'ttl',
    severity: 'weak',
    lesson: 'leases',
    missing: true,
    check: ({ kind, blanks }) =>
      kind === 'lease' && blanks.ttlSeconds === null
        ? {
            finding: 'You do not say how long the lock lives.',
            why: 'Without a TTL a crashed holder blocks everybody until somebody intervenes. Name the number and what it costs.',
          }
        : null,
  },
  {
    id: 'ttl-long',
    field: 'ttl',
    severity: 'weak',
    lesson: 'three-mistakes',
    check: ({ kind, blanks }) => {
      const ttl = blanks.ttlSeconds;
      if (kind !== 'lease' || ttl === null || ttl <= longest) return null;
      return {
        finding: `A long TTL is not the safe choice: after a crash nobody can work for up to ${sayDuration(ttl)}.`,
        why: 'That is a bounded outage, not a deadlock, but it is yours on every crash, and a pause longer than the TTL still breaks the lock. Keep it short and renew.',
      };
    },
  },
  {
    id: 'ttl-short',
    field: 'ttl',
    severity: 'weak',
    lesson: 'leases',
    check: ({ kind, blanks }) => {
      const ttl = blanks.ttlSeconds;
      if (kind !== 'lease' || ttl === null || ttl >= shortest) return null;
      return {
        finding: `A TTL of ${sayDuration(ttl)} will expire under holders that are alive.`,
        why: 'A collection pause, a throttled CPU or one slow renewal is enough, and then two clients act. Leave room for the longest pause that you want to survive.',
      };
    },
  },
  {
    id: 'ttl-idle',
    field: 'ttl',
    severity: 'weak',
    lesson: 'alternatives',
    check: ({ kind, blanks }) => {
      const timed = blanks.ttlSeconds !== null || blanks.heartbeatSeconds !== null;
      if (!timed || kind === null || kind === 'lease' || kind === 'order') return null;
      return kind === 'transaction'
        ? {
            finding: 'A lock inside a transaction has no TTL and no heartbeat: it ends with the commit or the abort.',
            why: 'What you can say instead: keep the transaction short, and set a lock timeout and an idle-in-transaction timeout.',
          }
        : {
            finding: 'Nothing is held here, so there is nothing for a TTL to expire.',
            why: 'Leave the blank empty. Not needing a TTL is one of the best reasons for having no lock.',
          };
    },
  },
  {
    id: 'ttl-bounded',
    field: 'ttl',
    severity: 'good',
    lesson: 'leases',
    check: ({ kind, blanks }) => {
      const ttl = blanks.ttlSeconds;
      if (kind !== 'lease' || ttl === null || ttl < shortest || ttl > comfortable) return null;
      return {
        finding: `After a crash, others wait about ${sayDuration(ttl)}.`,
        why: 'Say the trade-off with the number: a shorter TTL means quicker takeover and more false expiry. No TTL makes a pause impossible.',
      };
    },
  },
];
