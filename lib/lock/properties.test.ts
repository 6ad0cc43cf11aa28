// Each property broken by the shortest history that breaks it, and what it then says.
import { describe, expect, test } from 'vitest';
import { quiet } from './examples.ts';
import { properties, propertyById } from './properties.ts';
import { compile, start } from './system.ts';
import type { LockEvent, World } from './types.ts';

const world = start(compile(quiet));

function verdict(id: string, events: readonly LockEvent[], at: World = world): string {
  const property = propertyById(id);
  if (!property) throw new Error(`no property '${id}'`);
  const state = events.reduce((folded, event) => property.observe(folded, event), property.start);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  return property.holds(state, at, false) ? 'holds' : property.violation(state, at);
}

const gets = (who: string, fence: number): LockEvent => ({
  kind: 'answered',
  who,
  op: 'acquire',
  result: { ok: true, fence, validUntil: { $at: 30 } },
});
const writes = (who: string, fence: number, value: number, accepted = true): LockEvent => ({
  kind: 'accessed',
  who,
  what: 'write',
  fence,
  seen: 0,
  accepted,
  value,
});
const deletes = (by: string, whose: string): LockEvent => ({
  kind: 'freed',
  server: 'redis',
  key: 'lock',
  whose,
  fence: 1,
  by,
  rightful: by === whose,
});
const paused: LockEvent = { kind: 'paused', who: 'A', from: { $at: 5 }, until: { $at: 60 } };
const at = (ms: number): World => ({ ...world, now: { $at: ms } });

test('every property has its own id and holds at the start, except one that must be reached', () => {
  expect(new Set(properties.map(({ id }) => id)).size).toBe(properties.length);
  for (const { id, kind } of properties) {
    if (kind === 'always') expect(verdict(id, [])).toBe('holds');
    else expect(verdict(id, [])).not.toBe('holds');
  }
});

describe('one-believer', () => {
  test('names the cause that was seen', () => {
    const both = 'A and B both believe they hold the lock';
    expect(verdict('one-believer', [gets('A', 1), gets('B', 2)], at(30))).toBe(
      `${both}: A’s lease ended and A has not noticed.`,
    );
    expect(verdict('one-believer', [gets('A', 1), gets('B', 2)], at(29))).toBe(
      `${both}: B was let in although A’s lease has not ended.`,
    );
    expect(verdict('one-believer', [gets('A', 1), paused, gets('B', 2)])).toBe(
      `${both}: A’s lease ended while it was paused.`,
    );
    expect(verdict('one-believer', [gets('A', 1), deletes('C', 'A'), gets('B', 2)])).toBe(
      `${both}: somebody else deleted A’s lock.`,
    );
  });

  test('blames a pause only for a lease that ended in it', () => {
    const short: LockEvent = { ...paused, until: { $at: 20 } };
    const late: LockEvent = { ...paused, from: { $at: 40 } };
    for (const pause of [short, late]) {
      expect(verdict('one-believer', [gets('A', 1), pause, gets('B', 2)], at(61))).toMatch(/has not noticed\.$/);
    }
  });

  test('is not broken by a client that left or crashed', () => {
    expect(verdict('one-believer', [gets('A', 1), { kind: 'left', who: 'A' }, gets('B', 2)])).toBe('holds');
    expect(verdict('one-believer', [gets('A', 1), { kind: 'crashed', who: 'A' }, gets('B', 2)])).toBe('holds');
  });
});

test('no-stale-write compares accepted writes only, by token', () => {
  expect(verdict('no-stale-write', [writes('A', 1, 1), writes('B', 2, 2)])).toBe('holds');
  expect(verdict('no-stale-write', [writes('B', 2, 1), writes('A', 1, 1, false)])).toBe('holds');
  expect(verdict('no-stale-write', [writes('B', 2, 1), writes('A', 1, 1)])).toBe(
    'The store accepted A’s write with token 1 after B’s write with token 2.',
  );
});

test('no-lost-update counts accepted increments against the value', () => {
  expect(verdict('no-lost-update', [writes('A', 1, 1), writes('B', 2, 2)])).toBe('holds');
  expect(verdict('no-lost-update', [writes('A', 1, 1), writes('B', 2, 1)])).toBe(
    '2 increments were accepted, but the value is 1: B overwrote A’s without having read it.',
  );
});

test('no-double-effect counts confirmations', () => {
  expect(verdict('no-double-effect', [writes('r1', 0, 1)])).toBe('holds');
  expect(verdict('no-double-effect', [writes('r1', 0, 1), writes('r2', 0, 1)])).toBe(
    'r1 and r2 were both told that the seat is theirs.',
  );
  const three = [writes('r1', 0, 1), writes('r2', 0, 1), writes('r3', 0, 1)];
  expect(verdict('no-double-effect', three)).toBe('One seat was sold 3 times, first to r1 and r2.');
});

test('only-owner-releases says who deleted whose lock', () => {
  expect(verdict('only-owner-releases', [deletes('A', 'A')])).toBe('holds');
  expect(verdict('only-owner-releases', [deletes('A', 'B')])).toMatch(/^A deleted the lock while it was B’s/);
});

test('somebody-finishes wants a finish after the last fault, and all faults spent', () => {
  const done: LockEvent = { kind: 'finished', who: 'B', outcome: 'done' };
  expect(verdict('somebody-finishes', [done])).toBe('holds');
  expect(verdict('somebody-finishes', [done, { kind: 'crashed', who: 'A' }])).not.toBe('holds');
  expect(verdict('somebody-finishes', [{ kind: 'finished', who: 'B', outcome: 'held' }])).not.toBe('holds');
  expect(verdict('somebody-finishes', [done], { ...world, faultsLeft: { crash: 1 } })).not.toBe('holds');
});
