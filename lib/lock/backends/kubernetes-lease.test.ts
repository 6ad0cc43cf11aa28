// What is particular to a Kubernetes Lease: optimistic updates, time by the candidate's own clock alone, a leader that stops
// before others may take over, and a token that only counts changes of holder.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { FaultRule, Line, Rate, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const base: Scenario = { ...quiet, backend: 'kubernetes-lease' };
const alone = (...lines: readonly Line[]): Scenario => ({ ...base, clients: { A: programOf(...lines) } });
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 30, patience: 0 };
const quietly = (scenario: Scenario): Trace => run(compile(scenario), natural(), 300);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);
const tokens = (trace: Trace) => chronicle(trace).leases.map(({ who, fence }) => [who, fence]);

describe('the record', () => {
  test('is made by the first, and given back by writing no holder into it', () => {
    expect(names(quietly(alone(acquire, { op: 'release' })))).toEqual([
      'get lease/lock',
      '404',
      'create lease/lock holder A1',
      '201 rv 1',
      'update lease/lock holder - if rv 1',
      '200 rv 2',
    ]);
  });

  test('is changed by one of two candidates that have both seen it free; the other gets a conflict', () => {
    const trace = quietly({ ...base, clients: { A: addOne(30, 0), B: addOne(30, 0) } });
    expect(names(trace)).toContain('409 already exists');
    expect(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome])).toEqual([
      ['B', 'held'],
      ['A', 'done'],
    ]);
  });

  test('survives the API server, which keeps no time and forgets nothing', () => {
    const scenario: Scenario = {
      ...base,
      clients: { A: addOne(30, 0), B: addOne(30, 60) },
      options: { retry: [15, 15], timeout: 9, onTimeout: 'ask-again' },
      faults: [
        { kind: 'crash', targets: ['apiserver'], atMost: 1 },
        { kind: 'restart', targets: ['apiserver'], atMost: 1 },
      ],
    };
    expect(check(scenario, 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
  });
});

describe('a candidate', () => {
  const holder = programOf({ ...acquire }, { op: 'work', takes: [80, 80] }, { op: 'write' });
  const late = programOf({ op: 'work', takes: [20, 20] }, { ...acquire, patience: 90 }, { op: 'write' });
  const takeover = quietly({ ...base, options: { retry: [5, 5] }, clients: { A: holder, B: late } });

  test('waits a whole lease from when it saw the record, however old that was by then', () => {
    const [first, second] = chronicle(takeover).leases;
    // A's record is of ms 3 and would be over at 33. B sees it at 22 and may not write before 52.
    expect(first).toMatchObject({ who: 'A', from: 3 });
    expect(second?.who).toBe('B');
    expect(second?.from).toBeGreaterThanOrEqual(52);
  });

  test('waits a whole lease again when the record has changed in between', () => {
    const renewing = programOf({ ...acquire, renew: 25 }, { op: 'work', takes: [70, 70] }, { op: 'write' });
    const options = { retry: [5, 5], renewDeadline: FOREVER } as const;
    const trace = quietly({ ...base, options, clients: { A: renewing, B: late } });
    // A writes at 3, 30 and 55, and ends without giving it back; B sees the last of these at 57 or later.
    const second = chronicle(trace).leases[1];
    expect(second?.who).toBe('B');
    expect(second?.from).toBeGreaterThan(55 + 30);
  });

  test('F7: whose answer was lost finds its own name, and that is no change of holder', () => {
    const doubtful = replay(
      compile({
        ...alone({ ...acquire, patience: 60 }, { op: 'write' }),
        options: { timeout: 6, onTimeout: 'ask-again' },
        faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
      }),
      [
        'A: acquire',
        'deliver A→apiserver: get lease/lock',
        'deliver apiserver→A: 404',
        'deliver A→apiserver: create lease/lock holder A1',
        'lose apiserver→A: 201 rv 1',
        'timer A: no answer',
        'timer A: ask again',
        'deliver A→apiserver: get lease/lock',
        'deliver apiserver→A: 200 holder A1 rv 1',
        'deliver A→apiserver: update lease/lock holder A1 if rv 1',
        'deliver apiserver→A: 200 rv 2',
      ],
    );
    expect(doubtful.stuck).toBeUndefined();
    expect(tokens(doubtful)).toEqual([['A', 1]]);
    expect(chronicle(doubtful).beliefs).toMatchObject([{ who: 'A', fence: 1 }]);
  });
});

describe('the token', () => {
  test('counts changes of holder', () => {
    const again = alone(acquire, { op: 'release' }, acquire, { op: 'release' });
    expect(tokens(quietly(again))).toEqual([
      ['A', 1],
      ['A', 2],
    ]);
  });

  test('does not rise when an identity takes its own lease again after it was over', () => {
    const lapsed = alone(acquire, { op: 'work', takes: [50, 50] }, { op: 'extend', ttl: 30 }, { op: 'write' });
    expect(tokens(quietly(lapsed))).toEqual([['A', 1]]);
    expect(chronicle(quietly(lapsed)).endings).toMatchObject([{ outcome: 'done' }]);
  });

  test('F14: starts over when the Lease is deleted, so it is not promised to rise then', () => {
    const deleting: Scenario = { ...base, options: { retry: [16, 16], release: 'delete' } };
    expect(check(deleting, 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 0 });
    expect(check(base, 'rising-tokens')).toMatchObject({ kind: 'holds' });
  });

  test('F9: a delete by name takes away the lease of somebody else, an update that is conditional does not', () => {
    const paused: Scenario = {
      ...base,
      faults: [pausing(['A'], 1, 40)],
      clients: { A: addOne(16, 0), B: addOne(16, 60) },
    };
    const blind: Scenario = { ...paused, options: { ...paused.options, release: 'delete' } };
    expect(check(blind, 'only-owner-releases')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(paused, 'only-owner-releases')).toMatchObject({ kind: 'holds' });
  });
});

describe('a leader that cannot renew', () => {
  const cutOff: FaultRule = { kind: 'partition', targets: ['A'], from: ['apiserver'], atMost: 1 };
  const leads = programOf({ ...acquire, renew: 10 }, { op: 'work', takes: [60, 60] }, { op: 'release' });
  const waits = programOf({ ...acquire, patience: 200 }, { op: 'release' });
  const duel: Scenario = {
    ...base,
    options: { retry: [16, 16] },
    network: [1, 1],
    clients: { A: leads, B: waits },
    faults: [cutOff],
  };

  test('stops at its deadline, before anybody else may take over', () => {
    expect(check(duel, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
  });

  test('F11: goes on beside its successor when it has no deadline', () => {
    const careless: Scenario = { ...duel, options: { ...duel.options, renewDeadline: FOREVER } };
    expect(check(careless, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  const ticking = (node: string, rate: Rate): Scenario => ({
    ...duel,
    faults: [cutOff, { kind: 'clockRate', targets: [node], rates: [rate], atMost: 1 }],
  });

  test('F6: may have a clock that is slow by as much as lease : deadline, and not more', () => {
    expect(check(ticking('A', [4, 5]), 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
    expect(check(ticking('A', [1, 2]), 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('F6: leaves room for others whose clock is fast by as much, though not for any clock', () => {
    expect(check(ticking('B', [5, 4]), 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
    expect(check(ticking('B', [4, 1]), 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('does not mind clocks that show different times, and an API server whose clock does anything', () => {
    const jumping: Scenario = {
      ...duel,
      faults: [cutOff, { kind: 'clockJump', targets: ['A', 'B', 'apiserver'], by: [-500, 500], atMost: 1 }],
    };
    expect(check(jumping, 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
    expect(check(ticking('apiserver', [4, 1]), 'one-believer')).toMatchObject({ kind: 'holds', faults: 2 });
  });
});

test('a deadline that is over at once is refused', () => {
  expect(problems({ ...base, options: { renewDeadline: 0 } })).toEqual([
    'renewDeadline must be above 0, or a leader stops before it can renew',
  ]);
});
