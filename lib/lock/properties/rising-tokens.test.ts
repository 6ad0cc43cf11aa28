// Tokens by themselves, and on a server that forgets its counter.
import { expect, test } from 'vitest';
import { check } from '../check.ts';
import { addOne, pausing, quiet, saidOf } from '../examples.ts';
import { compile, start } from '../system.ts';
import type { LockEvent, NodeId, Scenario } from '../types.ts';

const world = start(compile(quiet));
const says = (...events: readonly LockEvent[]) => saidOf('rising-tokens', events, world);
const grant = (who: NodeId, fence: number, key = 'lock'): LockEvent => {
  return { kind: 'granted', server: 'redis', key, who, fence, until: { $at: 30 } };
};

test('a renewal repeats its own token', () => {
  expect(says(grant('A', 1), grant('A', 1), grant('B', 2), grant('B', 2))).toBe('holds');
});

test('a lower token after a higher one is told with both', () => {
  expect(says(grant('A', 3), grant('B', 1))).toBe('B’s grant came after A’s, but its token 1 is lower than A’s 3.');
});

test('the same token for two clients is the worst: a resource lets both in', () => {
  expect(says(grant('A', 3), grant('B', 3))).toBe('B’s grant came after A’s, but both have token 3.');
});

test('a client’s own earlier token is too low once somebody else was given a higher one', () => {
  expect(says(grant('A', 1), grant('B', 2), grant('A', 1))).not.toBe('holds');
});

test('tokens of different keys are not compared, and 0 is none', () => {
  expect(says(grant('A', 7), grant('B', 1, 'other'), grant('B', 0), grant('A', 0))).toBe('holds');
});

test('F14: one Redis counts upwards through a pause, and starts again when it restarts on nothing', () => {
  expect(check({ ...quiet, faults: [pausing(['A'], 1, 25)] }, 'rising-tokens').kind).toBe('holds');
  const forgetful: Scenario = {
    ...quiet,
    clients: { A: addOne(40, 0), B: addOne(40, 40) },
    options: { retry: [3, 3], timeout: 30 },
    faults: [
      { kind: 'crash', targets: ['redis'], atMost: 1 },
      { kind: 'restart', targets: ['redis'], atMost: 1 },
    ],
  };
  expect(check(forgetful, 'rising-tokens')).toMatchObject({
    kind: 'violated',
    faults: 2,
    words: 'B’s grant came after A’s, but both have token 1.',
  });
  expect(check({ ...forgetful, options: { ...forgetful.options, durable: true } }, 'rising-tokens').kind).toBe('holds');
});
