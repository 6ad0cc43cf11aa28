import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pausing, quiet, stormy } from './examples.ts';
import { fingerprint, traceHash } from './fingerprint.ts';
import { replay, run } from './run.ts';
import { natural, seeded } from './schedulers.ts';
import { begin } from './step.ts';
import { compile, start } from './system.ts';
import { shift } from './time.ts';
import type { Actor, Json, System, World } from './types.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const held = ['A: acquire', 'deliver A→redis: SET lock A1 NX PX 16', 'deliver redis→A: OK token 1'];

function worldAfter(
  script: readonly string[],
  system: System = compile({ ...quiet, clients: { A: quiet.clients.A as never } }),
): World {
  const trace = replay(system, script);
  expect(trace.stuck).toBeUndefined();
  return trace.steps.at(-1)?.world ?? trace.start;
}

describe('a fingerprint', () => {
  test('is the same at any other time', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 1e6 }), (seed, by) => {
        for (const { world } of run(compile(stormy), seeded(seed, 0.15), 120).steps) {
          expect(fingerprint(shift(world, by))).toBe(fingerprint(world));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('tells apart two leases that have different times left', () => {
    const world = worldAfter(held);
    expect(fingerprint({ ...world, now: { $at: world.now.$at + 1 } })).not.toBe(fingerprint(world));
  });

  test('would differ if an actor kept a bare timestamp, so the law above finds one', () => {
    const careless: Actor = {
      on: (_state, _input, clock) => ({ state: { seenAt: clock.monotonic.$at } as Json, commands: [] }),
    };
    const plain = compile(quiet);
    const system: System = { ...plain, actors: { ...plain.actors, store: careless } };
    const world = start(system);
    const later = begin(system, { ...shift(start(plain), 500), pending: [], nextId: 1 });
    expect(later.nodes.store?.memory).toEqual({ seenAt: 500 });
    expect(fingerprint(later)).not.toBe(fingerprint(shift(world, 500)));
    const careful = begin(plain, { ...shift(start(plain), 500), pending: [], nextId: 1 });
    expect(careful.nodes.store).toEqual(shift(start(plain), 500).nodes.store);
  });

  test('does not care how long ago a lease ended, but does while a clock may still be set back', () => {
    const world = { ...worldAfter(held), pending: [] };
    const dead = { ...world, now: { $at: 100 } };
    const longDead = { ...world, now: { $at: 200 } };
    expect(fingerprint(dead)).toBe(fingerprint(longDead));
    const jump = { clockJump: 1 };
    expect(fingerprint({ ...dead, faultsLeft: jump })).not.toBe(fingerprint({ ...longDead, faultsLeft: jump }));
    const redis = { ...dead.nodes.redis, wallOffset: -5 } as World['nodes'][string];
    const offset = (of: World): World => ({ ...of, nodes: { ...of.nodes, redis } });
    expect(fingerprint(offset(dead))).not.toBe(fingerprint(offset(longDead)));
  });

  test('takes a deadline within a pause to be over for the memory, but not for the disk, which a restart may read', () => {
    const system = compile({ ...quiet, faults: [pausing(['A'], 1, 40)] });
    const world = worldAfter(['pause A for 40 ms'], system);
    const keep = (part: 'memory' | 'disk', ms: number): World => ({
      ...world,
      nodes: { ...world.nodes, A: { ...(world.nodes.A as World['nodes'][string]), [part]: { $until: ms } } },
    });
    expect(fingerprint(keep('memory', 10))).toBe(fingerprint(keep('memory', 20)));
    expect(fingerprint(keep('memory', 10))).not.toBe(fingerprint(keep('memory', 50)));
    expect(fingerprint(keep('disk', 10))).not.toBe(fingerprint(keep('disk', 20)));
  });

  test('does not care about the names and the order of pending things', () => {
    const world = start(compile(quiet));
    const renamed = {
      ...world,
      nextId: 70,
      pending: [...world.pending].reverse().map((pending, index) => ({ ...pending, id: 50 + index })),
    };
    expect(fingerprint(renamed)).toBe(fingerprint(world));
  });

  test('cares about everything else', () => {
    const system = compile({ ...quiet, faults: [pausing(['A'], 2, 9)] });
    const world = worldAfter(['A: acquire', 'B: acquire'], system);
    const [first, ...rest] = world.pending;
    if (!first) throw new Error('nothing pending');
    const node = world.nodes.A as World['nodes'][string];
    const variants: World[] = [
      { ...world, pending: rest },
      { ...world, pending: [{ ...first, name: 'another' }, ...rest] },
      { ...world, pending: [{ ...first, latest: { $at: first.latest.$at + 1 } }, ...rest] },
      { ...world, faultsLeft: { pause: 1 } },
      { ...world, cuts: [{ from: 'A', to: 'redis', until: { $at: 900 } }] },
      { ...world, observed: { ...world.observed, 'one-believer': ['x'] } },
      { ...world, nodes: { ...world.nodes, A: { ...node, up: false } } },
      { ...world, nodes: { ...world.nodes, A: { ...node, disk: 'x' } } },
      { ...world, nodes: { ...world.nodes, A: { ...node, memory: 1.5 } } },
      { ...world, nodes: { ...world.nodes, A: { ...node, wallOffset: 1 } } },
      { ...world, nodes: { ...world.nodes, A: { ...node, resumesAt: { $at: world.now.$at + 1 } } } },
    ];
    const prints = [world, ...variants].map(fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  test('has 14 characters that fit into an address', () => {
    expect(fingerprint(start(compile(quiet)))).toMatch(/^[0-9a-z]{14}$/);
  });
});

test('a trace hash is pinned, so that a page, a worker and Node can be compared with this very value', () => {
  expect(traceHash(run(compile(quiet), natural(), 100))).toBe('0fm679k0lcjvpm');
});
