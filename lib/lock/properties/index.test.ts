// Each property broken by the shortest history that breaks it, and what it then says.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quiet, saidOf } from '../examples.ts';
import { compile, start } from '../system.ts';
import type { LockEvent, World } from '../types.ts';
import { observersOf, properties, propertyById } from './index.ts';

const world = start(compile(quiet));
const verdict = (id: string, events: readonly LockEvent[], at: World = world) => saidOf(id, events, at);

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

test('the registry and the folder are equal', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts');
  expect(properties.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});

test('every property holds at the start, except one that must be reached', () => {
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

  test('tells a lock without an end from one that the service has ended all the same', () => {
    const endless = (who: string): LockEvent => {
      return { kind: 'answered', who, op: 'acquire', result: { ok: true, fence: 0, validUntil: null } };
    };
    const ended: LockEvent = {
      kind: 'freed',
      server: 'spanner',
      key: 'lock',
      whose: 'A',
      fence: 0,
      by: null,
      rightful: true,
    };
    expect(verdict('one-believer', [endless('A'), endless('B')])).toMatch(/: nothing kept B out\.$/);
    expect(verdict('one-believer', [endless('A'), ended, endless('B')])).toMatch(
      /: the service ended A’s lock, and A has not heard of it\.$/,
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
    'r1 and r2 were both told yes, and only one of them may be.',
  );
  const three = [writes('r1', 0, 1), writes('r2', 0, 1), writes('r3', 0, 1)];
  expect(verdict('no-double-effect', three)).toBe(
    '3 requests were told yes, and only one may be; the first were r1 and r2.',
  );
});

test('only-owner-releases says who deleted whose lock', () => {
  expect(verdict('only-owner-releases', [deletes('A', 'A')])).toBe('holds');
  expect(verdict('only-owner-releases', [deletes('A', 'B')])).toMatch(/^A deleted the lock while it was B’s/);
});

describe('somebody-finishes', () => {
  const done: LockEvent = { kind: 'finished', who: 'B', outcome: 'done' };

  test('wants a finish after the last fault, and all faults spent', () => {
    expect(verdict('somebody-finishes', [done])).toBe('holds');
    expect(verdict('somebody-finishes', [{ kind: 'finished', who: 'B', outcome: 'held' }])).not.toBe('holds');
    expect(verdict('somebody-finishes', [done], { ...world, faultsLeft: { crash: 1 } })).not.toBe('holds');
  });

  const at = { $at: 9 };
  const cuts = [{ from: 'A', to: 'redis', until: at }];
  test.each<LockEvent>([
    { kind: 'crashed', who: 'A' },
    { kind: 'restarted', who: 'A' },
    { kind: 'failedOver', who: 'redis' },
    { kind: 'disconnected', who: 'A' },
    { kind: 'paused', who: 'A', from: at, until: at },
    { kind: 'cut', who: 'A', cuts },
    { kind: 'healed' },
    { kind: 'jumped', who: 'redis', by: 5 },
    { kind: 'drifted', who: 'redis', rate: [3, 2] },
    { kind: 'delayed', from: 'A', to: 'store', name: 'write 1', until: at },
    { kind: 'duplicated', from: 'A', to: 'store', name: 'write 1' },
    { kind: 'lost', from: 'A', to: 'store', name: 'write 1', taken: true },
  ])('a finish before the fault $kind does not count', (fault) => {
    expect(verdict('somebody-finishes', [done, fault])).not.toBe('holds');
    expect(verdict('somebody-finishes', [fault, done])).toBe('holds');
  });

  test('an answer to a client that is gone is lost, and is no new fault', () => {
    expect(verdict('somebody-finishes', [done, { kind: 'lost', from: 'store', to: 'A', name: 'value 0' }])).toBe(
      'holds',
    );
  });
});

test('nobody-stuck can be asked only of a scenario that says within how long', () => {
  const ids = (within?: number) => observersOf(within === undefined ? {} : { within }).map(({ id }) => id);
  expect(ids()).not.toContain('nobody-stuck');
  expect(ids(5)).toEqual(properties.map(({ id }) => id));
  expect(propertyById('nobody-stuck')?.kind).toBe('always');
});
