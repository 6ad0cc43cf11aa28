// Small scenarios for the tests of this folder, which may not look into content/. Two clients that add one under a lock,
// with numbers small enough for a search to finish in a few hundred milliseconds.
import { observersOf } from './properties/index.ts';
import { run } from './run.ts';
import { natural } from './schedulers.ts';
import { ended, moves } from './step.ts';
import { compile } from './system.ts';
import { at, FOREVER } from './time.ts';
import type {
  FaultRule,
  Line,
  LockEvent,
  Move,
  Ms,
  NodeId,
  Program,
  Scenario,
  Scheduler,
  System,
  Trace,
  World,
} from './types.ts';

export function programOf(...lines: readonly Line[]): Program {
  return { name: 'example', lines: lines.map((run) => ({ text: run.op, run })) };
}

export function addOne(ttl: Ms = 16, patience: Ms = 20): Program {
  return programOf(
    { op: 'acquire', key: 'lock', ttl, patience },
    { op: 'read' },
    { op: 'stillMine', else: 5 },
    { op: 'write' },
    { op: 'release' },
  );
}

export const quiet: Scenario = {
  id: 'example',
  title: 'Two clients',
  lesson: 'none',
  point: 'An example.',
  backend: 'redis',
  options: { retry: [16, 16] },
  clients: { A: addOne(), B: addOne() },
  resource: 'none',
  network: [1, 2],
  linePace: [0, 0],
  faults: [],
  expect: {
    'one-believer': 'holds',
    'no-stale-write': 'holds',
    'no-lost-update': 'holds',
    'only-owner-releases': 'holds',
  },
  bounds: { timing: 'every-ms' },
};

export function pausing(targets: readonly NodeId[], atMost: number, lasts: Ms): FaultRule {
  return { kind: 'pause', targets, atMost, lasts: [lasts] };
}

/** Every fault there is, and timeouts: for laws that must hold whatever happens. */
export const stormy: Scenario = {
  ...quiet,
  id: 'stormy',
  options: { retry: [4, 8], timeout: 15 },
  clients: { A: addOne(), B: addOne(), C: addOne() },
  faults: [
    pausing(['A', 'B', 'redis', 'store'], 3, 15),
    { kind: 'crash', targets: ['A', 'C', 'redis'], atMost: 2 },
    { kind: 'restart', targets: ['A', 'C', 'redis'], atMost: 2 },
  ],
};

export function moveNamed(system: System, world: World, label: string): Move {
  const found = moves(system, world).find((move) => move.label === label);
  if (!found)
    throw new Error(
      `'${label}' is not offered, but ${moves(system, world)
        .map((move) => move.label)
        .join(', ')}`,
    );
  return found;
}

/** The quiet run, in which each of these faults strikes: as late as it can, up to its millisecond. */
export function struckRun(
  scenario: Scenario,
  faults: readonly (readonly [at: Ms, label: string])[],
  steps = 400,
): Trace {
  const quietly = natural();
  let struck = 0;
  const scheduler: Scheduler = {
    pick(offered, world) {
      const next = quietly.pick(offered, world);
      const [when, label] = faults[struck] ?? [FOREVER, ''];
      if (next && next.at.$at < when) return next;
      const fault = offered.find((move) => move.label === label);
      if (!fault) return next;
      struck += 1;
      return { move: fault, at: at(Math.min(Math.max(when, fault.window[0].$at), fault.window[1].$at)) };
    },
  };
  const trace = run(compile(scenario), scheduler, steps);
  if (struck < faults.length) throw new Error(`'${faults[struck]?.[1]}' was not offered`);
  return trace;
}

/** What a property says of a made-up history: 'holds' or its words. An event without a time happens when the one before did. */
export function saidOf(
  id: string,
  history: readonly (LockEvent | readonly [Ms, LockEvent])[],
  world: World,
  within: Ms = 40,
): string {
  const property = observersOf({ within }).find((one) => one.id === id);
  if (!property) throw new Error(`no property '${id}'`);
  let state = property.start;
  let now = 0;
  for (const entry of history) {
    const [when, event] = 'kind' in entry ? [now, entry] : entry;
    now = when;
    state = property.observe(state, event, at(now));
  }
  if (JSON.stringify(JSON.parse(JSON.stringify(state))) !== JSON.stringify(state))
    throw new Error('it keeps no plain JSON');
  return property.holds(state, world, ended(world)) ? 'holds' : property.violation(state, world);
}
