import { expect, test } from 'vitest';
import { programOf, quiet } from './examples.ts';
import { programState } from './program-state.ts';
import { replay } from './run.ts';
import { compile, start } from './system.ts';
import type { Scenario } from './types.ts';

const working: Scenario = {
  ...quiet,
  clients: {
    A: programOf(
      { op: 'acquire', key: 'lock', ttl: 40, patience: 60 },
      { op: 'read' },
      { op: 'work', takes: [9, 9] },
      { op: 'write' },
      { op: 'release' },
    ),
  },
  faults: [{ kind: 'pause', targets: ['A'], atMost: 1, lasts: [20] }],
};
const system = compile(working);
const script = [
  'A: acquire',
  'deliver A→redis: SET lock A1 NX PX 40',
  'deliver redis→A: OK token 1',
  'A: read',
  'deliver A→store: read (token 1)',
  'deliver store→A: value 0',
  'A: work',
];

test.each([
  [0, 0, null],
  [1, 0, 'waits for the lock server'],
  [3, 1, null],
  [4, 1, 'waits for the store'],
  [6, 2, null],
  [7, 3, 'works until 13 ms'],
])('after %i moves the program stands at line %i and says %j', (moves, line, waits) => {
  const trace = replay(system, script.slice(0, moves));
  expect(trace.stuck).toBeUndefined();
  expect(programState(trace.steps.at(-1)?.world ?? start(system), 'A')).toEqual({ line, waits });
});

test('a paused client says so before all else', () => {
  const trace = replay(system, [...script.slice(0, 3), 'pause A for 20 ms']);
  const world = trace.steps.at(-1)?.world ?? start(system);
  expect(programState(world, 'A').waits).toMatch(/^paused until \d+ ms$/);
  expect(programState(world, 'nobody')).toEqual({ line: null, waits: null });
});
