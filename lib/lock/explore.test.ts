// The search against a plain one: a breadth-first walk in fifteen lines that knows nothing of budgets, bounds or observers.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { check, countStates } from './check.ts';
import { pausing, programOf, quiet } from './examples.ts';
import { explore } from './explore.ts';
import { fingerprint } from './fingerprint.ts';
import { replay, run } from './run.ts';
import { seeded } from './schedulers.ts';
import { apply, moves } from './step.ts';
import { boundsOf, compile, start } from './system.ts';
import { at } from './time.ts';
import type { Line, PropertyId, Scenario, Verdict, World } from './types.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Late enough to wake up with the lease over and B at work. */
const oneLongPause: Scenario = { ...quiet, faults: [pausing(['A'], 1, 25)] };
const fenced: Scenario = { ...oneLongPause, resource: 'writes' };

const acquire: Line = { op: 'acquire', key: 'lock', ttl: 12, patience: 40 };

function violated(verdict: Verdict): Extract<Verdict, { kind: 'violated' }> {
  if (verdict.kind !== 'violated') throw new Error(`the verdict is '${verdict.kind}'`);
  return verdict;
}

/** Every world, each with the least number of moves to it. */
function plainly(scenario: Scenario, watch: PropertyId | null, faultsToo = true) {
  const compiled = compile(scenario);
  const system = { ...compiled, properties: compiled.properties.filter(({ id }) => id === watch) };
  const first = start(system);
  const depthOf = new Map([[fingerprint(first), 0]]);
  const queue: World[] = [first];
  const broken: { depth: number; faults: number }[] = [];
  const budget = (world: World) => Object.values(world.faultsLeft).reduce((sum, left) => sum + left, 0);
  for (const world of queue) {
    const depth = depthOf.get(fingerprint(world)) ?? 0;
    for (const property of system.properties) {
      if (property.holds(world.observed[property.id] ?? null, world, false)) continue;
      broken.push({ depth, faults: budget(first) - budget(world) });
    }
    for (const move of moves(system, world)) {
      if (move.kind === 'fault' && !faultsToo) continue;
      for (let ms = move.window[0].$at; ms <= move.window[1].$at; ms += 1) {
        const next = apply(system, world, move, at(ms)).world;
        const print = fingerprint(next);
        if (depthOf.has(print)) continue;
        depthOf.set(print, depth + 1);
        queue.push(next);
      }
    }
  }
  return { states: depthOf.size, broken };
}

describe('the search', () => {
  test('sees exactly the worlds that a plain walk sees', () => {
    expect(countStates(quiet)).toBe(plainly(quiet, null).states);
    expect(countStates(oneLongPause)).toBe(plainly(oneLongPause, null).states);
  });

  test('finds the counterexample with the fewest faults and then the fewest moves', () => {
    const scenario: Scenario = { ...quiet, network: [1, 1], faults: [pausing(['A', 'B'], 2, 25)] };
    const verdict = violated(check(scenario, 'no-stale-write'));
    const { broken } = plainly(scenario, 'no-stale-write');
    const fewest = Math.min(...broken.map(({ faults }) => faults));
    expect(verdict.faults).toBe(fewest);
    const shortest = broken.filter(({ faults }) => faults === fewest).map(({ depth }) => depth);
    expect(verdict.script).toHaveLength(Math.min(...shortest));
  });

  test('prefers a long counterexample without a fault to a short one with a fault', () => {
    // The lease is too short for all the reading, so it breaks by itself; a pause would break it in fewer moves.
    const slow = programOf(acquire, ...Array.from({ length: 8 }, () => ({ op: 'read' }) as const), { op: 'release' });
    const hasty: Scenario = {
      ...oneLongPause,
      network: [1, 1],
      options: { retry: [4, 4] },
      clients: { A: slow, B: slow },
    };
    const verdict = violated(check(hasty, 'one-believer'));
    expect(verdict.faults).toBe(0);
    expect(verdict.script.some((line) => line.startsWith('pause'))).toBe(false);
  });

  test('gives a script that replays to the violation, with the same words', () => {
    const verdict = violated(check(oneLongPause, 'no-stale-write'));
    const trace = replay(compile(oneLongPause), verdict.script);
    expect(trace.stuck).toBeUndefined();
    expect(trace.violations).toContainEqual({
      property: 'no-stale-write',
      step: verdict.script.length - 1,
      words: verdict.words,
    });
  });

  test('says "holds" only where no random run finds anything', () => {
    expect(check(fenced, 'no-stale-write').kind).toBe('holds');
    const system = compile(fenced);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(run(system, seeded(seed, 0.1), 200).broken).not.toContain('no-stale-write');
      }),
      { numRuns: 500 },
    );
  });

  test('looks at more instants with each timing, and says which it looked at', () => {
    const counts = (['earliest', 'corners', 'every-ms'] as const).map((timing) => {
      const verdict = check({ ...quiet, network: [1, 3], bounds: { timing } }, 'no-stale-write');
      expect(verdict.timing).toBe(timing);
      return verdict.states;
    });
    const [earliest = 0, corners = 0, everyMs = 0] = counts;
    expect(earliest).toBeLessThan(corners);
    expect(corners).toBeLessThan(everyMs);
  });

  test('may be asked about a property that the scenario says nothing about', () => {
    expect(quiet.expect['no-double-effect']).toBeUndefined();
    expect(check(quiet, 'no-double-effect').kind).toBe('violated');
  });

  test('calls an unknown property an error of the caller', () => {
    expect(() => explore(compile(quiet), 'no-such', boundsOf(quiet))).toThrow(/there is no property 'no-such'/);
  });
});

describe('a bound', () => {
  test('on states makes the verdict unknown, and so does one on memory or on depth', () => {
    const byStates = check({ ...fenced, bounds: { timing: 'every-ms', states: 500 } }, 'no-stale-write');
    expect(byStates).toMatchObject({ kind: 'unknown', stoppedBy: 'states' });
    const byMemory = check({ ...fenced, bounds: { timing: 'every-ms', bytes: 1 } }, 'no-stale-write');
    expect(byMemory).toMatchObject({ kind: 'unknown', stoppedBy: 'memory' });
    expect(byMemory.states).toBeGreaterThan(500);
    const byDepth = check({ ...fenced, bounds: { timing: 'every-ms', depth: 9 } }, 'no-stale-write');
    expect(byDepth).toMatchObject({ kind: 'unknown', stoppedBy: 'depth', faults: 0, depth: 9 });
  });

  test('that is just enough does not', () => {
    const { states } = check(fenced, 'no-stale-write');
    const exact = check({ ...fenced, bounds: { timing: 'every-ms', states } }, 'no-stale-write');
    expect(exact.kind).toBe('holds');
  });

  test('does not hide a violation that lies within it', () => {
    const { states, script } = violated(check(oneLongPause, 'no-stale-write'));
    const bounds = { timing: 'every-ms', states, depth: 200 } as const;
    expect(violated(check({ ...oneLongPause, bounds }, 'no-stale-write')).script).toEqual(script);
  });
});

describe('a search under way', () => {
  const big: Scenario = oneLongPause;
  const search = () => explore(compile(big), 'no-lost-update', boundsOf(big));

  test('reports every thousand states, and the numbers only grow', () => {
    const reports = [];
    for (const progress of search()) reports.push(progress);
    expect(reports.length).toBeGreaterThan(2);
    for (const [index, report] of reports.entries()) {
      const before = reports[index - 1];
      if (!before) continue;
      expect(report.states).toBeGreaterThan(before.states);
      expect(report.faults).toBeGreaterThanOrEqual(before.faults);
      expect(report.queued).toBeGreaterThanOrEqual(0);
    }
  });

  test('is cancelled by leaving the loop, or answers "unknown" when it is told to stop', () => {
    const left = search();
    for (const _ of left) break;
    expect(left.next()).toEqual({ done: true, value: undefined });
    const stopped = search();
    stopped.next();
    expect(stopped.next('stop').value).toMatchObject({ kind: 'unknown', stoppedBy: 'cancel' });
  });
});

describe('a "sometimes" property', () => {
  const crashing: Scenario = { ...quiet, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };

  test('holds with a script that reaches it, after the faults', () => {
    const verdict = check(crashing, 'somebody-finishes');
    if (verdict.kind !== 'holds' || !verdict.script) throw new Error('no script');
    expect(verdict.faults).toBe(1);
    const trace = replay(compile(crashing), verdict.script);
    expect(trace.steps.at(-1)?.events).toContainEqual({ kind: 'finished', who: 'B', outcome: 'done' });
  });

  test('is violated, with nothing to show, when no run reaches it', () => {
    const hopeless = programOf({ op: 'read' }, { op: 'ifFree', else: 0 }, { op: 'goto', line: 0 });
    const verdict = check({ ...quiet, backend: 'none', clients: { A: hopeless } }, 'somebody-finishes');
    expect(verdict).toMatchObject({ kind: 'violated', script: [] });
  });
});
