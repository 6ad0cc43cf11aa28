// One consumer in order, what at-least-once costs, and why the one consumer needs a fence of its own.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { compile } from '../system.ts';
import type { BackendOptions, FaultRule, Line, NodeId, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 120_000 });

const one: readonly Line[] = [{ op: 'read' }, { op: 'write' }];
const scenarioOf = (
  clients: Scenario['clients'],
  faults: readonly FaultRule[] = [],
  options: Partial<BackendOptions> = {},
): Scenario => ({
  ...quiet,
  backend: 'queue',
  options,
  clients,
  faults,
  expect: { 'no-lost-update': 'holds' },
  bounds: { timing: 'corners', states: 2_000_000 },
});
const two = (faults: readonly FaultRule[] = [], options: Partial<BackendOptions> = {}) =>
  scenarioOf({ A: programOf(...one), B: programOf(...one) }, faults, options);
const alone = (faults: readonly FaultRule[] = [], options: Partial<BackendOptions> = {}) =>
  scenarioOf({ A: programOf({ op: 'write' }) }, faults, options);
const crashing = (...targets: readonly NodeId[]): FaultRule => ({ kind: 'crash', targets, atMost: 1 });
const restarting = (...targets: readonly NodeId[]): FaultRule => ({ kind: 'restart', targets, atMost: 1 });
const verdict = (scenario: Scenario, property: string) => check(scenario, property).kind;
const endings = (trace: Trace) => chronicle(trace).endings.map(({ who, outcome }) => `${who} ${outcome}`);
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const writesIn = (trace: Trace) =>
  chronicle(trace).accesses.flatMap(({ who, what, accepted, value }) =>
    what === 'write' ? [`${who} ${value}${accepted ? '' : ' refused'}`] : [],
  );

describe('commands', () => {
  test('are carried out one by one, in the order in which they came', () => {
    const trace = quietly(alone());
    expect(chronicle(trace).messages.map(({ name }) => name)).toEqual([
      'produce n + 1',
      'record 0: A n + 1, epoch 1',
      'SELECT n, next (epoch 1)',
      'n = 0',
      'UPDATE n = 1, next = 1 WHERE epoch <= 1',
      '1 row, n = 1',
      'commit offset 1',
      'applied: n = 1',
    ]);
    expect(writesIn(quietly(two()))).toEqual(['A 1', 'B 2']);
  });

  test('are one more each, so no update is lost although everybody has read the same number', () => {
    for (const token of ['none', 'counter'] as const)
      expect(verdict(two([], { token }), 'no-lost-update')).toBe('holds');
  });

  test('may have a condition, which the consumer checks when their turn has come', () => {
    const careful = programOf({ op: 'read' }, { op: 'compareAndWrite' });
    const trace = quietly(scenarioOf({ A: careful, B: careful }));
    expect(endings(trace)).toEqual(['A done', 'B conflict']);
    expect(verdict(scenarioOf({ A: careful, B: careful }), 'no-double-effect')).toBe('holds');
  });

  test('that are sent again are known, in this life of the client and in the next', () => {
    const lossy = alone([{ kind: 'loss', targets: ['A'], atMost: 2 }], { timeout: 20, onTimeout: 'ask-again' });
    expect(verdict(lossy, 'no-double-effect')).toBe('holds');
    expect(verdict(lossy, 'somebody-finishes')).toBe('holds');
    expect(verdict(alone([crashing('A'), restarting('A')]), 'no-double-effect')).toBe('holds');
  });

  test('of a client that is paused or gone hold up nobody: there is no lock to leave behind (F1, F2)', () => {
    expect(verdict(two([pausing(['A'], 1, 60)]), 'no-lost-update')).toBe('holds');
    expect(verdict(two([crashing('A')]), 'somebody-finishes')).toBe('holds');
  });
});

describe('a consumer that falls silent is replaced', () => {
  const slow = pausing(['consumer1'], 1, 60);

  test('and when it wakes up it writes what it remembers: without a fence an update is lost (F2)', () => {
    expect(check(two([slow], { token: 'none' }), 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(verdict(two([slow]), 'no-lost-update')).toBe('holds');
  });

  test('and one command takes effect twice, unless the offset is kept with the number', () => {
    for (const fault of [slow, { kind: 'failover', targets: ['consumer1'], atMost: 1 } satisfies FaultRule]) {
      const options = { timeout: 200 };
      expect(check(alone([fault], { ...options, token: 'none' }), 'no-double-effect')).toMatchObject({
        kind: 'violated',
        faults: 1,
      });
      expect(verdict(alone([fault], options), 'no-double-effect')).toBe('holds');
      expect(verdict(two([fault], options), 'no-lost-update')).toBe('holds');
    }
  });

  test('although it only cannot be heard, and goes on writing (F10)', () => {
    const cut: FaultRule = { kind: 'partition', targets: ['consumer1'], atMost: 1, from: ['broker'], lasts: [60] };
    expect(verdict(alone([cut], { token: 'none' }), 'no-double-effect')).toBe('violated');
    expect(verdict(alone([cut]), 'no-double-effect')).toBe('holds');
  });

  test('so its death stops nobody', () => {
    const dying = two([crashing('consumer1')], { timeout: 200 });
    expect(verdict(dying, 'somebody-finishes')).toBe('holds');
    expect(verdict(dying, 'no-lost-update')).toBe('holds');
  });

  test('by nobody if the other is gone too, until one comes back', () => {
    const both: readonly FaultRule[] = [
      { kind: 'crash', targets: ['consumer1', 'consumer2'], atMost: 2 },
      restarting('consumer1'),
    ];
    const scenario = alone(both, { timeout: 400 });
    const dead = replay(compile(scenario), [
      ...['crash consumer1', 'crash consumer2', 'A: write', 'deliver A→broker: produce n + 1'],
      ...['timer broker: consumer is silent', 'timer broker: consumer is silent'],
    ]);
    expect(dead.stuck).toBeUndefined();
    expect(dead.steps.at(-1)?.world.nodes.broker?.memory).toMatchObject({ nobody: true });
    expect(verdict(scenario, 'somebody-finishes')).toBe('holds');
    expect(verdict(scenario, 'no-double-effect')).toBe('holds');
  });

  test('and may be the next one again, when it has heard of it', () => {
    const twice = two([pausing(['consumer1', 'consumer2'], 2, 60)]);
    expect(verdict(twice, 'no-lost-update')).toBe('holds');
    expect(verdict(twice, 'somebody-finishes')).toBe('holds');
  });
});

test('a broker that is started again has its log, and hands out what is not done', () => {
  const scenario = two([crashing('broker'), restarting('broker')], { timeout: 30, onTimeout: 'ask-again' });
  expect(verdict(scenario, 'no-lost-update')).toBe('holds');
  expect(verdict(scenario, 'somebody-finishes')).toBe('holds');
});

test('what makes no sense is refused', () => {
  expect(problems(two([], { token: 'record-version' }))).toHaveLength(1);
  expect(problems(two([], { idleTimeout: 0 }))).toHaveLength(1);
  expect(problems(two([{ kind: 'failover', targets: ['broker'], atMost: 1 }]))).toHaveLength(1);
  const locking = scenarioOf({ A: programOf({ op: 'acquire', key: 'lock', ttl: 9, patience: 0 }) });
  expect(() => quietly(locking)).toThrow("'queue' needs no lock, so there is none to acquire");
});
