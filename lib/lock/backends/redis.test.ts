// What is particular to one Redis server: expiry, extension, release, lost answers and a restart without persistence.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, moveNamed, pausing, programOf, quiet } from '../examples.ts';
import { replay, run } from '../run.ts';
import { natural, scripted } from '../schedulers.ts';
import { apply } from '../step.ts';
import { compile } from '../system.ts';
import type { Line, Scenario } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const alone = (...lines: readonly Line[]): Scenario => ({ ...quiet, clients: { A: programOf(...lines) } });
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 12, patience: 0 };
const names = (scenario: Scenario) =>
  chronicle(run(compile(scenario), natural(), 200)).messages.map(({ name }) => name);
const endings = (scenario: Scenario) => chronicle(run(compile(scenario), natural(), 200)).endings;

describe('the lease', () => {
  test('counts for the client from when the request was sent, and for the server from when it came', () => {
    const { beliefs, leases } = chronicle(run(compile(alone(acquire, { op: 'release' })), natural(), 20));
    expect(beliefs[0]).toMatchObject({ from: 2, validUntil: 12 });
    expect(leases[0]).toMatchObject({ from: 1 });
    const slow = replay(compile(alone(acquire, { op: 'release' })), [
      'A: acquire',
      'deliver A→redis: SET lock A1 NX PX 12 @ 2',
      'deliver redis→A: OK token 1 @ 4',
    ]);
    expect(chronicle(slow).leases[0]).toMatchObject({ from: 2, until: 14 });
    expect(chronicle(slow).beliefs[0]).toMatchObject({ from: 4, validUntil: 12 });
  });

  test('is believed for a while by a client whose answer came too late, unless it looks at how long that took', () => {
    const slow: Scenario = {
      ...alone({ ...acquire, patience: 40 }, { op: 'release' }),
      faults: [{ kind: 'delay', targets: ['A'], atMost: 1, lasts: [30] }],
    };
    const late = ['A: acquire', 'deliver A→redis: SET lock A1 NX PX 12', 'delay redis→A: OK token 1 by 30 ms'];
    const answered = (scenario: Scenario) => {
      const trace = run(compile(scenario), scripted([...late, 'deliver redis→A: OK token 1']), 4);
      return {
        believes: chronicle(trace).beliefs.length > 0,
        sends: trace.steps.at(-1)?.world.pending.map(({ name }) => name),
      };
    };
    expect(answered(slow).believes).toBe(true);
    const careful = answered({ ...slow, options: { elapsedCheck: true } });
    expect(careful.believes).toBe(false);
    expect(careful.sends).toContain('DELEX lock IFEQ A1');
  });

  test('is gone for good when it ends: an extension that comes too late does not take it back', () => {
    const late = alone(acquire, { op: 'work', takes: [20, 20] }, { op: 'extend', ttl: 12 }, { op: 'release' });
    expect(names(late)).toEqual(['SET lock A1 NX PX 12', 'OK token 1', 'SET lock A1 IFEQ A1 PX 12', 'nil']);
    expect(endings(late)).toMatchObject([{ who: 'A', outcome: 'lost' }]);
  });

  test('lasts longer after an extension in time, under the same token', () => {
    const twice = alone(
      acquire,
      { op: 'work', takes: [8, 8] },
      { op: 'extend', ttl: 12 },
      { op: 'work', takes: [8, 8] },
      { op: 'stillMine', else: 6 },
      { op: 'write' },
    );
    const { leases, beliefs, endings: ends } = chronicle(run(compile(twice), natural(), 50));
    expect(leases).toHaveLength(1);
    expect(leases[0]).toMatchObject({ fence: 1, from: 1, until: 23 });
    expect(beliefs[0]?.validUntil).toBe(22);
    expect(ends[0]?.outcome).toBe('done');
  });

  test('ends at one and the same millisecond for "expired" and for "not mine any more"', () => {
    const until = (ms: number) =>
      alone(acquire, { op: 'work', takes: [ms, ms] }, { op: 'stillMine', else: 4 }, { op: 'write' });
    // The answer is there at 2, so 9 more are 11, one before the end, and 10 more are the end itself.
    expect(endings(until(9))[0]?.outcome).toBe('done');
    expect(endings(until(10))[0]?.outcome).toBe('lost');
  });

  test('is by the wall clock of the server, so a clock that runs ahead ends it early', () => {
    const system = compile({ ...quiet, clients: { A: addOne(12, 0), B: addOne(12, 0) } });
    const before = replay(system, ['A: acquire', 'B: acquire', 'deliver A→redis: SET lock A1 NX PX 12']);
    const world = before.steps.at(-1)?.world;
    if (!world?.nodes.redis) throw new Error('no redis');
    const ahead = { ...world, nodes: { ...world.nodes, redis: { ...world.nodes.redis, wallOffset: 12 } } };
    const move = moveNamed(system, ahead, 'deliver B→redis: SET lock B1 NX PX 12');
    expect(apply(system, ahead, move, move.window[0]).events.map(({ kind }) => kind)).toEqual(['freed', 'granted']);
  });
});

describe('release', () => {
  const paused: Scenario = { ...quiet, faults: [pausing(['A'], 1, 16)] };

  test('by compare-and-delete spares the lock of the next holder', () => {
    expect(check(paused, 'only-owner-releases').kind).toBe('holds');
  });

  test('by a bare DEL does not', () => {
    const blind: Scenario = { ...paused, options: { ...paused.options, release: 'delete' } };
    expect(check(blind, 'only-owner-releases')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('that comes too late is told so', () => {
    const late = alone(acquire, { op: 'work', takes: [20, 20] }, { op: 'release' });
    expect(names(late)).toEqual(['SET lock A1 NX PX 12', 'OK token 1', 'DELEX lock IFEQ A1', 'deleted 0']);
  });
});

describe('a timeout', () => {
  const slowServer: Scenario = {
    ...quiet,
    clients: { A: addOne(40, 0), B: addOne(40, 100) },
    options: { retry: [8, 8], timeout: 5 },
    faults: [pausing(['redis'], 1, 10)],
  };
  const doubt = replay(compile(slowServer), [
    'A: acquire',
    'pause redis for 10 ms',
    'B: acquire',
    'timer A: no answer',
    'timer B: no answer',
    'deliver A→redis: SET lock A1 NX PX 40',
  ]);

  test('is no answer at all, so the client does not claim that it was refused', () => {
    expect(doubt.stuck).toBeUndefined();
    expect(doubt.steps.flatMap(({ events }) => events)).toContainEqual({
      kind: 'answered',
      who: 'A',
      op: 'acquire',
      result: { ok: false, why: 'timeout', definite: false },
    });
  });

  test('may leave a lock behind that nobody knows of, until it expires', () => {
    const told = chronicle(doubt);
    expect(told.endings).toMatchObject([
      { who: 'A', outcome: 'timeout' },
      { who: 'B', outcome: 'timeout' },
    ]);
    expect(told.leases).toMatchObject([{ who: 'A', ended: null }]);
    expect(told.beliefs).toEqual([]);
  });
});

describe('a grant whose answer is lost (F7)', () => {
  const losing = (onTimeout: 'give-up' | 'ask-again' | 'ask-whose'): Scenario => ({
    ...quiet,
    network: [1, 1],
    clients: { A: addOne(30, 60) },
    options: { retry: [8, 8], timeout: 5, onTimeout },
    faults: [{ kind: 'loss', targets: ['A'], from: ['redis'], oneWay: 'in', atMost: 1 }],
  });
  const lost = [
    'A: acquire',
    'deliver A→redis: SET lock A1 NX PX 30',
    'lose redis→A: OK token 1',
    'timer A: no answer',
  ];
  const on = (scenario: Scenario, ...labels: readonly string[]) => {
    const trace = replay(compile(scenario), [...lost, ...labels]);
    expect(trace.stuck).toBeUndefined();
    return chronicle(trace);
  };

  test('leaves a lock behind that nobody knows of, if the client gives up', () => {
    const told = on(losing('give-up'));
    expect(told.endings).toMatchObject([{ who: 'A', outcome: 'timeout' }]);
    expect(told.leases).toMatchObject([{ who: 'A', ended: null, until: 31 }]);
  });

  test('refuses the very client that has it, if it only asks again', () => {
    const again = ['timer A: ask again', 'deliver A→redis: SET lock A1 NX PX 30', 'deliver redis→A: nil'];
    expect(on(losing('ask-again'), ...again).beliefs).toEqual([]);
    // Until its own forgotten lease has ended: the second token is another grant.
    expect(check(losing('ask-again'), 'somebody-finishes').kind).toBe('holds');
  });

  test('is found by a client that asks whose the lock is; the lease counts from when it was asked for first', () => {
    const told = on(
      losing('ask-whose'),
      'timer A: ask again',
      'deliver A→redis: SET lock A1 NX PX 30',
      'deliver redis→A: nil',
      'deliver A→redis: MGET lock lock:fence',
      'deliver redis→A: A1 1',
    );
    expect(told.beliefs).toMatchObject([{ who: 'A', fence: 1, from: 9, validUntil: 30 }]);
    expect(check(losing('ask-whose'), 'one-believer').kind).toBe('holds');
  });
});

test('a server that restarts without persistence has forgotten the lock and its counter', () => {
  const scenario: Scenario = {
    ...quiet,
    clients: { A: addOne(40, 0), B: addOne(40, 40) },
    options: { retry: [3, 3], timeout: 30 },
    faults: [
      { kind: 'crash', targets: ['redis'], atMost: 1 },
      { kind: 'restart', targets: ['redis'], atMost: 1 },
    ],
  };
  expect(check(scenario, 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  // F14: the token of the second holder is the first one's.
  expect(check(scenario, 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 2 });
  expect(check({ ...scenario, options: { ...scenario.options, durable: true } }, 'rising-tokens').kind).toBe('holds');
});

test('a client that is restarted draws a new value, so an answer to its earlier life is not taken for its own', () => {
  const scenario: Scenario = {
    ...quiet,
    clients: { A: addOne(12, 0) },
    faults: [
      { kind: 'crash', targets: ['A'], atMost: 1 },
      { kind: 'restart', targets: ['A'], atMost: 1 },
    ],
  };
  const trace = replay(compile(scenario), [
    'A: acquire',
    'crash A',
    'restart A',
    'A: acquire',
    'deliver A→redis: SET lock A1 NX PX 12',
    'deliver redis→A: OK token 1',
  ]);
  expect(trace.stuck).toBeUndefined();
  expect(chronicle(trace).messages.map(({ name }) => name)).toContain('SET lock A2 NX PX 12');
  expect(chronicle(trace).beliefs).toEqual([]);
});
