// What is particular to Chubby: a client that counts its lease more cautiously than the master and holds still while it doubts, a
// grace period that outlasts an election, a generation number, and a lock-delay after a loss.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { moves as movesOf } from '../step.ts';
import { compile } from '../system.ts';
import type { FaultRule, Line, Program, Rate, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const base: Scenario = { ...quiet, backend: 'chubby', network: [1, 1] };
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 30, patience: 0 };
const alone = (...lines: readonly Line[]): Scenario => ({ ...base, clients: { A: programOf(...lines) } });
const quietly = (scenario: Scenario): Trace => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);
const waits = programOf({ ...acquire, patience: 90 }, { op: 'release' });
const granted = [
  'A: acquire',
  'deliver A→chubby: CreateSession lease 30',
  'deliver chubby→A: session A1',
  'deliver A→chubby: TryAcquire lock by A1',
  'deliver chubby→A: acquired, generation 1',
];

describe('a lock', () => {
  test('belongs to a session, and comes with a generation number', () => {
    expect(names(quietly(alone(acquire, { op: 'release' })))).toEqual([
      'CreateSession lease 30',
      'session A1',
      'TryAcquire lock by A1',
      'acquired, generation 1',
      'Release lock by A1',
      'released',
    ]);
    const again = quietly(alone(acquire, { op: 'release' }, acquire, { op: 'release' }));
    expect(chronicle(again).leases.map(({ fence }) => fence)).toEqual([1, 2]);
  });

  test('has one generation however often the same session asks for it (F7)', () => {
    const trace = replay(
      compile({
        ...alone({ ...acquire, patience: 60 }, { op: 'release' }),
        options: { timeout: 6, onTimeout: 'ask-again' },
        faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
      }),
      [
        ...granted.slice(0, 4),
        'lose chubby→A: acquired, generation 1',
        'timer A: no answer',
        'timer A: ask again',
        'deliver A→chubby: KeepAlive A1',
        'deliver chubby→A: lease 30',
        'deliver A→chubby: TryAcquire lock by A1',
        'deliver chubby→A: acquired, generation 1',
      ],
    );
    expect(trace.stuck).toBeUndefined();
  });

  test('is not waited for in vain: who gives up ends the session', () => {
    const holds = programOf(acquire, { op: 'work', takes: [20, 20] }, { op: 'release' });
    const trace = quietly({ ...base, clients: { A: holds, B: programOf(acquire, { op: 'release' }) } });
    expect(names(trace)).toContain('EndSession B1');
  });
});

describe('a KeepAlive', () => {
  const beating = alone({ ...acquire, renew: 12 }, { op: 'work', takes: [55, 55] }, { op: 'release' });

  test('gives the session a whole lease again, which its client counts from when it asked', () => {
    const { beliefs, leases } = chronicle(quietly(beating));
    // Asked for at 14, 26, 38 and 50.
    expect(beliefs).toMatchObject([{ validUntil: 50 + 30, until: 59 }]);
    expect(leases).toMatchObject([{ fence: 1, ended: 'released' }]);
  });

  test('that finds no session brings the news that the lock is lost', () => {
    const trace = replay(compile({ ...beating, faults: [pausing(['A'], 1, 50)] }), [
      ...granted,
      'A: work',
      'pause A for 50 ms',
      'timer chubby: session A1',
      'timer A: renew',
      'timer A: alarm',
      'deliver A→chubby: KeepAlive A1',
      'deliver chubby→A: no such session',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).endings).toMatchObject([{ who: 'A', outcome: 'lost' }]);
  });
});

describe('in jeopardy', () => {
  const works: Program = programOf(
    { ...acquire, renew: 10 },
    { op: 'read' },
    { op: 'work', takes: [50, 50] },
    { op: 'write' },
    { op: 'release' },
  );
  const change: FaultRule = { kind: 'failover', targets: ['chubby'], atMost: 1 };
  const leaderless = (election: number, grace: number): Scenario => ({
    ...base,
    options: { retry: [10, 10], election, grace },
    clients: { A: works },
    faults: [change],
  });
  const changeAt = (scenario: Scenario, ms: number) => {
    const system = compile(scenario);
    const quietRun = run(compile({ ...scenario, faults: [] }), natural(), 400);
    const before = quietRun.steps.filter(({ at }) => at.$at <= ms).map(({ move, at }) => `${move.label} @ ${at.$at}`);
    const script = [...before, `chubby elects a new leader @ ${ms}`];
    // From there on, whatever comes next.
    for (;;) {
      const trace = replay(system, script);
      expect(trace.stuck).toBeUndefined();
      const world = trace.steps.at(-1)?.world;
      const move = world && natural().pick(movesOf(system, world), world);
      if (!move) return trace;
      script.push(`${move.move.label} @ ${move.at.$at}`);
    }
  };

  test('a client holds still, and goes on when a new master answers within the grace period', () => {
    const trace = changeAt(leaderless(40, 45), 20);
    const { beliefs, accesses, endings } = chronicle(trace);
    // Its last answered KeepAlive is of 12, so it doubts from 42 on. There is a master again at 60.
    expect(beliefs).toMatchObject([
      { who: 'A', fence: 1, until: 42 },
      { who: 'A', fence: 1, from: 61 },
    ]);
    // The write was due at 56.
    expect(accesses.at(-1)).toMatchObject({ what: 'write', accepted: true });
    expect(accesses.at(-1)?.at).toBeGreaterThan(61);
    expect(endings).toMatchObject([{ outcome: 'done' }]);
  });

  test('a client gives up when the election takes longer than its grace period', () => {
    const trace = changeAt(leaderless(40, 10), 20);
    expect(chronicle(trace).endings).toMatchObject([{ who: 'A', outcome: 'lost', at: 42 + 10 }]);
    expect(chronicle(trace).accesses.map(({ what }) => what)).toEqual(['read']);
  });

  test('nobody else gets the lock, however long the election: a new master gives each session a whole lease', () => {
    for (const election of [0, 20, 40]) {
      const two: Scenario = { ...leaderless(election, 45), clients: { A: works, B: waits } };
      expect(check(two, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    }
  });

  test('F10: a client that is cut off stops before anybody else may have the lock', () => {
    const cut: FaultRule = { kind: 'partition', targets: ['A'], from: ['chubby'], atMost: 1 };
    const two: Scenario = {
      ...base,
      options: { retry: [10, 10], lockDelay: 0, timeout: 9 },
      clients: { A: works, B: waits },
      faults: [cut],
    };
    expect(check(two, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    const careless: Program = { ...works, onLost: 'ignore' };
    expect(check({ ...two, clients: { A: careless, B: waits } }, 'one-believer')).toMatchObject({ kind: 'violated' });
  });
});

describe('clocks', () => {
  const ticking = (rate: Rate, driftAllowance: number): Scenario => ({
    ...base,
    options: { retry: [4, 4], lockDelay: 0, driftAllowance },
    clients: {
      A: { ...programOf(acquire, { op: 'work', takes: [60, 60] }, { op: 'release' }), stopBefore: 0 },
      B: programOf({ ...acquire, patience: 50 }, { op: 'release' }),
    },
    faults: [{ kind: 'clockRate', targets: ['chubby'], rates: [rate], atMost: 1 }],
  });

  test('F6: a master whose clock runs fast ends a lease too early, unless the client allows for it', () => {
    expect(check(ticking([5, 4], 0), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(ticking([5, 4], 6), 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(ticking([2, 1], 6), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });
});

describe('the lock-delay', () => {
  const two: Scenario = {
    ...base,
    options: { retry: [3, 3] },
    clients: { A: addOne(30, 0), B: addOne(30, 70) },
  };
  const without = (scenario: Scenario): Scenario => ({ ...scenario, options: { ...scenario.options, lockDelay: 0 } });
  const paused = (lasts: number): Scenario => ({ ...two, faults: [pausing(['A'], 1, lasts)] });

  test('F2: makes up for a short pause that would break the lock without it, and not for a longer one', () => {
    expect(check(without(paused(28)), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(paused(28), 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    expect(check(paused(60), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('follows a loss, and no release', () => {
    const lost = quietly({ ...two, clients: { A: programOf(acquire, { op: 'write' }), B: waits } });
    expect(chronicle(lost).leases[1]?.from).toBeGreaterThanOrEqual(31 + 15);
    const released = quietly({ ...two, clients: { A: programOf(acquire, { op: 'release' }), B: waits } });
    expect(chronicle(released).leases[1]?.from).toBeLessThan(20);
  });

  test('is kept by a cell that is started again, like everything else that it has agreed on', () => {
    const restarted: Scenario = {
      ...two,
      options: { ...two.options, timeout: 12, onTimeout: 'ask-again' },
      faults: [
        { kind: 'crash', targets: ['chubby'], atMost: 1 },
        { kind: 'restart', targets: ['chubby'], atMost: 1 },
      ],
    };
    expect(check(restarted, 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
    expect(check(restarted, 'rising-tokens')).toMatchObject({ kind: 'holds', faults: 2 });
  });
});

test('a release by name is refused, since a lock is released for the session that holds it', () => {
  expect(problems({ ...base, options: { release: 'delete' } })).toEqual([
    'Chubby releases a lock for the session that holds it',
  ]);
});
