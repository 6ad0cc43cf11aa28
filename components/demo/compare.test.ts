import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import {
  compile,
  experiment,
  type FaultChoice,
  knobsOf,
  lockIds,
  replay,
  type Scenario,
  type System,
  scriptOf,
  start,
  type Trace,
  traceHash,
  USUAL,
} from '#lib/lock/index.ts';
import { sameFaults, scheduleOf } from './compare-schedule.ts';
import { comparedOf, endOf, stripOf } from './compare-strip.ts';
import { turn } from './knobs-setting.ts';
import { exactly, firstTrace, onwards } from './trace-of.ts';

const paused = scenarioById('pause-no-fence') as Scenario;

function on(base: Scenario, lock: string): System {
  const turned = turn({ kind: 'scenario', base, model: null, knobs: null }, { ...knobsOf(base), lock });
  if (turned.kind === 'refused') throw new Error(turned.why);
  return turned.system;
}

function standard(lock: string, faults: readonly FaultChoice[]): System {
  const made = experiment({ ...USUAL, lock, faults }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  return compile(made.scenario);
}

/** Natural moves until somebody's line is next, and then this fault. */
function struckAt(system: System, faultLabel: RegExp, steps: number): Trace {
  const quiet = onwards(system, []);
  const script = scriptOf(quiet).slice(0, steps);
  const world = quiet.steps[steps - 1]?.world ?? start(system);
  const offered = replay(system, [...script, 'no such move']).stuck?.offered ?? [];
  const label = offered.find((one) => faultLabel.test(one))?.replace(/ @ \d+(–\d+)?$/, '');
  if (!label) throw new Error(`no ${faultLabel} at ${world.now.$at} ms among ${offered.join('; ')}`);
  return onwards(system, [...script, label]);
}

const faultsIn = (trace: Trace) => trace.steps.filter(({ move }) => move.kind === 'fault');

describe('the same faults in another system', () => {
  test('in the very same system it is the very same run', () => {
    for (const base of scenarios) {
      const system = compile(base);
      const first = firstTrace(system);
      const again = sameFaults(system, scheduleOf(system, first), system);
      expect(again.missed, base.id).toEqual([]);
      expect(traceHash(again.trace), base.id).toBe(traceHash(first));
    }
  });

  test('a pause between the check and the write falls there on every lock', () => {
    const system = compile(paused);
    const schedule = scheduleOf(system, firstTrace(system));
    for (const lock of lockIds) {
      const other = on(paused, lock);
      const { trace, missed } = sameFaults(system, schedule, other);
      expect(missed, lock).toEqual([]);
      const at = trace.steps.findIndex(({ move }) => move.label === 'pause A for 60 ms');
      const lines = trace.steps.slice(0, at).filter(({ move }) => move.label.startsWith('A: '));
      const expected = other.backend.locks === false ? 'A: work' : 'A: still mine?';
      expect(lines.at(-1)?.move.label, lock).toBe(expected);
      // Not before its time either: the write is still to come.
      expect(
        trace.steps.slice(0, at).some(({ move }) => move.label === 'A: write'),
        lock,
      ).toBe(false);
    }
  });

  test('says which fault had no chance', () => {
    const cut = standard('redis-replica', [{ kind: 'failover', atMost: 1 }]);
    const struck = struckAt(cut, /fails over/, 6);
    const { trace, missed } = sameFaults(cut, scheduleOf(cut, struck), standard('redis', []));
    expect(missed).toEqual(['failover']);
    expect(faultsIn(trace)).toEqual([]);
  });

  test('a lost answer is lost on another lock as well, on its way to the same client', () => {
    const loss = [{ kind: 'loss', atMost: 1, oneWay: 'in' }] as const;
    const redis = standard('redis', loss);
    const struck = struckAt(redis, /^lose redis→A/, 3);
    const { trace, missed } = sameFaults(redis, scheduleOf(redis, struck), standard('etcd', loss));
    expect(missed).toEqual([]);
    expect(faultsIn(trace)[0]?.move.label).toMatch(/^lose etcd→A: /);
  });

  test('a message that was late stays late', () => {
    const slow = scenarioById('slow-packet') as Scenario;
    const system = compile(slow);
    const again = sameFaults(system, scheduleOf(system, firstTrace(system)), system).trace;
    const write = again.steps.find(({ move }) => /^deliver A→store: write/.test(move.label));
    const onTime = onwards(system, []).steps.find(({ move }) => /^deliver A→store: write/.test(move.label));
    expect(write?.at.$at).toBeGreaterThan(50);
    expect(onTime?.at.$at).toBeLessThan(50);
  });

  test('a run that can be followed again is a run of that system', () => {
    const system = compile(paused);
    const { trace } = sameFaults(system, scheduleOf(system, firstTrace(system)), on(paused, 'redlock'));
    const again = exactly(on(paused, 'redlock'), scriptOf(trace));
    expect(again && endOf(again)).toBe(endOf(trace));
  });
});

describe('a strip', () => {
  test('has a row for each client, with everything inside the axis', () => {
    for (const base of scenarios) {
      const system = compile(base);
      const trace = firstTrace(system);
      const strip = stripOf(system, trace, endOf(trace));
      expect(strip.rows.map(({ client }) => client)).toEqual(Object.keys(base.clients));
      for (const { spans, marks } of strip.rows) {
        for (const { from, to } of spans) expect(from <= to && from >= 0 && to <= 1, base.id).toBe(true);
        for (const { at } of marks) expect(at >= 0 && at <= 1).toBe(true);
      }
      expect(strip.breaks).toHaveLength(trace.violations.length);
    }
  });

  test('two who believe at once overlap, and the late write is marked', () => {
    const system = compile(paused);
    const trace = firstTrace(system);
    const [a, b] = stripOf(system, trace, endOf(trace)).rows;
    const believed = (row: typeof a) => row?.spans.find(({ kind }) => kind === 'believes');
    expect(believed(a)?.to).toBeGreaterThan(believed(b)?.from ?? 1);
    expect(a?.marks).toHaveLength(1);
    expect(a?.spans.map(({ kind }) => kind)).toContain('paused');
  });
});

test('what is said of a run is what happened in it', () => {
  const system = compile(paused);
  const broken = comparedOf(system, firstTrace(system));
  expect(broken).toMatchObject({ broken: true, clients: 2, done: 2, refused: 0 });
  expect(broken.sentence).toMatch(/both believe they hold the lock/);
  const quiet = comparedOf(system, onwards(system, []));
  expect(quiet).toMatchObject({ broken: false, done: 2 });
  expect(quiet.sentence).toBe('Nothing is broken.');
  const fenced = compile(scenarioById('pause-fence-seal') as Scenario);
  expect(comparedOf(fenced, firstTrace(fenced)).refused).toBeGreaterThan(0);
});
