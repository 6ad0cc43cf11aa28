// The laws of moves() and apply(), over random runs of a scenario with every fault.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quiet, stormy } from './examples.ts';
import { fingerprint, traceHash } from './fingerprint.ts';
import { replay, run, scriptOf } from './run.ts';
import { seeded } from './schedulers.ts';
import { apply, moves } from './step.ts';
import { compile, start } from './system.ts';
import { at, shift } from './time.ts';
import type { Scenario, Step, System, Trace, World } from './types.ts';

const system = compile(stormy);
const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const stormyRun = (seed: number, of: System = system): Trace => run(of, seeded(seed, 0.15), 150);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

function worldBefore(trace: Trace, index: number): World {
  return index === 0 ? trace.start : (trace.steps[index - 1] as Step).world;
}

describe('apply', () => {
  test('gives the same answer to the same question and leaves its input alone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const trace = stormyRun(seed);
        trace.steps.forEach(({ move, at: when, ...expected }, index) => {
          const world = deepFreeze(worldBefore(trace, index));
          const again = apply(system, world, move, when);
          expect(again.world).toEqual(expected.world);
          expect(again.events).toEqual(expected.events);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('cannot tell a world from its copy through JSON', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const trace = stormyRun(seed);
        trace.steps.forEach(({ move, at: when, world }, index) => {
          const copy = JSON.parse(JSON.stringify(worldBefore(trace, index)));
          expect(copy).toEqual(worldBefore(trace, index));
          expect(fingerprint(copy)).toBe(fingerprint(worldBefore(trace, index)));
          expect(apply(system, copy, move, when).world).toEqual(world);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('does the same later on, so nothing depends on what time it is', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 1e6 }), (seed, by) => {
        const trace = stormyRun(seed);
        trace.steps.forEach(({ move, at: when, world }, index) => {
          const moved = shift(worldBefore(trace, index), by);
          const choices = moves(system, moved);
          expect(choices).toEqual(shift(moves(system, worldBefore(trace, index)), by));
          const same = choices.find(({ label }) => label === move.label);
          expect(same).toBeDefined();
          if (same) expect(apply(system, moved, same, at(when.$at + by)).world).toEqual(shift(world, by));
        });
      }),
      { numRuns: 40 },
    );
  });

  test('refuses an instant outside the window and a move of another world', () => {
    const world = start(system);
    const [first] = moves(system, world);
    if (!first) throw new Error('no move');
    expect(() => apply(system, world, first, at(first.window[1].$at + 1))).toThrow(/cannot happen at/);
    const gone = apply(system, world, first, first.window[0]).world;
    expect(() => apply(system, gone, first, first.window[0])).toThrow(/not a move of this world/);
  });
});

describe('moves', () => {
  test('have labels that are unique in their world', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { world } of stormyRun(seed).steps) {
          const labels = moves(system, world).map(({ label }) => label);
          expect(new Set(labels).size).toBe(labels.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('never lie in the past, and nothing that is due is overtaken', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { world } of stormyRun(seed).steps) {
          const due = Math.min(...world.pending.map(({ latest }) => latest.$at));
          for (const { window, kind } of moves(system, world)) {
            expect(window[0].$at).toBeGreaterThanOrEqual(world.now.$at);
            expect(window[1].$at).toBeGreaterThanOrEqual(window[0].$at);
            if (kind === 'take') expect(window[1].$at).toBe(due);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('tell two equal messages apart by a number', () => {
    const twice: Scenario = { ...quiet, clients: { A: quiet.clients.A as never } };
    const world = start(compile(twice));
    const [line] = world.pending;
    if (!line) throw new Error('no line');
    const doubled = { ...world, pending: [line, { ...line, id: 99 }] };
    expect(moves(compile(twice), doubled).map(({ label }) => label)).toEqual(['A: acquire', 'A: acquire #2']);
  });
});

test('a run can be replayed from its labels alone, with the same hash', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const trace = stormyRun(seed);
      const again = replay(compile(stormy), scriptOf(trace));
      expect(again.stuck).toBeUndefined();
      expect(traceHash(again)).toBe(traceHash(trace));
    }),
    { numRuns: 60 },
  );
});

test('a paused node does nothing until it resumes, and then everything that waited for it is due', () => {
  const only: Scenario = { ...quiet, faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [50] }] };
  fc.assert(
    fc.property(seeds, (seed) => {
      const trace = run(compile(only), seeded(seed, 0.2), 100);
      const pause = trace.steps.findIndex(({ move }) => move.kind === 'fault');
      if (pause < 0) return;
      const until = (trace.steps[pause] as Step).at.$at + 50;
      trace.steps.slice(pause + 1).forEach(({ move, at: when }, index) => {
        if (move.kind !== 'take') return;
        const taken = worldBefore(trace, pause + 1 + index).pending.find(({ id }) => id === move.id);
        if (taken?.to === 'A') expect(when.$at).toBeGreaterThanOrEqual(until);
      });
    }),
    { numRuns: 60 },
  );
});

test('what a crashed client has sent still arrives, and what was sent to it does not', () => {
  const crashing: Scenario = { ...quiet, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };
  const trace = replay(compile(crashing), [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 16',
    'deliver B→redis: SET lock B1 NX PX 16',
    'deliver redis→A: OK token 1',
    'A: read',
    'crash A',
    'deliver redis→B: nil',
    'deliver A→store: read (token 1)',
  ]);
  expect(trace.stuck).toBeUndefined();
  expect(trace.steps.at(-1)?.events).toContainEqual({ kind: 'lost', from: 'store', to: 'A', name: 'value 0' });
});
