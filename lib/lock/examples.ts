// Small scenarios for the tests of this folder, which may not look into content/. Two clients that add one under a lock,
// with numbers small enough for a search to finish in a few hundred milliseconds.
import { moves } from './step.ts';
import type { FaultRule, Line, Move, Ms, NodeId, Program, Scenario, System, World } from './types.ts';

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
