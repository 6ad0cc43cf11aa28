// What is particular to Consul: a session that may be ended late and never early, and the lock-delay, which buys time for what
// is still under way and is no fence.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { compile } from '../system.ts';
import type { FaultRule, Line, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const base: Scenario = { ...quiet, backend: 'consul' };
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 30, patience: 0 };
const alone = (...lines: readonly Line[]): Scenario => ({
  ...base,
  network: [1, 1],
  clients: { A: programOf(...lines) },
});
const quietly = (scenario: Scenario): Trace => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);
const leases = (trace: Trace) =>
  chronicle(trace).leases.map(({ who, fence, from, ended }) => ({ who, fence, from, ended }));

describe('a session', () => {
  test('is made first, acquires the key, releases it and is destroyed', () => {
    expect(names(quietly(alone(acquire, { op: 'release' })))).toEqual([
      'PUT session/create ttl 30',
      'session A1',
      'PUT kv/lock?acquire=A1',
      'true LockIndex 1',
      'PUT kv/lock?release=A1',
      'true',
      'PUT session/destroy/A1',
    ]);
  });

  test('ends by a timer of the leader, at its TTL or up to `sweep` later, and its holder is told', () => {
    const trace = quietly({
      ...alone(acquire, { op: 'work', takes: [60, 60] }, { op: 'write' }),
      options: { sweep: 30 },
    });
    expect(chronicle(trace).leases).toMatchObject([{ who: 'A', from: 3, until: 31, ended: 'expired' }]);
    expect(names(trace)).toContain('kv/lock changed');
    expect(chronicle(trace).endings).toMatchObject([{ outcome: 'lost' }]);
    const late = replay(
      compile({ ...alone(acquire, { op: 'work', takes: [60, 60] }, { op: 'write' }), options: { sweep: 30 } }),
      [
        'A: acquire',
        'deliver A→consul: PUT session/create ttl 30',
        'deliver consul→A: session A1',
        'deliver A→consul: PUT kv/lock?acquire=A1',
        'deliver consul→A: true LockIndex 1',
        'A: work',
        'timer consul: session A1 @ 61',
      ],
    );
    expect(late.stuck).toBeUndefined();
  });

  test('lives as long as it is renewed, and its time counts from when that was asked for', () => {
    const trace = quietly(
      alone(
        { ...acquire, renew: 15 },
        { op: 'work', takes: [50, 50] },
        { op: 'stillMine', else: 4 },
        { op: 'release' },
      ),
    );
    expect(chronicle(trace).endings).toMatchObject([{ outcome: 'done' }]);
    // Renewed at 17, 32 and 47; the answer to the last is there before the work is done.
    expect(chronicle(trace).beliefs).toMatchObject([{ validUntil: 47 + 30 }]);
  });

  test('F18: that has ended in the queue is not granted the key; its client makes another', () => {
    const patient = programOf({ ...acquire, ttl: 20, patience: 200 }, { op: 'release' });
    const holder = programOf({ ...acquire, renew: 10 }, { op: 'work', takes: [60, 60] }, { op: 'release' });
    const trace = quietly({
      ...base,
      network: [1, 1],
      options: { retry: [25, 25] },
      clients: { A: holder, B: patient },
    });
    expect(names(trace)).toContain('404');
    expect(leases(trace)).toMatchObject([{ who: 'A' }, { who: 'B', fence: 2, ended: 'released' }]);
  });

  test('F7: may ask for the key twice and gets it once, with the same LockIndex', () => {
    const trace = replay(
      compile({
        ...alone({ ...acquire, patience: 60 }, { op: 'release' }),
        options: { timeout: 6, onTimeout: 'ask-again' },
        faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
      }),
      [
        'A: acquire',
        'deliver A→consul: PUT session/create ttl 30',
        'deliver consul→A: session A1',
        'deliver A→consul: PUT kv/lock?acquire=A1',
        'lose consul→A: true LockIndex 1',
        'timer A: no answer',
        'timer A: ask again',
        'deliver A→consul: PUT session/renew/A1',
        'deliver consul→A: 200',
        'deliver A→consul: PUT kv/lock?acquire=A1',
        'deliver consul→A: true LockIndex 1',
      ],
    );
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).beliefs).toMatchObject([{ who: 'A', fence: 1 }]);
  });

  test('F8: releases nothing that another session holds, however late it asks', () => {
    const late: Scenario = {
      ...base,
      network: [1, 1],
      faults: [pausing(['A'], 1, 40)],
      clients: { A: addOne(16, 0), B: addOne(16, 60) },
    };
    expect(check(late, 'only-owner-releases')).toMatchObject({ kind: 'holds' });
  });
});

describe('the lock-delay', () => {
  const two: Scenario = {
    ...base,
    network: [1, 1],
    options: { retry: [3, 3] },
    clients: { A: addOne(30, 0), B: addOne(30, 70) },
    resource: 'none',
  };
  const without = (scenario: Scenario): Scenario => ({ ...scenario, options: { ...scenario.options, lockDelay: 0 } });
  const paused = (lasts: number): Scenario => ({ ...two, faults: [pausing(['A'], 1, lasts)] });
  const late = (lasts: number): Scenario => {
    const delay: FaultRule = {
      kind: 'delay',
      targets: ['A'],
      from: ['store'],
      oneWay: 'out',
      lasts: [lasts],
      atMost: 1,
    };
    return { ...two, faults: [delay] };
  };

  test('F2: makes up for a short pause that would break the lock without it, and not for a longer one', () => {
    expect(check(without(paused(28)), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(paused(28), 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(paused(60), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('F3: makes up for a write that is late by a little, and not for one that is later', () => {
    expect(check(without(late(28)), 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(late(28), 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(late(60), 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('follows a session that was ended with the key in its hand, and no release', () => {
    const crashing = programOf(acquire, { op: 'work', takes: [5, 5] }, { op: 'write' });
    const waits = programOf({ ...acquire, patience: 200 }, { op: 'release' });
    const first = (program: typeof crashing): Scenario => ({
      ...base,
      network: [1, 1],
      options: { retry: [2, 2] },
      clients: { A: program, B: waits },
    });
    const [, afterLoss] = leases(quietly(first(crashing)));
    expect(afterLoss?.from).toBeGreaterThanOrEqual(31 + 15);
    const [given, afterRelease] = chronicle(quietly(first(programOf(acquire, { op: 'release' })))).leases;
    expect(given?.ended).toBe('released');
    expect(afterRelease?.from).toBeLessThan(31);
  });

  test('F1: keeps everybody waiting after a crash, for the TTL and for itself', () => {
    const crashed: Scenario = { ...two, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };
    // At most: the session, the delay, and a poll with its messages that has just missed the end of both.
    expect(check({ ...crashed, within: 30 + 15 + 3 + 8 }, 'nobody-stuck')).toMatchObject({ kind: 'holds' });
    expect(check({ ...crashed, within: 40 }, 'nobody-stuck')).toMatchObject({ kind: 'violated' });
  });
});

describe('a change of leader', () => {
  const held = alone(acquire, { op: 'work', takes: [80, 80] }, { op: 'write' });
  const granted = [
    'A: acquire',
    'deliver A→consul: PUT session/create ttl 30',
    'deliver consul→A: session A1',
    'deliver A→consul: PUT kv/lock?acquire=A1',
    'deliver consul→A: true LockIndex 1',
    'A: work',
  ];

  test('starts the time of each session anew: a TTL is a lower bound', () => {
    const changed = replay(compile({ ...held, faults: [{ kind: 'failover', targets: ['consul'], atMost: 1 }] }), [
      ...granted,
      'consul elects a new leader @ 20',
      'timer consul: session A1 @ 50',
    ]);
    expect(changed.stuck).toBeUndefined();
    expect(chronicle(changed).leases).toMatchObject([{ until: 50 }]);
  });

  test('keeps requests waiting while nobody leads, and forgets none of them', () => {
    const changed = replay(
      compile({
        ...alone(acquire, { op: 'release' }),
        options: { election: 10 },
        faults: [{ kind: 'failover', targets: ['consul'], atMost: 1 }],
      }),
      [
        'A: acquire',
        'consul elects a new leader',
        'deliver A→consul: PUT session/create ttl 30',
        'timer consul: a leader is elected @ 10',
        'deliver consul→A: session A1 @ 11',
      ],
    );
    expect(changed.stuck).toBeUndefined();
  });

  test('does not lose a lock-delay, and a restart of all servers does', () => {
    const crashing = programOf(acquire, { op: 'work', takes: [2, 2] }, { op: 'write' });
    const waits = programOf({ op: 'work', takes: [35, 35] }, acquire, { op: 'release' });
    const changing = (...script: string[]) =>
      replay(
        compile({
          ...base,
          network: [1, 1],
          clients: { A: crashing, B: waits },
          options: { timeout: 90 },
          faults: ['failover', 'crash', 'restart'].map(
            (kind) => ({ kind, targets: ['consul'], atMost: 1 }) as FaultRule,
          ),
        }),
        [
          'A: acquire',
          'B: work',
          ...granted.slice(1, 5),
          'A: work',
          'A: write',
          'deliver A→store: write 1 (token 1)',
          'deliver store→A: written 1',
          'timer consul: session A1',
          'deliver consul→A: kv/lock changed',
          ...script,
          'B: acquire',
          'deliver B→consul: PUT session/create ttl 30',
          'deliver consul→B: session B1',
          'deliver B→consul: PUT kv/lock?acquire=B1',
        ],
      );
    const elected = changing('consul elects a new leader');
    const restarted = changing('crash consul', 'restart consul');
    expect([elected.stuck, restarted.stuck]).toEqual([undefined, undefined]);
    expect(names(elected)).not.toContain('true LockIndex 2');
    expect(names(restarted)).toContain('true LockIndex 2');
  });
});

test('F10: a holder that is cut off is not told, and goes on beside the next one', () => {
  const cut: Scenario = {
    ...base,
    network: [1, 1],
    options: { retry: [10, 10] },
    clients: {
      A: programOf({ ...acquire, renew: 15 }, { op: 'work', takes: [70, 70] }, { op: 'release' }),
      B: programOf({ ...acquire, patience: 90 }, { op: 'release' }),
    },
    faults: [{ kind: 'partition', targets: ['A'], from: ['consul'], atMost: 1 }],
  };
  expect(check(cut, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
});

test('a release by name is refused, since Consul has none', () => {
  expect(problems({ ...base, options: { release: 'delete' } })).toEqual([
    'Consul releases a key for the session that holds it, not by its name',
  ]);
});
