// What is particular to Hazelcast's FencedLock: a call that waits in the group's queue, a fence that the call itself returns, and
// a session whose end nobody tells its owner.
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

const base: Scenario = { ...quiet, backend: 'hazelcast', network: [1, 1] };
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 30, patience: 0 };
const alone = (...lines: readonly Line[]): Scenario => ({ ...base, clients: { A: programOf(...lines) } });
const quietly = (scenario: Scenario): Trace => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);
const leases = (trace: Trace) => chronicle(trace).leases.map(({ who, fence, ended }) => [who, fence, ended]);
const endings = (trace: Trace) => chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]);
const granted = [
  'A: acquire',
  'deliver A→hazelcast: createSession ttl 30',
  'deliver hazelcast→A: session A1',
  'deliver A→hazelcast: lock lock session A1',
];

describe('the lock call', () => {
  test('makes a session, and returns the fence', () => {
    expect(names(quietly(alone(acquire, { op: 'release' })))).toEqual([
      'createSession ttl 30',
      'session A1',
      'lock lock session A1',
      'fence 1',
      'unlock lock session A1',
      'unlocked',
    ]);
  });

  test('is answered in the order of the queue, with a higher fence each time that the lock was free', () => {
    const holds = programOf({ ...acquire, patience: 90 }, { op: 'work', takes: [5, 5] }, { op: 'release' });
    const trace = quietly({ ...base, clients: { A: holds, B: holds, C: holds } });
    expect(leases(trace)).toEqual([
      ['A', 1, 'released'],
      ['B', 2, 'released'],
      ['C', 3, 'released'],
    ]);
    // Nobody asks twice.
    expect(names(trace).filter((name) => name.startsWith('lock'))).toHaveLength(3);
  });

  test('that will wait for so long only is told fence 0, and leaves the queue', () => {
    const holds = programOf(acquire, { op: 'work', takes: [20, 20] }, { op: 'release' });
    const tries = (patience: number) => programOf({ ...acquire, patience }, { op: 'release' });
    const trace = quietly({ ...base, clients: { A: holds, B: tries(0), C: tries(8), D: tries(90) } });
    expect(endings(trace)).toEqual([
      ['B', 'held'],
      ['C', 'held'],
      ['A', 'done'],
      ['D', 'done'],
    ]);
  });

  test('F7: may be made again when its answer was lost: its uid is known, and the fence is the same', () => {
    const doubtful = replay(
      compile({
        ...alone({ ...acquire, patience: 60 }, { op: 'release' }),
        options: { timeout: 6 },
        faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
      }),
      [
        ...granted,
        'lose hazelcast→A: fence 1',
        'timer A: no answer',
        'timer A: ask again',
        'deliver A→hazelcast: lock lock session A1',
        'deliver hazelcast→A: fence 1',
      ],
    );
    expect(doubtful.stuck).toBeUndefined();
    expect(chronicle(doubtful).beliefs).toMatchObject([{ who: 'A', fence: 1 }]);
  });

  test('keeps its place in the queue when it is made again', () => {
    const impatient: Scenario = {
      ...base,
      options: { timeout: 7 },
      clients: {
        A: programOf(acquire, { op: 'work', takes: [20, 20] }, { op: 'release' }),
        B: programOf({ ...acquire, patience: 90 }, { op: 'release' }),
      },
    };
    const trace = quietly(impatient);
    expect(names(trace).filter((name) => name === 'lock lock session B1').length).toBeGreaterThan(1);
    expect(leases(trace)).toEqual([
      ['A', 1, 'released'],
      ['B', 2, 'released'],
    ]);
  });
});

describe('a session', () => {
  const idle = alone(acquire, { op: 'work', takes: [60, 60] }, { op: 'write' }, { op: 'release' });

  test('that ends frees the lock for the first in the queue', () => {
    const crashes = programOf(acquire, { op: 'work', takes: [5, 5] }, { op: 'write' });
    const waits = programOf({ ...acquire, patience: 90 }, { op: 'release' });
    expect(leases(quietly({ ...base, clients: { A: crashes, B: waits } }))).toEqual([
      ['A', 1, 'expired'],
      ['B', 2, 'released'],
    ]);
  });

  test('F10: ends without a word to its owner, who writes on and learns of it when it unlocks', () => {
    const trace = quietly(idle);
    expect(leases(trace)).toEqual([['A', 1, 'expired']]);
    expect(names(trace)).toEqual(expect.arrayContaining(['write 1 (token 1)', 'SessionExpired']));
    expect(chronicle(trace).endings).toMatchObject([{ who: 'A', outcome: 'done' }]);
  });

  test('F10: not even a heartbeat that fails brings the news to the program', () => {
    const beating = { ...alone({ ...acquire, renew: 10 }, { op: 'work', takes: [58, 58] }, { op: 'write' }) };
    const trace = replay(compile({ ...beating, faults: [pausing(['A'], 1, 50)] }), [
      ...granted,
      'deliver hazelcast→A: fence 1',
      'A: work',
      'pause A for 50 ms',
      'timer hazelcast: session A1',
      'timer A: renew',
      'deliver A→hazelcast: heartbeat session A1',
      'deliver hazelcast→A: SessionExpired',
      'A: write',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).beliefs).toMatchObject([{ who: 'A', until: null }]);
  });

  test('is kept alive while its caller waits, and fresh when the lock is had at last', () => {
    const holds = programOf({ ...acquire, renew: 10 }, { op: 'work', takes: [80, 80] }, { op: 'release' });
    const waits = programOf({ ...acquire, patience: 200 }, { op: 'work', takes: [5, 5] }, { op: 'release' });
    const trace = quietly({ ...base, clients: { A: holds, B: waits } });
    expect(names(trace)).not.toContain('SessionExpired');
    const belief = chronicle(trace).beliefs.find(({ who }) => who === 'B');
    expect(belief?.from).toBeGreaterThan(80);
    expect((belief?.validUntil ?? 0) - (belief?.from ?? 0)).toBe(30 - 2);
  });

  test('F18: that has ended in the queue gets nothing; its call fails and is made again with another', () => {
    const trace = replay(
      compile({
        ...base,
        clients: {
          A: programOf({ ...acquire, renew: 20 }, { op: 'work', takes: [90, 90] }, { op: 'release' }),
          B: programOf({ ...acquire, patience: 200 }, { op: 'release' }),
        },
        faults: [pausing(['B'], 1, 50)],
      }),
      [
        'A: acquire',
        'B: acquire',
        ...granted.slice(1, 2),
        'deliver B→hazelcast: createSession ttl 30',
        ...granted.slice(2, 3),
        'deliver hazelcast→B: session B1',
        ...granted.slice(3),
        'deliver B→hazelcast: lock lock session B1',
        'deliver hazelcast→A: fence 1',
        'A: work',
        'pause B for 50 ms',
        'timer A: renew',
        'deliver A→hazelcast: heartbeat session A1',
        'deliver hazelcast→A: OK',
        'timer hazelcast: session B1',
        'timer A: renew',
        'deliver A→hazelcast: heartbeat session A1',
        'deliver hazelcast→A: OK',
        'deliver hazelcast→B: SessionExpired',
        'deliver B→hazelcast: createSession ttl 30',
        'deliver hazelcast→B: session B1:2',
        'deliver B→hazelcast: lock lock session B1:2',
      ],
    );
    expect(trace.stuck).toBeUndefined();
    expect(leases(trace)).toEqual([['A', 1, null]]);
  });

  test('lasts one heartbeat longer for each change of leader', () => {
    const beating = programOf({ ...acquire, renew: 10 }, { op: 'work', takes: [90, 90] }, { op: 'write' });
    const trace = replay(
      compile({
        ...base,
        clients: { A: beating },
        faults: [
          { kind: 'failover', targets: ['hazelcast'], atMost: 1 },
          { kind: 'crash', targets: ['A'], atMost: 1 },
        ],
      }),
      [...granted, 'crash A', 'hazelcast elects a new leader', 'timer hazelcast: session A1 @ 41'],
    );
    expect(trace.stuck).toBeUndefined();
  });

  test('F5: ends too early when the clock of the leader is set forward, as it goes by the wall clock', () => {
    const two: Scenario = { ...base, clients: { A: addOne(30, 0), B: addOne(30, 60) } };
    const jump: FaultRule = { kind: 'clockJump', targets: ['hazelcast'], by: [40], atMost: 1 };
    expect(check({ ...two, faults: [jump] }, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check({ ...two, faults: [{ ...jump, by: [-40] }] }, 'one-believer')).toMatchObject({ kind: 'holds' });
  });
});

describe('a group that is started again', () => {
  const restarted: Scenario = {
    ...base,
    options: { timeout: 20 },
    clients: {
      A: programOf({ ...acquire, ttl: 60 }, { op: 'work', takes: [40, 40] }, { op: 'release' }),
      B: programOf({ ...acquire, ttl: 60, patience: 60 }, { op: 'release' }),
    },
    faults: [
      { kind: 'crash', targets: ['hazelcast'], atMost: 1 },
      { kind: 'restart', targets: ['hazelcast'], atMost: 1 },
    ],
  };

  test('F12, F14: has forgotten the lock and its fence, since nothing of it is on disk', () => {
    expect(check(restarted, 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
    expect(check(restarted, 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('knows both where CP persistence is on', () => {
    const durable: Scenario = { ...restarted, options: { ...restarted.options, durable: true } };
    expect(check(durable, 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
    expect(check(durable, 'rising-tokens')).toMatchObject({ kind: 'holds', faults: 2 });
  });
});

test('a release by name is refused, since only the session that holds the lock can unlock it', () => {
  expect(problems({ ...base, options: { release: 'delete' } })).toEqual([
    'only the session that holds a FencedLock can unlock it',
  ]);
});
