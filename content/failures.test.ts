// Each of the eighteen failures happens, in the engine, as the fact sheet tells it (locks.md 0.5).
import { describe, expect, test, vi } from 'vitest';
import { check, chronicle, compile, experiment, replay, type Scenario, type Trace } from '#lib/lock/index.ts';
import { beyondTheEngine, type Failure, failures } from './failures.ts';

vi.setConfig({ testTimeout: 120_000 });

function scenarioOf({ choices, breaks, id }: Failure): Scenario {
  const asked = experiment(choices, breaks);
  if (asked.kind === 'refused') throw new Error(`${id} is no experiment: ${asked.why}`);
  return asked.scenario;
}

test('every failure from F1 to F18 is either an experiment or said to be beyond the engine', () => {
  const ids = [...failures, ...beyondTheEngine].map(({ id }) => id);
  expect(ids.toSorted()).toEqual(Array.from({ length: 18 }, (_, index) => `F${index + 1}`).toSorted());
  for (const { why } of beyondTheEngine) expect(why).not.toBe('');
});

describe.each(failures)('$id $title', (failure) => {
  test('happens, with no more faults than it takes, and its shortest schedule replays', () => {
    const scenario = scenarioOf(failure);
    const verdict = check(scenario, failure.breaks);
    expect(verdict.kind).toBe('violated');
    if (verdict.kind !== 'violated') return;
    const trace: Trace = replay(compile(scenario), verdict.script);
    expect(trace.stuck).toBeUndefined();
    expect(trace.broken).toContain(failure.breaks);
    expect(verdict.faults).toBe(failure.choices.faults.reduce((sum, { atMost }) => sum + atMost, 0));
    expect(chronicle(trace).messages.length).toBeGreaterThan(0);
  });
});
