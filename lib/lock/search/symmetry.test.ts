// Which clients are mirror images, and what a mirror shows. That no verdict changes is shown in oracle.test.ts.
import { describe, expect, test } from 'vitest';
import { addOne, pausing, quiet } from '../examples.ts';
import { replay } from '../run.ts';
import { compile } from '../system.ts';
import type { NodeId, Program, Scenario } from '../types.ts';
import { pack } from './pack.ts';
import { newParts } from './parts.ts';
import { newRow } from './rows.ts';
import { mirrorsOf, newSpare, toLeastImage } from './symmetry.ts';

const all = (ids: readonly NodeId[], program: Program = addOne()) => Object.fromEntries(ids.map((id) => [id, program]));
const mirrors = (scenario: Scenario) => mirrorsOf(compile(scenario), Object.keys(compile(scenario).actors));

/** The row of the world after a script, folded. */
function foldedAfter(scenario: Scenario, parts: ReturnType<typeof newParts>, script: readonly string[]): string {
  const trace = replay(compile(scenario), script);
  expect(trace.stuck).toBeUndefined();
  const row = newRow();
  pack(parts, trace.steps.at(-1)?.world ?? trace.start, row);
  toLeastImage(parts, mirrors(scenario), row, newSpare());
  return row.cells.subarray(0, row.length).join();
}

describe('clients are mirror images', () => {
  test('when they run the same program and no fault tells them apart', () => {
    expect(mirrors(quiet)).toHaveLength(1);
    expect(mirrors({ ...quiet, clients: all(['A', 'B', 'C']) })).toHaveLength(5);
    expect(mirrors({ ...quiet, clients: all(['A', 'B', 'C', 'D']) })).toHaveLength(23);
    expect(mirrors({ ...quiet, faults: [pausing(['B', 'A'], 2, 9)] })).toHaveLength(1);
  });

  test('not when their programs differ', () => {
    expect(mirrors({ ...quiet, clients: { A: addOne(12), B: addOne(16) } })).toEqual([]);
  });

  test('not when a fault may strike one alone, but the others still are', () => {
    expect(mirrors({ ...quiet, faults: [pausing(['A'], 1, 9)] })).toEqual([]);
    const three = { ...quiet, clients: all(['A', 'B', 'C']), faults: [pausing(['A'], 1, 9)] };
    expect(mirrors(three)).toHaveLength(1);
  });

  test('not when they are threads of different processes', () => {
    const threads = (replicas: number, ...ids: readonly NodeId[]) =>
      mirrors({ ...quiet, backend: 'mutex', options: { replicas }, clients: all(ids) }).length;
    expect(threads(1, 'A', 'B')).toBe(1);
    expect(threads(2, 'A', 'B')).toBe(0);
    // A and C live in one process, B and D in the other.
    expect(threads(2, 'A', 'B', 'C', 'D')).toBe(3);
  });

  test('not in a crowd, which has too many orders', () => {
    expect(mirrors({ ...quiet, clients: all(['A', 'B', 'C', 'D', 'E']) })).toEqual([]);
  });

  test('not when their names may be read as something else', () => {
    expect(mirrors({ ...quiet, clients: all(['A', 'A1']) })).toEqual([]);
    expect(mirrors({ ...quiet, clients: all(['read', 'write']) })).toEqual([]);
    expect(mirrors({ ...quiet, clients: all(['r1', 'r2']) })).toHaveLength(1);
  });
});

describe('a mirror', () => {
  const parts = () => newParts(['A', 'B', 'redis', 'store']);

  test('shows the run of one client as that of the other, with its lock values and messages', () => {
    const run = (me: string, other: string) => [
      `${me}: acquire`,
      `${other}: acquire`,
      `deliver ${me}→redis: SET lock ${me}1 NX PX 16`,
      `deliver redis→${me}: OK token 1`,
      `deliver ${other}→redis: SET lock ${other}1 NX PX 16`,
    ];
    const known = parts();
    expect(foldedAfter(quiet, known, run('A', 'B'))).toBe(foldedAfter(quiet, known, run('B', 'A')));
  });

  test('tells names that end in a number from values', () => {
    const scenario = { ...quiet, clients: all(['r1', 'r2']) };
    const known = newParts(['r1', 'r2', 'redis', 'store']);
    const run = (me: string) => ['r1: acquire', 'r2: acquire', `deliver ${me}→redis: SET lock ${me}-1 NX PX 16`];
    expect(foldedAfter(scenario, known, run('r1'))).toBe(foldedAfter(scenario, known, run('r2')));
  });

  test('tells different runs apart', () => {
    const known = parts();
    const one = foldedAfter(quiet, known, ['A: acquire']);
    const both = foldedAfter(quiet, known, ['A: acquire', 'B: acquire']);
    expect(one).not.toBe(both);
  });
});
