// Shallow states first, whether a move or a fault of the budget before has led to them.
import { expect, test } from 'vitest';
import { frontierOf } from './frontier.ts';

/** Takes all, and has `put` say what each of them leads to. */
function order(entries: readonly number[], depths: Record<number, number>, leadsTo: Record<number, readonly number[]>) {
  const frontier = frontierOf(entries, (state) => depths[state] as number);
  const taken: number[] = [];
  for (let state = frontier.take(); state !== 0; state = frontier.take()) {
    taken.push(state);
    for (const next of leadsTo[state] ?? []) {
      if (entries.includes(next)) frontier.hurry(next);
      else frontier.put(next);
      depths[next] = (depths[state] as number) + 1;
    }
  }
  expect(frontier.size()).toBe(0);
  return taken;
}

test('entries wait for the states of their depth', () => {
  expect(order([1, 2, 3], { 1: 2, 2: 3, 3: 6 }, { 1: [11], 11: [12] })).toEqual([1, 2, 11, 12, 3]);
});

test('an entry that a shorter way leads to is taken at its new depth, and once', () => {
  expect(order([1, 2, 3], { 1: 2, 2: 7, 3: 9 }, { 1: [11], 11: [3] })).toEqual([1, 11, 3, 2]);
});

test('its size counts what has not been taken', () => {
  const frontier = frontierOf([1, 2], () => 1);
  frontier.put(3);
  expect(frontier.size()).toBe(3);
  frontier.hurry(2);
  expect(frontier.size()).toBe(3);
  expect([frontier.take(), frontier.size()]).toEqual([1, 2]);
});
