// Every rule with an answer that it catches and one that it leaves alone, and what holds between the rules.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claims, says } from './mentions.ts';
import type { Facts } from './rule.ts';
import { check, rules } from './rules.ts';
import { type Blanks, emptyBlanks, fencingIds, lockIds, type UseCaseId, useCaseIds } from './template.ts';

const facts = (about: UseCaseId, more: Partial<Facts> = {}): Facts => ({
  useCase: about,
  correctness: about !== 'rate-limit',
  checksToken: about === 'booking' || about === 'leader' || about === 'file',
  transactional: about === 'booking',
  refusal: about === 'leader' ? null : 'the resource can refuse the second request',
  ...more,
});

type Answer = Partial<Blanks> & { readonly about: UseCaseId };
const idsOf = ({ about, ...blanks }: Answer): string[] =>
  check({ ...emptyBlanks, useCase: 'this', ...blanks }, facts(about), { resource: 'the store' }).map(
    (found) => found.id,
  );

const lease = {
  lock: 'etcd',
  reason: 'a crash must not stop us',
  ttlSeconds: 30,
  heartbeatSeconds: 10,
  fencing: 'seal',
} as const;
const leader = (more: Partial<Blanks> = {}): Answer => ({ about: 'leader', ...lease, ...more });

/** For each rule: answers that it catches, and answers next to them that it leaves alone. */
const examples: Readonly<Record<string, { readonly fires: readonly Answer[]; readonly silent: readonly Answer[] }>> = {
  'lock-blank': { fires: [leader({ lock: null })], silent: [leader()] },
  'reason-blank': { fires: [leader({ reason: '  ' })], silent: [leader()] },
  'ttl-blank': { fires: [leader({ ttlSeconds: null })], silent: [leader(), leader({ lock: 'sql', ttlSeconds: null })] },
  'heartbeat-blank': {
    fires: [leader({ heartbeatSeconds: null })],
    silent: [leader({ heartbeatSeconds: 0 }), leader({ lock: 'queue', heartbeatSeconds: null })],
  },
  'fencing-blank': {
    fires: [leader({ fencing: null }), { about: 'cron', lock: 'queue' }, { about: 'file', lock: 'advisory' }],
    silent: [leader(), { about: 'cron', lock: 'unique-constraint' }, { about: 'booking', lock: 'advisory' }],
  },
  'wrong-tool': {
    fires: [
      { about: 'booking', lock: 'idempotency-key' },
      { about: 'payments', lock: 'none', reason: 'we are careful' },
      { about: 'leader', lock: 'atomic-counter' },
      { about: 'cron', lock: 'atomic-counter' },
      { about: 'rate-limit', lock: 'unique-constraint' },
      { about: 'file', lock: 'none' },
    ],
    silent: [
      { about: 'booking', lock: 'unique-constraint' },
      { about: 'payments', lock: 'none', reason: 'the endpoint is idempotent' },
      { about: 'cron', lock: 'idempotency-key' },
    ],
  },
  'half-tool': {
    fires: [
      { about: 'payments', lock: 'unique-constraint', reason: 'one row for each order' },
      { about: 'cron', lock: 'queue' },
      { about: 'rate-limit', lock: 'none', reason: 'locks are slow' },
      { about: 'leader', lock: 'conditional-update' },
      { about: 'booking', lock: 'advisory', reason: 'the database is there' },
    ],
    silent: [
      { about: 'booking', lock: 'advisory', reason: 'there is no row to lock, only a name' },
      { about: 'payments', lock: 'unique-constraint', reason: 'it records the idempotency key' },
      { about: 'rate-limit', lock: 'none', reason: 'one atomic INCR counts' },
      { about: 'cron', lock: 'none', reason: 'the work is idempotent' },
    ],
  },
  'rate-limit-lock': {
    fires: [
      { about: 'rate-limit', lock: 'redis' },
      { about: 'rate-limit', lock: 'sql' },
      { about: 'rate-limit', lock: 'serializable' },
      { about: 'rate-limit', lock: 'lease-row' },
    ],
    silent: [{ about: 'rate-limit', lock: 'atomic-counter' }],
  },
  'cron-lock-only': {
    fires: [
      { about: 'cron', ...lease },
      { about: 'cron', lock: 'redis', reason: 'no unique key needed' },
    ],
    silent: [{ about: 'cron', ...lease, notes: 'A unique row for each scheduled time decides.' }, leader()],
  },
  'payments-lock-only': {
    fires: [
      { about: 'payments', ...lease, lock: 'zookeeper' },
      { about: 'payments', lock: 'sql' },
    ],
    silent: [{ about: 'payments', ...lease, notes: 'Each charge carries an idempotency key.' }],
  },
  'redis-for-correctness': {
    fires: [leader({ lock: 'redis', fencing: 'none' }), { about: 'payments', lock: 'redis', fencing: 'writes' }],
    silent: [
      leader({ lock: 'redis' }),
      { about: 'booking', lock: 'redis', reason: 'it only saves work, a conditional update decides' },
      { about: 'rate-limit', lock: 'redis' },
    ],
  },
  'redlock-for-correctness': {
    fires: [leader({ lock: 'redlock', fencing: 'not-needed' })],
    silent: [leader({ lock: 'redis', fencing: 'not-needed' }), leader({ lock: 'redlock' })],
  },
  'lock-by-reflex': {
    fires: [
      { about: 'booking', ...lease },
      { about: 'file', lock: 'sql' },
    ],
    silent: [
      leader(),
      { about: 'booking', lock: 'sql' },
      { about: 'booking', ...lease, notes: 'The update is conditional.' },
    ],
  },
  'row-lock-elsewhere': {
    fires: [
      leader({ lock: 'sql' }),
      leader({ lock: 'advisory' }),
      leader({ lock: 'serializable' }),
      { about: 'file', lock: 'spanner' },
    ],
    silent: [{ about: 'booking', lock: 'sql' }, leader()],
  },
  'own-check': {
    fires: [
      { about: 'booking', lock: 'conditional-update' },
      { about: 'rate-limit', lock: 'none', reason: 'one atomic INCR' },
    ],
    silent: [
      { about: 'booking', lock: 'redis' },
      { about: 'booking', lock: 'idempotency-key' },
    ],
  },
  'advisory-scope': {
    fires: [{ about: 'booking', lock: 'advisory', reason: 'the database is there' }],
    silent: [
      { about: 'booking', lock: 'advisory', reason: 'it ends with the transaction' },
      { about: 'booking', lock: 'sql' },
    ],
  },
  'serializable-retry': {
    fires: [{ about: 'booking', lock: 'serializable', reason: 'the rule spans many rows' }],
    silent: [
      { about: 'booking', lock: 'serializable', reason: 'one of two is aborted, and I retry it' },
      { about: 'booking', lock: 'sql' },
    ],
  },
  'lease-row-clock': {
    fires: [leader({ lock: 'lease-row' })],
    silent: [leader({ lock: 'lease-row', notes: 'The clock of the database decides.' }), leader()],
  },
  'granted-by-the-row': {
    fires: [leader({ lock: 'lease-row', notes: 'The clock of the database decides.' })],
    silent: [leader({ lock: 'lease-row', fencing: 'none' }), leader()],
  },
  'one-transaction': { fires: [{ about: 'booking', lock: 'sql' }], silent: [{ about: 'cron', lock: 'sql' }] },
  'lock-saves-work': {
    fires: [{ about: 'file', ...lease, lock: 'redis', notes: 'A conditional put decides.' }],
    silent: [{ about: 'file', ...lease, lock: 'redis' }],
  },
  'granted-and-checked': { fires: [leader()], silent: [leader({ fencing: 'none' }), leader({ lock: 'redis' })] },
  'just-setnx': {
    fires: [{ about: 'cron', lock: 'redis', reason: 'Redis is fast and we have it' }],
    silent: [
      { about: 'cron', lock: 'redis', reason: 'Redis is fast', ttlSeconds: 30 },
      { about: 'cron', lock: 'redis', reason: 'a failover may forget it' },
      { about: 'cron', lock: 'redis', reason: '' },
    ],
  },
  'failover-unsaid': {
    fires: [{ about: 'cron', lock: 'redis', reason: 'Redis is fast', ttlSeconds: 30 }],
    silent: [{ about: 'cron', lock: 'redis', reason: 'losing it in a failover costs work', ttlSeconds: 30 }, leader()],
  },
  'setnx-command': {
    fires: [leader({ notes: 'I would call SETNX and then EXPIRE.' })],
    silent: [leader({ notes: 'Not SETNX, but SET with NX and PX.' }), leader()],
  },
  'bare-delete': {
    fires: [leader({ notes: 'When done it deletes the key.' })],
    silent: [leader({ notes: 'It deletes the key only if the value is its own.' }), leader()],
  },
  'truetime-lock': {
    fires: [
      { about: 'booking', lock: 'spanner', reason: 'TrueTime locks work in many regions' },
      { about: 'booking', lock: 'spanner', reason: 'TrueTime keeps others out' },
    ],
    silent: [
      { about: 'booking', lock: 'spanner', reason: 'there is no TrueTime lock, two-phase locking it is' },
      { about: 'booking', lock: 'spanner', reason: 'TrueTime orders the commit timestamps' },
    ],
  },
  'heartbeat-cures-pauses': {
    fires: [leader({ notes: 'The heartbeat protects us from GC pauses.' })],
    silent: [leader({ notes: 'The heartbeat does not protect us from GC pauses.' }), leader()],
  },
  'deadlock-word': {
    fires: [leader({ notes: 'The TTL prevents deadlock.' })],
    silent: [leader({ notes: 'A long TTL is a longer outage, not a deadlock.' }), leader()],
  },
  'one-holder-belief': {
    fires: [leader({ fencing: 'none', reason: 'etcd guarantees that only one node leads' })],
    silent: [leader({ reason: 'etcd guarantees that only one node leads' }), leader({ fencing: 'none' })],
  },
  'names-failure': { fires: [leader()], silent: [leader({ reason: 'we know etcd well' })] },
  'heartbeat-lapses': {
    fires: [leader({ heartbeatSeconds: 30 }), leader({ heartbeatSeconds: 45 })],
    silent: [leader(), leader({ lock: 'sql', heartbeatSeconds: 45 })],
  },
  'heartbeat-no-retry': {
    fires: [leader({ heartbeatSeconds: 20 })],
    silent: [leader({ heartbeatSeconds: 15 }), leader({ heartbeatSeconds: 30 })],
  },
  'heartbeat-load': {
    fires: [leader({ heartbeatSeconds: 1 })],
    // client-go tries every 2 s of 15, Hazelcast every 5 s of 300: neither is a mistake.
    silent: [leader({ ttlSeconds: 15, heartbeatSeconds: 2 }), leader({ ttlSeconds: 300, heartbeatSeconds: 5 })],
  },
  'heartbeat-none': { fires: [leader({ heartbeatSeconds: 0 })], silent: [leader({ heartbeatSeconds: null })] },
  'heartbeat-third': {
    fires: [leader(), leader({ heartbeatSeconds: 6 }), leader({ heartbeatSeconds: 15 })],
    silent: [leader({ heartbeatSeconds: 4 }), leader({ heartbeatSeconds: 16 }), leader({ lock: 'sql' })],
  },
  'ttl-long': {
    fires: [leader({ ttlSeconds: 300 })],
    silent: [leader({ ttlSeconds: 120 }), leader({ lock: 'sql', ttlSeconds: 300 })],
  },
  'ttl-short': { fires: [leader({ ttlSeconds: 2 })], silent: [leader({ ttlSeconds: 5 })] },
  'ttl-idle': {
    fires: [
      { about: 'booking', lock: 'sql', ttlSeconds: 30 },
      { about: 'booking', lock: 'conditional-update', heartbeatSeconds: 3 },
    ],
    silent: [{ about: 'booking', lock: 'sql' }, leader(), { about: 'booking', lock: 'queue', ttlSeconds: 30 }],
  },
  'ttl-bounded': { fires: [leader()], silent: [leader({ ttlSeconds: 61 }), leader({ ttlSeconds: 4 })] },
  'no-fencing': {
    fires: [leader({ fencing: 'none' }), { about: 'payments', ...lease, fencing: 'none' }],
    silent: [
      leader(),
      { about: 'booking', lock: 'conditional-update', fencing: 'none' },
      { about: 'rate-limit', ...lease, fencing: 'none' },
    ],
  },
  'lease-alone': {
    fires: [leader({ fencing: 'not-needed' })],
    silent: [{ about: 'file', ...lease, fencing: 'not-needed', notes: 'A conditional put decides.' }, leader()],
  },
  'fencing-uncheckable': {
    fires: [
      { about: 'payments', ...lease, fencing: 'writes' },
      { about: 'cron', ...lease },
    ],
    silent: [leader(), { about: 'payments', lock: 'idempotency-key', fencing: 'not-possible' }],
  },
  'fencing-possible': {
    fires: [leader({ fencing: 'not-possible' })],
    silent: [{ about: 'payments', lock: 'idempotency-key', fencing: 'not-possible' }],
  },
  'token-without-grant': {
    fires: [{ about: 'booking', lock: 'unique-constraint', fencing: 'writes' }],
    silent: [{ about: 'booking', lock: 'sql', fencing: 'writes' }, leader()],
  },
  'redis-token': {
    fires: [leader({ lock: 'redis' }), leader({ lock: 'redlock', fencing: 'writes' })],
    silent: [leader(), leader({ lock: 'redis', fencing: 'none' })],
  },
  'k8s-token': {
    fires: [leader({ lock: 'k8s-lease' })],
    silent: [leader({ lock: 'k8s-lease', notes: 'We raise an epoch in the store.' }), leader()],
  },
  'token-gap': {
    fires: [leader({ fencing: 'writes' })],
    silent: [leader(), leader({ fencing: 'writes', notes: 'The new leader seals before it reads.' })],
  },
  fenced: { fires: [leader()], silent: [leader({ fencing: 'none' }), { about: 'payments', ...lease }] },
  'fencing-honest': {
    fires: [{ about: 'payments', lock: 'idempotency-key', fencing: 'not-possible' }],
    silent: [leader({ fencing: 'not-possible' })],
  },
  'fencing-unneeded': {
    fires: [
      { about: 'booking', lock: 'conditional-update', fencing: 'not-needed' },
      { about: 'booking', lock: 'sql', fencing: 'not-needed' },
      { about: 'file', ...lease, fencing: 'not-needed', notes: 'A conditional put decides.' },
    ],
    silent: [leader({ fencing: 'not-needed' }), { about: 'cron', lock: 'sql', fencing: 'not-needed' }],
  },
};

describe('rules', () => {
  test('have an id of their own, and each has examples', () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(examples).sort()).toEqual([...ids].sort());
  });

  for (const [id, { fires, silent }] of Object.entries(examples)) {
    test(`${id} finds what it is for and leaves the rest alone`, () => {
      for (const answer of fires) expect(idsOf(answer), JSON.stringify(answer)).toContain(id);
      for (const answer of silent) expect(idsOf(answer), JSON.stringify(answer)).not.toContain(id);
    });
  }

  test('say nothing about an answer that nobody has begun', () => {
    expect(idsOf({ about: 'booking' })).toEqual([]);
  });

  const phrase = fc.constantFrom(
    'only one leader at a time',
    'the TTL prevents deadlock',
    'a heartbeat handles GC pauses',
    'a conditional update decides',
    'idempotency key',
    'unique row per scheduled time',
    'SETNX',
    'TrueTime locks',
    'failover loses the key',
    'no lock at all',
    'atomic INCR',
  );
  const anyAnswer = fc.record({
    about: fc.constantFrom(...useCaseIds),
    lock: fc.constantFrom(null, ...lockIds),
    reason: fc.array(phrase, { maxLength: 3 }).map((list) => list.join('. ')),
    ttlSeconds: fc.option(fc.constantFrom(1, 5, 15, 30, 60, 119, 300)),
    heartbeatSeconds: fc.option(fc.constantFrom(0, 0.5, 1, 5, 10, 20, 60)),
    fencing: fc.constantFrom(null, ...fencingIds),
    notes: fc.array(phrase, { maxLength: 1 }).map((list) => list.join('. ')),
    correctness: fc.boolean(),
    checksToken: fc.boolean(),
    transactional: fc.boolean(),
    refusal: fc.constantFrom(null, 'the store can refuse it'),
  });

  test('never praise and blame the same blank, and never call one blank two opposite things', () => {
    const opposites = [
      ['ttl-long', 'ttl-short'],
      ['ttl-blank', 'ttl-idle'],
      ['heartbeat-lapses', 'heartbeat-no-retry', 'heartbeat-load', 'heartbeat-none', 'heartbeat-blank'],
      ['fencing-uncheckable', 'fencing-possible', 'no-fencing', 'lease-alone', 'fencing-blank'],
      ['fencing-uncheckable', 'token-without-grant', 'redis-token'],
      ['wrong-tool', 'half-tool'],
      ['lock-by-reflex', 'cron-lock-only', 'payments-lock-only', 'rate-limit-lock'],
      ['just-setnx', 'failover-unsaid', 'reason-blank'],
    ];
    fc.assert(
      fc.property(anyAnswer, ({ about, lock, reason, ttlSeconds, heartbeatSeconds, fencing, notes, ...more }) => {
        const blanks: Blanks = { useCase: 'this', lock, reason, ttlSeconds, heartbeatSeconds, fencing, notes };
        const found = check(blanks, facts(about, more), { resource: 'the store' });
        const blamed = new Set(found.filter((one) => one.severity !== 'good').map((one) => one.field));
        for (const one of found) {
          if (one.severity === 'good') expect(blamed.has(one.field), one.id).toBe(false);
          expect(`${one.finding} ${one.why}`).not.toMatch(/undefined|null|NaN| {2}/);
          expect(one.finding).toMatch(/^[A-Z].*\.$/);
        }
        for (const group of opposites) {
          expect(found.filter((one) => group.includes(one.id)).length, `${group}`).toBeLessThanOrEqual(1);
        }
        const ranks = found.map((one) => ['wrong', 'weak', 'good'].indexOf(one.severity));
        expect(ranks).toEqual([...ranks].sort());
      }),
      { numRuns: 1500 },
    );
  });
});

describe('reading the words', () => {
  test('a denied word is not said', () => {
    expect(says('We use an idempotency key.', /idempoten/i)).toBe(true);
    expect(says('There is no idempotency key.', /idempoten/i)).toBe(false);
    expect(says("We don't have an idempotency key", /idempoten/i)).toBe(false);
    expect(says('A lock instead of an idempotency key', /idempoten/i)).toBe(false);
    expect(says('It is not fast, but it has an idempotency key', /idempoten/i)).toBe(true);
    expect(says('Not only an idempotency key helps', /idempoten/i)).toBe(true);
  });

  test('a claim is turned round by a denial anywhere in its sentence', () => {
    expect(claims('The TTL prevents deadlock.', /ttl.*deadlock/i)).toBe(true);
    expect(claims("The TTL doesn't prevent deadlock.", /ttl.*deadlock/i)).toBe(false);
    expect(claims('It is not slow. The TTL prevents deadlock.', /ttl.*deadlock/i)).toBe(true);
  });
});
