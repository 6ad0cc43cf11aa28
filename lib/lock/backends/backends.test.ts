// What every lock must do, asked of each backend in the registry. A new backend joins by its registry line alone.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { fingerprint } from '../fingerprint.ts';
import { optionsOf, understands } from '../options.ts';
import { run } from '../run.ts';
import { natural, seeded } from '../schedulers.ts';
import { apply, moves } from '../step.ts';
import { compile } from '../system.ts';
import { shift } from '../time.ts';
import type { LockEvent, Scenario, Trace } from '../types.ts';
import { backends } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

const eventsOf = ({ steps }: Trace): LockEvent[] => steps.flatMap(({ events }) => [...events]);
const outcomes = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));

test('the registry and the folder are equal', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts' && name !== 'registry.ts')
    .map((name) => name.replace('.ts', ''));
  expect(Object.keys(backends).sort()).toEqual(files.sort());
  for (const [id, backend] of Object.entries(backends)) expect(backend.id).toBe(id);
});

test.each(Object.values(backends))('$title names the options that it reads, and no others', (backend) => {
  const asked = new Set<string>();
  const watched = new Proxy(optionsOf(quiet, backend), {
    get(options, name) {
      asked.add(String(name));
      return options[name as keyof typeof options];
    },
  });
  backend.tokens(watched);
  backend.expires(watched);
  backend.holdsData?.(watched);
  backend.failover?.(watched);
  const servers = Object.values(backend.servers(watched));
  const client = backend.client(watched);
  const clock = { monotonic: { $at: 0 }, wall: { $at: 0 } };
  for (const server of servers) server.on(null, { kind: 'start', disk: null, again: true }, clock);
  for (const fence of [
    { op: 'read', known: 0 },
    { op: 'acquire', key: 'lock', ttl: 9, patience: 0 },
  ] as const) {
    if (fence.op === 'read' ? backend.holdsData?.(watched) : backend.locks !== false)
      client.call(null, fence, clock, 'A1');
  }
  expect([...asked].filter((name) => !understands(backend, name))).toEqual([]);
  expect(backend.knobs.filter((name) => !asked.has(name))).toEqual([]);
});

test('no lock at all lets everybody in, which is what the others are compared with', () => {
  const together: Scenario = { ...quiet, backend: 'none' };
  expect(check(together, 'one-believer').kind).toBe('violated');
  expect(check(together, 'no-lost-update').kind).toBe('violated');
  expect(outcomes(run(compile(together), natural(), 200))).toEqual({ A: 'done', B: 'done' });
});

const locks = Object.values(backends).filter(({ id, locks }) => id !== 'none' && locks !== false);
const lockless = Object.values(backends).filter(({ locks }) => locks === false);

describe.each(locks)('$title', (backend) => {
  // Where each request goes to three servers and more, messages that all take the same time have orders enough.
  const crowded = Object.keys(backend.servers(optionsOf(quiet, backend))).length > 2;
  const two: Scenario = { ...quiet, backend: backend.id, ...(crowded ? { network: [1, 1] } : {}) };
  const bySurprise: Scenario = { ...two, faults: [pausing(['A'], 1, 25)] };
  const options = optionsOf(two, backend);
  const expires = backend.expires(options);

  test('grants one at a time without faults, in every run', () => {
    expect(check(two, 'one-believer').kind).toBe('holds');
    expect(check(two, 'no-lost-update').kind).toBe('holds');
  });

  test('can be had again when it has been released', () => {
    expect(outcomes(run(compile(two), natural(), 200))).toEqual({ A: 'done', B: 'done' });
  });

  test('says "held" to a client that will not wait', () => {
    const impatient: Scenario = { ...two, clients: { A: addOne(16, 0), B: addOne(16, 0) } };
    expect(outcomes(run(compile(impatient), natural(), 200))).toEqual({ A: 'done', B: 'held' });
  });

  if (expires)
    test('can be had again when its holder never gives it back', () => {
      const forgetful = programOf({ op: 'acquire', key: 'lock', ttl: 12, patience: 0 });
      const trace = run(compile({ ...two, clients: { A: forgetful, B: addOne(16, 200) } }), natural(), 400);
      expect(outcomes(trace)).toEqual({ A: 'done', B: 'done' });
      const { leases } = chronicle(trace);
      const second = leases.filter(({ who }) => who === 'B');
      expect(second).not.toEqual([]);
      for (const { server, from } of second) {
        const first = leases.find((lease) => lease.who === 'A' && lease.server === server);
        expect(from).toBeGreaterThanOrEqual(first?.until ?? 0);
      }
    });

  test('is not given back by a client that has lost it, in any run with a pause', () => {
    expect(check(bySurprise, 'only-owner-releases').kind).toBe('holds');
  });

  if (expires)
    test('like every lock that ends by itself, has two believers after one pause', () => {
      const long: Scenario = {
        ...two,
        faults: [pausing(['A'], 1, 60)],
        clients: { A: addOne(16, 60), B: addOne(16, 60) },
      };
      expect(check(long, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    });

  if (!expires)
    test('as it never ends by itself, keeps everybody else waiting through a pause', () => {
      expect(check(bySurprise, 'one-believer').kind).toBe('holds');
      expect(check(bySurprise, 'no-lost-update').kind).toBe('holds');
    });

  if (!backend.countsFromAnswer)
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

  test('gives a higher token with each grant, if it gives tokens that rise', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const events = eventsOf(run(compile(bySurprise), seeded(seed, 0.1), 200));
        const fences = [...new Set(events.flatMap((event) => (event.kind === 'granted' ? [event.fence] : [])))];
        if (backend.tokens(options) === 'rising') expect(fences).toEqual(fences.toSorted((a, b) => a - b));
        if (backend.tokens(options) === 'none') expect(fences.filter((fence) => fence !== 0)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('takes a held lock to be held, and nobody else’s, through a random run without faults', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(run(compile(two), seeded(seed, 0), 400).broken).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('reads no clock but its own: a run that starts later is the same run', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5000 }), (seed, by) => {
        const system = compile(bySurprise);
        const { steps } = run(system, seeded(seed, 0.1), 200);
        for (const { move, at, world } of steps.slice(0, -1)) {
          const index = steps.findIndex((step) => step.world === world);
          const next = steps[index + 1];
          if (!next) continue;
          const offered = moves(system, shift(world, by)).find(({ label }) => label === next.move.label);
          expect(offered, `${move.label} at ${at.$at}`).toBeDefined();
          if (!offered) return;
          const moved = apply(system, shift(world, by), offered, { $at: next.at.$at + by }).world;
          expect(fingerprint(moved)).toBe(fingerprint(next.world));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe.each(lockless)('$title', (backend) => {
  const two: Scenario = {
    ...quiet,
    backend: backend.id,
    clients: { A: programOf({ op: 'read' }, { op: 'write' }), B: programOf({ op: 'read' }, { op: 'write' }) },
    expect: { 'no-lost-update': 'holds' },
  };

  test('believes in no lock, and loses no update, without faults and with a paused client', () => {
    for (const faults of [[], [pausing(['A'], 1, 25)]]) {
      const scenario: Scenario = { ...two, faults };
      expect(check(scenario, 'no-lost-update').kind).toBe('holds');
      expect(chronicle(run(compile(scenario), natural(), 200)).beliefs).toEqual([]);
    }
  });
});
