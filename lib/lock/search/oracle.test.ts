// The fast search is held to the plain one: on the examples, and on scenarios that fast-check makes up.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { backends } from '../backends/index.ts';
import { addOne, pausing, programOf, quiet, stormy } from '../examples.ts';
import { search } from '../explore.ts';
import { problems } from '../problems.ts';
import { replay } from '../run.ts';
import { ended } from '../step.ts';
import { compile } from '../system.ts';
import type { BackendId, FaultRule, Line, NodeId, Program, Property, Scenario, Timing, Verdict } from '../types.ts';
import { plainSearch } from './oracle.ts';

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
  expect(fastSearch(scenario, null, timing, false)).toMatchObject({ kind: 'holds', states: all.states });
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
    ['with two pauses of mirror images', { ...small, faults: [pausing(['A', 'B'], 2, 25)] }],
    ['with pauses of two lengths', { ...small, faults: [{ ...pausing(['B', 'redis'], 1, 5), lasts: [5, 25] }] }],
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

const nodes: readonly NodeId[] = ['A', 'B', 'C', 'redis', 'store'];
const targets = fc.subarray([...nodes], { minLength: 1 });
const rules: fc.Arbitrary<FaultRule> = fc
  .tuple(
    fc.constantFrom<FaultRule['kind']>(
      ...(['pause', 'pause', 'crash', 'restart', 'wipe', 'partition', 'heal', 'loss', 'delay', 'duplicate'] as const),
      ...(['clockJump', 'clockRate', 'failover', 'disconnect'] as const),
    ),
    targets,
    fc.integer({ min: 1, max: 2 }),
    fc.constantFrom<readonly number[]>([6], [3, 11]),
    fc.constantFrom<FaultRule['oneWay']>(undefined, 'in', 'out'),
  )
  .map(([kind, struck, atMost, lasts, oneWay]): FaultRule => {
    const rule = { kind, targets: struck, atMost };
    switch (kind) {
      case 'pause':
      case 'delay':
        return { ...rule, lasts };
      case 'partition':
        return { ...rule, ...(atMost === 1 ? { lasts } : {}), ...(oneWay ? { oneWay } : {}) };
      case 'heal':
        return { ...rule, targets: [] };
      case 'clockJump':
        return { ...rule, by: [-5, 8] };
      case 'clockRate':
        return { ...rule, rates: [[3, 2]] };
      default:
        return rule;
    }
  });

const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    backend: fc.constantFrom(...(Object.keys(backends) as BackendId[])),
    clients: fc.oneof(
      programs.map((program) => ({ A: program, B: program })),
      fc.tuple(programs, programs).map(([a, b]) => ({ A: a, B: b })),
      programs.map((program) => ({ A: program, B: program, C: program })),
      programs.map((program) => ({ A: program, B: addOne(6, 5), C: program })),
    ),
    resource: fc.constantFrom<Scenario['resource']>('none', 'writes', 'reads-and-writes'),
    network: windows,
    linePace: fc.constantFrom<Scenario['linePace']>([0, 0], [0, 0], [0, 1]),
    timeout: fc.constantFrom(1e15, 5),
    retry: fc.constantFrom([4, 4] as const, [2, 5] as const),
    faults: fc.uniqueArray(rules, { maxLength: 3, selector: ({ kind }) => kind }),
  })
  .map(({ timeout, retry, faults, ...made }) => {
    const there = (id: NodeId) => id in made.clients || id === 'store' || (id === 'redis' && made.backend !== 'none');
    const kept = faults.map((rule) => ({ ...rule, targets: rule.targets.filter(there) }));
    // A delay counts from an earliest instant that may be past, and worlds that are the same may differ in that.
    const delays = kept.some(({ kind }) => kind === 'delay');
    const network = delays ? ([made.network[0], made.network[0]] as const) : made.network;
    return { ...quiet, ...made, network, within: 20, options: { timeout, retry }, faults: kept } as Scenario;
  })
  .filter((scenario) => problems(scenario).length === 0);

test('and so it does on scenarios that nobody thought of', () => {
  let compared = 0;
  fc.assert(
    fc.property(scenarios, fc.constantFrom<Timing>('earliest', 'corners', 'every-ms'), (scenario, timing) => {
      if (agree(scenario, timing, 1500)) compared += 1;
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
  expect(compared).toBeGreaterThan(20);
});
