// What is particular to a conditional update: the row count decides, a loser reads again, and a lost reply is a doubt.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { pausing, programOf, quiet } from '../examples.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { POSTGRES } from '../servers/postgres-statements.ts';
import { compile } from '../system.ts';
import type { BackendOptions, FaultKind, FaultRule, Line, NodeId, Program, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const read: Line = { op: 'read' };
const once = programOf(read, { op: 'write' });
/** Whoever loses reads again. */
const retrying = programOf(read, { op: 'compareAndWrite', else: 0 });
const both = (program: Program): Scenario => {
  return { ...quiet, backend: 'conditional-update', options: {}, clients: { A: program, B: program } };
};
const with_ = (scenario: Scenario, options: Partial<BackendOptions>, ...faults: readonly FaultRule[]): Scenario => {
  return { ...scenario, options, faults };
};
const strikes = (kind: FaultKind, ...targets: readonly NodeId[]): FaultRule => ({ kind, targets, atMost: 1 });
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const written = (trace: Trace) =>
  chronicle(trace)
    .accesses.filter(({ what }) => what === 'write')
    .map(({ who, value, accepted }) => `${who} ${value} ${accepted ? 'accepted' : 'refused'}`);

test('the version that was read is the condition, and UPDATE 0 a conflict', () => {
  const trace = quietly(both(once));
  expect(names(trace)).toEqual([
    'A→postgres: SELECT n FROM t',
    'B→postgres: SELECT n FROM t',
    'postgres→A: n = 0',
    'postgres→B: n = 0',
    'A→postgres: UPDATE t SET n = 1, version = version + 1 WHERE version = 0',
    'B→postgres: UPDATE t SET n = 1, version = version + 1 WHERE version = 0',
    'postgres→A: UPDATE 1',
    'postgres→B: UPDATE 0',
  ]);
  expect(endings(trace)).toEqual({ A: 'done', B: 'conflict' });
});

test('whoever loses may read again and then wins', () => {
  const trace = quietly(both(retrying));
  expect(written(trace)).toEqual(['A 1 accepted', 'B 1 refused', 'B 2 accepted']);
  expect(endings(trace)).toEqual({ A: 'done', B: 'done' });
});

test('the version is that of the last own write, too', () => {
  const twice = programOf(read, { op: 'write' }, { op: 'write' });
  const trace = quietly({ ...both(twice), clients: { A: twice } });
  expect(written(trace)).toEqual(['A 1 accepted', 'A 2 accepted']);
  expect(endings(trace)).toEqual({ A: 'done' });
});

describe('no update is lost', () => {
  const late: FaultRule = { kind: 'delay', targets: ['A', 'B'], atMost: 1, lasts: [40] };
  const crashes = [strikes('crash', POSTGRES), strikes('restart', POSTGRES)];
  test.each<readonly [string, readonly FaultRule[]]>([
    ['without a fault', []],
    ['by a client that is paused between its read and its write (F2, F13)', [pausing(['A', 'B'], 2, 60)]],
    ['by a packet that is late (F3)', [late]],
    ['by a connection that breaks (F10)', [strikes('disconnect', 'A')]],
    ['by a client that crashes and starts again (F1)', [strikes('crash', 'A'), strikes('restart', 'A')]],
    ['by a database that crashes, since what it confirmed is on disk (F12)', crashes],
  ])('%s', (_title, faults) => {
    for (const program of [once, retrying]) {
      const scenario = with_(both(program), { timeout: 90 }, ...faults);
      expect(check(scenario, 'no-lost-update').kind).toBe('holds');
    }
  });

  test('and somebody still finishes', () => {
    const faults = [pausing(['A'], 1, 60), strikes('disconnect', 'B')];
    expect(check(with_(both(retrying), { onTimeout: 'ask-again' }, ...faults), 'somebody-finishes').kind).toBe('holds');
  });

  test('but by a database that comes back with an empty disk', () => {
    const options = { timeout: 9, onTimeout: 'ask-again' } as const;
    const scenario = with_(both(once), options, strikes('crash', POSTGRES), strikes('wipe', POSTGRES));
    expect(check(scenario, 'no-lost-update').kind).toBe('violated');
  });
});

test('a seat that is read as free and then written is sold once', () => {
  const seat = programOf(read, { op: 'ifFree', else: 3 }, { op: 'write' });
  expect(check(both(seat), 'no-double-effect').kind).toBe('holds');
});

describe('a reply that is lost (F7)', () => {
  const lost: FaultRule = { ...strikes('loss', 'A'), oneWay: 'in' };
  const alone = (onTimeout: BackendOptions['onTimeout'], program = once) =>
    with_({ ...both(program), clients: { A: program } }, { timeout: 9, onTimeout }, lost);
  const UPDATE = 'UPDATE t SET n = 1, version = version + 1 WHERE version = 0';
  const unheard = [
    'A: read',
    'deliver A→postgres: SELECT n FROM t',
    'deliver postgres→A: n = 0',
    'A: write',
    `deliver A→postgres: ${UPDATE}`,
    'lose postgres→A: UPDATE 1',
    'timer A: no answer',
  ];
  const play = (scenario: Scenario, ...more: readonly string[]) => {
    const trace = replay(compile(scenario), [...unheard, ...more]);
    expect(trace.stuck).toBeUndefined();
    return trace;
  };

  test('ends in doubt', () => {
    expect(endings(play(alone('give-up')))).toEqual({ A: 'timeout' });
  });

  test('and is asked for again meets its own update, and looks like a defeat', () => {
    const trace = play(alone('ask-again'), `deliver A→postgres: ${UPDATE}`, 'deliver postgres→A: UPDATE 0');
    expect(endings(trace)).toEqual({ A: 'conflict' });
    expect(written(trace)).toEqual(['A 1 accepted', 'A 1 refused']);
    // A program that takes the defeat for real and begins anew has its effect twice.
    expect(check(alone('ask-again', retrying), 'no-double-effect')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('is found out by looking who wrote the row last', () => {
    const trace = play(
      alone('ask-whose'),
      `deliver A→postgres: ${UPDATE}`,
      'deliver postgres→A: UPDATE 0',
      'deliver A→postgres: SELECT n FROM t',
      'deliver postgres→A: n = 1',
    );
    expect(endings(trace)).toEqual({ A: 'done' });
    expect(check(alone('ask-whose', retrying), 'no-double-effect').kind).toBe('holds');
  });

  test('is not found out once somebody else has written the row', () => {
    const later = programOf({ op: 'work', takes: [4, 4] }, read, { op: 'write' });
    const rivals = { ...alone('ask-whose'), clients: { A: once, B: later } };
    const trace = replay(compile(rivals), [
      'A: read',
      'B: work',
      'deliver A→postgres: SELECT n FROM t',
      'deliver postgres→A: n = 0',
      'A: write',
      `deliver A→postgres: ${UPDATE}`,
      'lose postgres→A: UPDATE 1',
      'B: read',
      'deliver B→postgres: SELECT n FROM t',
      'deliver postgres→B: n = 1',
      'B: write',
      'deliver B→postgres: UPDATE t SET n = 2, version = version + 1 WHERE version = 1',
      'deliver postgres→B: UPDATE 1',
      'timer A: no answer',
      `deliver A→postgres: ${UPDATE}`,
      'deliver postgres→A: UPDATE 0',
      'deliver A→postgres: SELECT n FROM t',
      'deliver postgres→A: n = 2',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(endings(trace)).toEqual({ A: 'conflict', B: 'done' });
    expect(written(trace)).toEqual(['A 1 accepted', 'B 2 accepted', 'A 1 refused']);
  });
});

test('there is no lock to acquire', () => {
  const locking = programOf({ op: 'acquire', key: 'lock', ttl: 9, patience: 0 }, { op: 'release' });
  expect(() => quietly(both(locking))).toThrow("'conditional-update' needs no lock, so there is none to acquire");
});
