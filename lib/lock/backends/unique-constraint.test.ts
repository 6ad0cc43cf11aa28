// What is particular to a unique constraint: a second effect is refused whatever time it is and wherever it comes from.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { pausing, programOf, quiet } from '../examples.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { compile } from '../system.ts';
import type { BackendOptions, FaultKind, FaultRule, Line, NodeId, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const write: Line = { op: 'write' };
const insert = programOf(write);
const two: Scenario = { ...quiet, backend: 'unique-constraint', options: {}, clients: { A: insert, B: insert } };
const with_ = (options: Partial<BackendOptions>, ...faults: readonly FaultRule[]): Scenario => {
  return { ...two, options, faults };
};
const strikes = (kind: FaultKind, ...targets: readonly NodeId[]): FaultRule => ({ kind, targets, atMost: 1 });
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));

test('the second insert of a key is a conflict', () => {
  const trace = quietly(two);
  expect(names(trace)).toEqual([
    'A→postgres: INSERT INTO keys VALUES (once)',
    'B→postgres: INSERT INTO keys VALUES (once)',
    'postgres→A: INSERT 0 1',
    'postgres→B: ERROR 23505',
  ]);
  expect(endings(trace)).toEqual({ A: 'done', B: 'conflict' });
  expect(chronicle(trace).accesses.map(({ who, accepted }) => [who, accepted])).toEqual([
    ['A', true],
    ['B', false],
  ]);
});

test('a read says whether the row is there', () => {
  const seat = programOf({ op: 'read' }, { op: 'ifFree', else: 3 }, write);
  const late = programOf({ op: 'work', takes: [20, 20] }, { op: 'read' }, { op: 'ifFree', else: 4 }, write);
  expect(endings(quietly({ ...two, clients: { A: seat, B: late } }))).toEqual({ A: 'done', B: 'taken' });
});

describe('the effect happens once', () => {
  const late: FaultRule = { kind: 'delay', targets: ['A', 'B'], atMost: 1, lasts: [40] };
  test.each<readonly [string, readonly FaultRule[]]>([
    ['without a fault', []],
    ['with clients that are paused (F2)', [pausing(['A', 'B'], 2, 60)]],
    ['with a packet that is late (F3)', [late]],
    ['with a connection that breaks (F10)', [strikes('disconnect', 'A')]],
    ['with a client that crashes and does it again (F1)', [strikes('crash', 'A'), strikes('restart', 'A')]],
    ['with a reply that is lost and asked for again (F7)', [strikes('loss', 'A', 'B')]],
  ])('%s', (_title, faults) => {
    const scenario = with_({ timeout: 90, onTimeout: 'ask-again' }, ...faults);
    expect(check(scenario, 'no-double-effect').kind).toBe('holds');
  });

  test('and does happen', () => {
    const scenario = with_({ timeout: 90, onTimeout: 'ask-again' }, strikes('disconnect', 'A'), pausing(['B'], 1, 60));
    expect(check(scenario, 'somebody-finishes').kind).toBe('holds');
  });
});

describe('a job that runs each night, started on two hosts of which one is 12 ms behind (F17)', () => {
  const run: Line = write;
  const behind: Line = { op: 'work', takes: [12, 12] };
  const locked = (...first: readonly Line[]) =>
    programOf(...first, { op: 'acquire', key: 'cron 02:00', ttl: 60, patience: 0 }, run, { op: 'release' });

  test('runs twice under a lock, which is free again when the second host finds that it is time', () => {
    const redis: Scenario = { ...two, backend: 'redis', clients: { A: locked(), B: locked(behind) } };
    expect(check(redis, 'one-believer').kind).toBe('holds');
    expect(check(redis, 'no-double-effect')).toMatchObject({ kind: 'violated', faults: 0 });
    expect(endings(quietly(redis))).toEqual({ A: 'done', B: 'done' });
  });

  test('runs once where the run itself is a row with the scheduled time as its key', () => {
    const keyed: Scenario = { ...two, clients: { A: programOf(run), B: programOf(behind, run) } };
    expect(check(keyed, 'no-double-effect').kind).toBe('holds');
    expect(endings(quietly(keyed))).toEqual({ A: 'done', B: 'conflict' });
  });
});

describe('a reply that is lost (F7)', () => {
  const INSERT = 'deliver A→postgres: INSERT INTO keys VALUES (once)';
  const alone = (onTimeout: BackendOptions['onTimeout']): Scenario => {
    const lost: FaultRule = { ...strikes('loss', 'A'), oneWay: 'in' };
    return { ...with_({ timeout: 9, onTimeout }, lost), clients: { A: insert } };
  };
  const unheard = ['A: write', INSERT, 'lose postgres→A: INSERT 0 1', 'timer A: no answer'];
  const play = (scenario: Scenario, ...more: readonly string[]) => {
    const trace = replay(compile(scenario), [...unheard, ...more]);
    expect(trace.stuck).toBeUndefined();
    return endings(trace);
  };

  test('ends in doubt, or in a conflict with oneself', () => {
    expect(play(alone('give-up'))).toEqual({ A: 'timeout' });
    expect(play(alone('ask-again'), INSERT, 'deliver postgres→A: ERROR 23505')).toEqual({ A: 'conflict' });
  });

  test('is found out by looking whose the row is', () => {
    const look = ['deliver A→postgres: SELECT FROM keys WHERE key = once', 'deliver postgres→A: found A0'];
    expect(play(alone('ask-whose'), INSERT, 'deliver postgres→A: ERROR 23505', ...look)).toEqual({ A: 'done' });
  });

  test('is not taken for a success when the row is somebody else’s', () => {
    const rivals = { ...alone('ask-whose'), clients: two.clients };
    const trace = replay(compile(rivals), [
      'A: write',
      'B: write',
      'deliver B→postgres: INSERT INTO keys VALUES (once)',
      INSERT,
      'deliver postgres→B: INSERT 0 1',
      'lose postgres→A: ERROR 23505',
      'timer A: no answer',
      INSERT,
      'deliver postgres→A: ERROR 23505',
      'deliver A→postgres: SELECT FROM keys WHERE key = once',
      'deliver postgres→A: found B0',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(endings(trace)).toEqual({ A: 'conflict', B: 'done' });
  });
});
