import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quiet, stormy } from './examples.ts';
import { traceHash } from './fingerprint.ts';
import { labelsOf, replay, run, scriptOf } from './run.ts';
import { natural, scripted, seeded } from './schedulers.ts';
import { ended, moves } from './step.ts';
import { compile } from './system.ts';
import type { Scheduler, Trace } from './types.ts';

const system = compile(stormy);
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

function watched(scheduler: Scheduler): Scheduler {
  return {
    pick(choices, world) {
      expect(choices).toEqual(moves(system, world));
      const choice = scheduler.pick(choices, world);
      if (choice) {
        expect(choices).toContain(choice.move);
        expect(choice.at.$at).toBeGreaterThanOrEqual(choice.move.window[0].$at);
        expect(choice.at.$at).toBeLessThanOrEqual(choice.move.window[1].$at);
      }
      return choice;
    },
  };
}

describe('a seeded run', () => {
  test('is repeatable, and picks only moves that are offered at instants that are allowed', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 1, noNaN: true }), (seed, odds) => {
        const once = run(system, watched(seeded(seed, odds)), 120);
        expect(traceHash(run(system, seeded(seed, odds), 120))).toBe(traceHash(once));
      }),
      { numRuns: 40 },
    );
  });

  test('differs between seeds', () => {
    const hashes = [1, 2, 3, 4, 5].map((seed) => traceHash(run(system, seeded(seed, 0.1), 120)));
    expect(new Set(hashes).size).toBe(5);
  });

  test('has no fault at odds 0', () => {
    const faults = ({ steps }: Trace) => steps.filter(({ move }) => move.kind === 'fault').length;
    expect(faults(run(system, seeded(3, 0), 200))).toBe(0);
    expect(faults(run(system, seeded(3, 0.5), 200))).toBeGreaterThan(0);
  });
});

describe('the natural run', () => {
  test('has no fault, never goes back in time and comes to an end', () => {
    const trace = run(system, watched(natural()), 500);
    const times = trace.steps.map(({ at }) => at.$at);
    expect(trace.steps.every(({ move }) => move.kind === 'take')).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(ended((trace.steps.at(-1) as Trace['steps'][number]).world)).toBe(true);
  });

  test('stops after the steps that it is given', () => {
    expect(run(system, natural(), 7).steps).toHaveLength(7);
  });
});

describe('a script', () => {
  const labels = labelsOf(run(compile(quiet), natural(), 500));

  test('can be followed as a scheduler, and ends where it ends', () => {
    const trace = run(compile(quiet), scripted(labels.slice(0, 9)), 500);
    expect(labelsOf(trace)).toEqual(labels.slice(0, 9));
  });

  test('names an instant only where it is not the earliest', () => {
    const trace = replay(compile(quiet), ['A: acquire', 'B: acquire', 'deliver A→redis: SET lock A1 NX PX 16 @ 2']);
    expect(trace.stuck).toBeUndefined();
    expect(trace.steps.at(-1)?.at.$at).toBe(2);
    expect(scriptOf(trace)[0]).toBe('A: acquire');
  });

  test('that names a move which is not offered stops there and says what was offered', () => {
    const trace = replay(compile(quiet), ['A: acquire', 'A: write']);
    expect(trace.steps).toHaveLength(1);
    expect(trace.stuck).toEqual({
      index: 1,
      label: 'A: write',
      why: 'not offered',
      offered: ['B: acquire @ 0'],
    });
  });

  test('that names a wrong instant says so', () => {
    const trace = replay(compile(quiet), ['A: acquire @ 700']);
    expect(trace.steps).toHaveLength(0);
    expect(trace.stuck?.why).toBe('not at that time');
  });

  test('of nonsense never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...labels))), (script) => {
        const trace = replay(compile(quiet), script);
        expect(trace.steps.length).toBe(trace.stuck ? trace.stuck.index : script.length);
      }),
    );
  });
});
