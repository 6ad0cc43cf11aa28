// What every lock must do, asked of each backend in the registry. A new backend joins by its registry line alone.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { optionsOf } from '../options.ts';
import { run } from '../run.ts';
import { natural, seeded } from '../schedulers.ts';
import { compile } from '../system.ts';
import type { LockEvent, Scenario, Trace } from '../types.ts';
import { backends } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

const eventsOf = ({ steps }: Trace): LockEvent[] => steps.flatMap(({ events }) => [...events]);
const outcomes = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));

test('the registry and the folder are equal', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace('.ts', ''));
  expect(Object.keys(backends).sort()).toEqual(files.sort());
  for (const [id, backend] of Object.entries(backends)) expect(backend.id).toBe(id);
});

test('no lock at all lets everybody in, which is what the others are compared with', () => {
  const together: Scenario = { ...quiet, backend: 'none' };
  expect(check(together, 'one-believer').kind).toBe('violated');
  expect(check(together, 'no-lost-update').kind).toBe('violated');
  expect(outcomes(run(compile(together), natural(), 200))).toEqual({ A: 'done', B: 'done' });
});

const locks = Object.values(backends).filter(({ id }) => id !== 'none');

describe.each(locks)('$title', (backend) => {
  const two: Scenario = { ...quiet, backend: backend.id };
  const bySurprise: Scenario = { ...two, faults: [pausing(['A'], 1, 25)] };

  test('grants one at a time without faults, in every run', () => {
    expect(check(two, 'one-believer').kind).toBe('holds');
    expect(check(two, 'no-lost-update').kind).toBe('holds');
  });

  test('can be had again when it has been released', () => {
    expect(outcomes(run(compile(two), natural(), 200))).toEqual({ A: 'done', B: 'done' });
  });

  test('says "held" to a client that will not wait', () => {
    const impatient: Scenario = { ...two, clients: { A: addOne(12, 0), B: addOne(12, 0) } };
    expect(outcomes(run(compile(impatient), natural(), 200))).toEqual({ A: 'done', B: 'held' });
  });

  test('can be had again when its holder never gives it back', () => {
    const forgetful = programOf({ op: 'acquire', key: 'lock', ttl: 12, patience: 0 });
    const trace = run(compile({ ...two, clients: { A: forgetful, B: addOne() } }), natural(), 200);
    expect(outcomes(trace)).toEqual({ A: 'done', B: 'done' });
    const [first, second] = chronicle(trace).leases;
    expect(second?.from).toBeGreaterThanOrEqual(first?.until ?? 0);
  });

  test('is not given back by a client that has lost it, in any run with a pause', () => {
    expect(check(bySurprise, 'only-owner-releases').kind).toBe('holds');
  });

  test('like every lock that ends by itself, has two believers after one pause', () => {
    expect(check(bySurprise, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
  });

  test('never lets a client believe longer than the record lasts, while clocks are right', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const trace = run(compile(bySurprise), seeded(seed, 0.1), 200);
        const grants = eventsOf(trace).filter((event) => event.kind === 'granted');
        for (const { who, fence, validUntil } of chronicle(trace).beliefs) {
          if (validUntil === null) continue;
          const own = grants.filter((grant) => grant.who === who && grant.fence === fence);
          expect(own.map(({ until }) => until.$at).some((until) => validUntil <= until)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('gives a higher token with each grant, if it gives tokens at all', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const fences = eventsOf(run(compile(bySurprise), seeded(seed, 0.1), 200))
          .filter((event) => event.kind === 'granted')
          .map(({ fence }) => fence);
        if (backend.tokens(optionsOf(bySurprise, backend)) === 'rising')
          expect(fences).toEqual([...new Set(fences)].sort((a, b) => a - b));
        else expect(new Set(fences)).toEqual(new Set(fences.length > 0 ? [0] : []));
      }),
      { numRuns: 100 },
    );
  });

  test('takes a held lock to be held, and nobody else’s, through a random run without faults', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(run(compile(two), seeded(seed, 0), 200).broken).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
