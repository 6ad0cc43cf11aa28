// What the course says of every lock that a replicated service leases out, searched on each of them: sound while nobody is
// late, through a change of leader too, and broken by one pause that is longer than the lease, unless the resource fences.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { pausing, programOf, quiet } from '../examples.ts';
import { optionsOf, understands } from '../options.ts';
import { propertyById } from '../properties/index.ts';
import { run } from '../run.ts';
import { seeded } from '../schedulers.ts';
import { compile } from '../system.ts';
import type { Backend, BackendId, BackendOptions, FaultRule, Line, Scenario } from '../types.ts';
import { backends } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

const CASES: readonly (readonly [BackendId, Partial<BackendOptions>])[] = [
  ['kubernetes-lease', {}],
  ['dynamodb', {}],
  ['dynamodb', { token: 'counter' }],
  ['consul', {}],
  ['hazelcast', {}],
  ['chubby', {}],
];
const cases = CASES.map(([id, options]) => ({
  backend: backends[id] as Backend,
  options,
  knobs: JSON.stringify(options),
}));

/** One that adds one, as in the course: a lease of 30 ms, work of 5 ms, and a look at the clock before the write. */
const adds = (renew?: number) =>
  programOf(
    { op: 'acquire', key: 'lock', ttl: 30, patience: 90, ...(renew === undefined ? {} : { renew }) } as Line,
    { op: 'read' },
    { op: 'work', takes: [5, 5] },
    { op: 'stillMine', else: 6 },
    { op: 'write' },
    { op: 'release' },
  );

describe.each(cases)('$backend.title $knobs', ({ backend, options }) => {
  const two: Scenario = {
    ...quiet,
    backend: backend.id,
    options: { retry: [15, 15], ...options },
    clients: { A: adds(), B: adds() },
    expect: {},
  };
  // A network of one speed, where a fault multiplies the worlds.
  const even: Scenario = { ...two, network: [1, 1] };
  const nodes = Object.keys(backend.servers(optionsOf(two, backend)));
  const leaders = Object.keys(backend.failover?.(optionsOf(two, backend)) ?? {});
  const leaderChange: FaultRule = { kind: 'failover', targets: leaders, atMost: 1 };
  const rising = backend.tokens(optionsOf(two, backend)) === 'rising';

  test.each(['one-believer', 'one-holder', 'no-lost-update', ...(rising ? ['rising-tokens'] : [])])(
    'keeps %s without a fault, with a short hold',
    (property) => {
      expect(propertyById(property)).toBeDefined();
      expect(check(two, property)).toMatchObject({ kind: 'holds' });
    },
  );

  test('keeps one believer without a fault, with renewals and a hold that is longer than the lease', () => {
    const long = (renew: number) =>
      programOf(
        { op: 'acquire', key: 'lock', ttl: 30, patience: 90, renew },
        { op: 'work', takes: [40, 40] },
        { op: 'write' },
        { op: 'release' },
      );
    expect(check({ ...even, clients: { A: long(9), B: adds(9) } }, 'one-believer')).toMatchObject({ kind: 'holds' });
  });

  if (leaders.length > 0)
    test('keeps one believer and every update when its leader changes', () => {
      const changes: Scenario = { ...even, faults: [leaderChange] };
      expect(check(changes, 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
      expect(check(changes, 'no-lost-update')).toMatchObject({ kind: 'holds', faults: 1 });
    });

  describe('F2, after one pause of 60 ms', () => {
    const paused: Scenario = { ...even, faults: [pausing(['A'], 1, 60)] };

    test('has two believers, and loses an update where nobody fences', () => {
      expect(check(paused, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
      expect(check(paused, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    });

    test('still names one holder at a time', () => {
      expect(check(paused, 'one-holder')).toMatchObject({ kind: 'holds' });
    });

    if (rising)
      test('loses no update where the resource installs tokens on reads and writes', () => {
        expect(check({ ...paused, resource: 'reads-and-writes' }, 'no-lost-update')).toMatchObject({ kind: 'holds' });
      });
  });

  test('F1: lets somebody have the lock after its holder has crashed', () => {
    const crashed: Scenario = { ...even, faults: [{ kind: 'crash', targets: ['A'], atMost: 1 }] };
    expect(check(crashed, 'somebody-finishes')).toMatchObject({ kind: 'holds' });
    expect(check({ ...crashed, within: 140 }, 'nobody-stuck')).toMatchObject({ kind: 'holds' });
  });

  test('names one holder, and lets a fence do its work, through any storm', () => {
    const stormy: Scenario = {
      ...two,
      // A restart may not forget: that is another test (F12).
      options: {
        ...two.options,
        ...{ timeout: 12, onTimeout: 'ask-whose', durable: true },
        ...(understands(backend, 'election') ? { election: 12 } : {}),
      },
      clients: { A: adds(8), B: adds(8), C: adds() },
      resource: rising ? 'reads-and-writes' : 'none',
      faults: [
        { ...pausing(['A', 'B', 'C', ...nodes], 3, 60), lasts: [15, 60] },
        { kind: 'crash', targets: ['A', 'B', ...nodes], atMost: 2 },
        { kind: 'restart', targets: ['A', 'B', ...nodes], atMost: 2 },
        { kind: 'loss', targets: ['A', 'B', 'C'], from: nodes, atMost: 2 },
        { kind: 'delay', targets: ['A', 'B', 'C'], lasts: [5, 40], atMost: 2 },
        { kind: 'duplicate', targets: ['A', 'B', 'C'], from: nodes, atMost: 2 },
        { kind: 'partition', targets: ['A', 'B'], from: nodes, lasts: [50], atMost: 1 },
        { kind: 'clockJump', targets: ['A', 'B', ...nodes], by: [-50, 50], atMost: 2 },
        { kind: 'clockRate', targets: ['A', ...nodes], rates: [[3, 2]], atMost: 1 },
        ...(leaders.length > 0 ? [leaderChange] : []),
      ],
      expect: Object.fromEntries(
        ['one-holder', 'only-owner-releases', ...(rising ? ['rising-tokens', 'no-lost-update'] : [])].map((id) => [
          id,
          'holds',
        ]),
      ),
    };
    const system = compile(stormy);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const trace = run(system, seeded(seed, 0.08), 3000);
        expect(trace.broken).toEqual([]);
        // It comes to an end: no client asks for ever.
        expect(trace.steps.length).toBeLessThan(3000);
      }),
      { numRuns: 60 },
    );
  });
});
