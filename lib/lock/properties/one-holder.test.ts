// Records come and go by what servers note; majorities are counted over servers.
import { describe, expect, test } from 'vitest';
import { check } from '../check.ts';
import { pausing, quiet, saidOf } from '../examples.ts';
import { compile, start } from '../system.ts';
import type { LockEvent, NodeId } from '../types.ts';

const world = start(compile(quiet));
const says = (...events: readonly LockEvent[]) => saidOf('one-holder', events, world);

const grant = (server: NodeId, who: NodeId, fence = 1, of = 1, key = 'lock'): LockEvent => {
  return { kind: 'granted', server, key, who, fence, until: { $at: 30 }, of };
};
const free = (server: NodeId, whose: NodeId, fence = 1): LockEvent => {
  return { kind: 'freed', server, key: 'lock', whose, fence, by: null, rightful: true };
};

describe('one server', () => {
  test('may name one after the other', () => {
    expect(says(grant('redis', 'A', 1), free('redis', 'A', 1), grant('redis', 'B', 2))).toBe('holds');
  });

  test('that grants what is not free names two', () => {
    expect(says(grant('redis', 'A', 1), grant('redis', 'B', 2))).toBe('redis names two holders at once: A and B.');
  });

  test('names one holder through a renewal, and through a second grant to the same client', () => {
    expect(says(grant('redis', 'A', 1), grant('redis', 'A', 1), grant('redis', 'A', 2))).toBe('holds');
  });

  test('frees the grant that is meant, not a later one of the same client', () => {
    expect(
      says(grant('redis', 'A', 1), grant('redis', 'A', 2), free('redis', 'A', 1), grant('redis', 'B', 3)),
    ).not.toBe('holds');
  });

  test('may name different holders of different keys', () => {
    expect(says(grant('redis', 'A'), grant('redis', 'B', 2, 1, 'other'))).toBe('holds');
  });

  test('that dies has said nothing, and what it forgot is nobody’s', () => {
    expect(says(grant('redis', 'A'), { kind: 'crashed', who: 'redis' }, grant('replica', 'B'))).toBe('holds');
    expect(says(grant('redis', 'A'), { kind: 'crashed', who: 'A' }, grant('redis', 'B', 2))).not.toBe('holds');
  });
});

describe('several servers', () => {
  test('that know nothing of each other name two', () => {
    expect(says(grant('process1', 'A'), grant('process2', 'B'))).toBe(
      'process1 names A as the holder, and process2 names B.',
    );
  });

  test('name nobody before a majority does', () => {
    const split = [grant('r1', 'A', 0, 2), grant('r2', 'B', 0, 2)];
    expect(says(...split)).toBe('holds');
    expect(says(...split, grant('r3', 'B', 0, 2))).toBe('holds');
    expect(says(...split, grant('r3', 'B', 0, 2), grant('r3', 'A', 0, 2))).toBe(
      'r1, r3 name A as the holder, and r2, r3 name B.',
    );
  });

  test('make one state of the same records, whatever the order in which they were made', () => {
    const scenario = { ...quiet, expect: { 'one-holder': 'holds' } } as const;
    const property = compile(scenario).observers.find(({ id }) => id === 'one-holder');
    const fold = (events: readonly LockEvent[]) =>
      events.reduce((state, event) => property?.observe(state, event, { $at: 0 }) ?? null, property?.start ?? null);
    const events = [grant('r1', 'A'), grant('r2', 'B'), grant('r1', 'B', 2)];
    expect(fold(events)).toEqual(fold(events.toReversed()));
  });
});

test('a lock that ends by itself names one holder even where two believe', () => {
  const paused = { ...quiet, faults: [pausing(['A'], 1, 25)] };
  expect(check(paused, 'one-believer').kind).toBe('violated');
  expect(check(paused, 'one-holder').kind).toBe('holds');
});
