import { describe, expect, test, vi } from 'vitest';
import { check } from './check.ts';
import { pausing, quiet } from './examples.ts';
import { replay, run, scriptOf } from './run.ts';
import { seeded } from './schedulers.ts';
import { shrink } from './shrink.ts';
import { compile } from './system.ts';
import type { Scenario } from './types.ts';

vi.setConfig({ testTimeout: 60_000 });

const scenario: Scenario = { ...quiet, network: [1, 1], faults: [pausing(['A', 'B'], 3, 25)] };
const system = compile(scenario);

function firstBroken(property: string): readonly string[] {
  for (let seed = 1; seed < 3000; seed += 1) {
    const trace = run(system, seeded(seed, 0.1), 200);
    if (trace.broken.includes(property)) return scriptOf(trace);
  }
  throw new Error('no random run broke it');
}

describe('shrink', () => {
  const long = firstBroken('no-stale-write');
  const short = shrink(system, long, 'no-stale-write');

  test('keeps a violation and makes the script shorter', () => {
    const trace = replay(system, short);
    expect(trace.stuck).toBeUndefined();
    expect(trace.broken).toContain('no-stale-write');
    expect(short.length).toBeLessThan(long.length);
  });

  test('ends at the very move that breaks the property', () => {
    const [violation] = replay(system, short).violations.filter(({ property }) => property === 'no-stale-write');
    expect(violation?.step).toBe(short.length - 1);
  });

  test('comes down to as few faults as a search needs', () => {
    const verdict = check(scenario, 'no-stale-write');
    expect(short.filter((line) => line.startsWith('pause'))).toHaveLength(verdict.faults);
  });

  test('leaves nothing that could be left out', () => {
    expect(shrink(system, short, 'no-stale-write')).toEqual(short);
  });

  test('gives back a script that breaks nothing', () => {
    expect(shrink(system, ['A: acquire'], 'no-stale-write')).toEqual(['A: acquire']);
  });
});
