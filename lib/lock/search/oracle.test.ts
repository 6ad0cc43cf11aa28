// The fast search is held to the plain one: on the examples, and on scenarios that fast-check makes up.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { backends } from '../backends/index.ts';
import { addOne, pausing, programOf, quiet, stormy } from '../examples.ts';
import { search } from '../explore.ts';
import { faultKinds } from '../faults/index.ts';
import { fingerprint } from '../fingerprint.ts';
import { problems } from '../problems.ts';
import { replay } from '../run.ts';
import { apply, ended, moves } from '../step.ts';
import { compile, start } from '../system.ts';
import { FOREVER } from '../time.ts';
import type {
  BackendId,
  FaultRule,
  Line,
  NodeId,
  Program,
  Property,
  Scenario,
  System,
  Timing,
  Verdict,
  World,
} from '../types.ts';
import { plainSearch } from './oracle.ts';
import { instants } from './witness.ts';

vi.setConfig({ testTimeout: 300_000 });

const MOST = 4000;

function fastSearch(scenario: Scenario, property: Property | null, timing: Timing, folds: boolean): Verdict {
  const running = search(compile(scenario), property, { states: 1_000_000, depth: 1_000_000, timing }, folds);
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
  }
}

/** Holds the two searches together; false when the plain one has given up. */
function agree(scenario: Scenario, timing: Timing, most = MOST): boolean {
  const system = compile(scenario);
  const all = plainSearch(system, null, timing, most);
  if (!all) return false;
  const { states, depth } = all;
  expect(fastSearch(scenario, null, timing, false)).toMatchObject({ kind: 'holds', states, depth });
  expect(fastSearch(scenario, null, timing, true)).toMatchObject({ kind: 'holds', depth });
  for (const property of system.observers) {
    const plain = plainSearch(system, property, timing, 4 * most);
    if (!plain) continue;
    for (const folds of [false, true]) {
      const verdict = fastSearch(scenario, property, timing, folds);
      const said = `${property.id}${folds ? ', folded' : ''}`;
      const wanted = (plain.end === null) === (property.kind === 'always') ? 'holds' : 'violated';
      expect([said, verdict.kind]).toEqual([said, wanted]);
      if (!plain.end && !folds) expect([said, verdict.states]).toEqual([said, plain.states]);
      if (!plain.end || verdict.kind === 'unknown') continue;
      expect([said, verdict.faults, verdict.script?.length]).toEqual([said, plain.end.faults, plain.end.moves]);
      // The script is of a real run that ends where the verdict says.
      const trace = replay({ ...system, properties: [property] }, verdict.script ?? []);
      expect(trace.stuck).toBeUndefined();
      const world = trace.steps.at(-1)?.world ?? trace.start;
      const state = world.observed[property.id] ?? null;
      expect(property.holds(state, world, ended(world))).toBe(property.kind === 'sometimes');
    }
  }
  return true;
}

describe('the fast search finds what a plain one finds', () => {
  const small: Scenario = { ...quiet, network: [1, 1] };
  test.each<[string, Scenario]>([
    ['without a fault', quiet],
    ['with one pause', { ...small, faults: [pausing(['A'], 1, 25)] }],
    ['with two pauses of mirror images', { ...small, network: [1, 1], faults: [pausing(['A', 'B'], 2, 17)] }],
    ['with pauses of two lengths', { ...small, faults: [{ ...pausing(['B', 'redis'], 1, 5), lasts: [5, 25] }] }],
    [
      'with a network that may take for ever',
      { ...small, network: [1, FOREVER], faults: [pausing(['A'], 1, 5)], clients: { A: quiet.clients.A as Program } },
    ],
    ['with three clients', { ...small, clients: { ...quiet.clients, C: addOne() } }],
    [
      'with a bare delete',
      { ...small, options: { ...quiet.options, release: 'delete' }, faults: [pausing(['A'], 1, 17)] },
    ],
  ])('%s', (_name, scenario) => {
    for (const timing of ['earliest', 'corners', 'every-ms'] as const)
      expect(agree(scenario, timing, 20_000)).toBe(true);
  });

  test('with every fault of the stormy example, one at a time', () => {
    for (const fault of stormy.faults) {
      const scenario: Scenario = {
        ...stormy,
        clients: { A: addOne(), C: addOne() },
        network: [1, 1],
        faults: [{ ...fault, targets: fault.targets.filter((id) => id !== 'B'), atMost: 1 }],
      };
      expect(agree(scenario, 'corners', 20_000)).toBe(true);
    }
  });
});

// ---- made-up scenarios ------------------------------------------------------------------------------------------------

const windows = fc.tuple(fc.nat(2), fc.nat(2)).map(([soon, wide]) => [soon, soon + wide] as const);

const acquiring: fc.Arbitrary<Line> = fc.record({
  op: fc.constant('acquire' as const),
  key: fc.constant('lock'),
  ttl: fc.constantFrom(4, 7, 12),
  patience: fc.constantFrom(0, 6, 15),
});
const working: fc.Arbitrary<Line> = fc.oneof(
  fc.constantFrom<Line>({ op: 'read' }, { op: 'write' }, { op: 'stillMine', else: 9 }, { op: 'compareAndWrite' }),
  fc.constantFrom<Line>({ op: 'extend', ttl: 9 }, { op: 'ifFree', else: 9 }, { op: 'work', takes: [2, 3] }),
);
const programs: fc.Arbitrary<Program> = fc
  .tuple(acquiring, fc.array(working, { maxLength: 3 }), fc.boolean())
  .map(([first, body, releases]) => {
    const lines: Line[] = [first, ...body, ...(releases ? [{ op: 'release' } as const] : []), { op: 'read' }];
    return programOf(...lines.map((line) => ('else' in line ? { ...line, else: lines.length } : line)));
  });

/** Any rule for any node; those that make no sense are left out by `problems`. */
const rulesFor = (nodes: readonly NodeId[]): fc.Arbitrary<FaultRule> =>
  fc
    .record({
      kind: fc.constantFrom(...faultKinds, 'pause' as const),
      targets: fc.subarray([...nodes], { minLength: 1 }),
      atMost: fc.integer({ min: 1, max: 2 }),
      lasts: fc.constantFrom<readonly number[]>([6], [3, 11]),
      oneWay: fc.constantFrom<FaultRule['oneWay']>(undefined, undefined, 'in', 'out'),
    })
    .map(({ kind, targets, atMost, lasts, oneWay }): FaultRule => {
      const rule = { kind, targets, atMost, ...(oneWay ? { oneWay } : {}) };
      switch (kind) {
        case 'pause':
          return { kind, targets, atMost, lasts };
        case 'delay':
          return { ...rule, lasts };
        case 'partition':
          return { ...rule, ...(atMost === 1 ? { lasts } : {}) };
        case 'heal':
          return { kind, targets: [], atMost };
        case 'clockJump':
          return { kind, targets, atMost, by: [-5, 8] };
        case 'clockRate':
          return { kind, targets, atMost, rates: [[3, 2]] };
        default:
          return rule;
      }
    });

const clients: fc.Arbitrary<Scenario['clients']> = fc.oneof(
  programs.map((program) => ({ A: program, B: program })),
  fc.tuple(programs, programs).map(([a, b]) => ({ A: a, B: b })),
  programs.map((program) => ({ A: program, B: program, C: program })),
  programs.map((program) => ({ A: program, B: addOne(6, 5), C: program })),
);

/** A backend that needs no lock has none to acquire. */
const fitting = (programs: Scenario['clients'], backend: BackendId): Scenario['clients'] =>
  backends[backend]?.locks !== false
    ? programs
    : Object.fromEntries(
        Object.entries(programs).map(([id, { lines, ...program }]) => {
          const kept = lines.filter(({ run }) => !['acquire', 'extend', 'release', 'stillMine'].includes(run.op));
          return [
            id,
            {
              ...program,
              lines: kept.map(({ text, run }) => ({ text, run: 'else' in run ? { ...run, else: kept.length } : run })),
            },
          ];
        }),
      );

const scenariosOn = (backend: BackendId): fc.Arbitrary<Scenario> =>
  fc
    .record({
      clients,
      resource: fc.constantFrom<Scenario['resource']>('none', 'writes', 'reads-and-writes'),
      network: windows,
      linePace: fc.constantFrom<Scenario['linePace']>([0, 0], [0, 0], [0, 1]),
      options: fc.record({
        timeout: fc.constantFrom(FOREVER, 5),
        retry: fc.constantFrom([4, 4] as const, [2, 5] as const),
      }),
    })
    .map((made): Scenario => ({ ...quiet, ...made, clients: fitting(made.clients, backend), backend, within: 20 }))
    .filter((scenario) => problems(scenario).length === 0)
    .chain((scenario) =>
      fc
        .uniqueArray(rulesFor(Object.keys(compile(scenario).actors)), { maxLength: 3, selector: ({ kind }) => kind })
        .map((faults): Scenario => ({ ...scenario, faults })),
    )
    .filter((scenario) => problems(scenario).length === 0);

const timings = fc.constantFrom<Timing>('earliest', 'corners', 'every-ms');
const RUNS = Number(process.env.RUNS ?? 3);

test.each(Object.keys(backends))('and so it does on scenarios on %s that nobody thought of', (backend) => {
  fc.assert(
    fc.property(scenariosOn(backend), timings, (scenario, timing) => {
      agree(scenario, timing, 1000);
    }),
    { numRuns: RUNS },
  );
});

/** Worlds that are taken to be the same, but lead to different ones; null if there are none among so many. */
function unlikeTwins(system: System, timing: Timing, most: number): readonly [World, World] | null {
  const first = start(system);
  const known = new Map<string, readonly [World, string]>();
  const worlds = [first];
  for (let index = 0; index < worlds.length && index < most; index += 1) {
    const world = worlds[index] as World;
    const futures = moves(system, world).flatMap((move) =>
      instants(move, timing).map((when) => apply(system, world, move, when).world),
    );
    const future = [...new Set(futures.map(fingerprint))].sort().join(' ');
    const print = fingerprint(world);
    const twin = known.get(print);
    if (twin && twin[1] !== future) return [twin[0], world];
    if (twin) continue;
    known.set(print, [world, future]);
    worlds.push(...futures);
  }
  return null;
}

test.each(Object.keys(backends))('worlds on %s that are taken to be the same have the same future', (backend) => {
  fc.assert(
    fc.property(scenariosOn(backend), timings, (scenario, timing) => {
      const system = compile(scenario);
      expect(unlikeTwins({ ...system, properties: system.observers }, timing, 400)).toBeNull();
    }),
    { numRuns: RUNS },
  );
});
