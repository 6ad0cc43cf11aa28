import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chronicle } from './chronicle.ts';
import { pausing, quiet, stormy } from './examples.ts';
import { isMessage } from './pending.ts';
import { replay, run } from './run.ts';
import { natural, seeded } from './schedulers.ts';
import { compile } from './system.ts';
import type { Scenario } from './types.ts';

describe('the chronicle of a quiet run', () => {
  const told = chronicle(run(compile(quiet), natural(), 200));

  test('has every message, from when it was sent to when it came', () => {
    expect(told.messages[0]).toEqual({
      id: 3,
      from: 'A',
      to: 'redis',
      name: 'SET lock A1 NX PX 16',
      sentAt: 0,
      sentIn: 0,
      deliveredAt: 1,
      lostAt: null,
      endedIn: 2,
    });
    expect(told.messages.every(({ sentAt, deliveredAt }) => deliveredAt !== null && deliveredAt > sentAt)).toBe(true);
  });

  test('has one belief and one lease for each client, none of them at the same time', () => {
    expect(told.beliefs.map(({ who, fence }) => [who, fence])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
    const [first, second] = told.beliefs;
    expect(first?.until).toBeLessThanOrEqual(second?.from ?? 0);
    expect(first?.validUntil).toBe(16);
    expect(told.leases.map(({ who, ended }) => [who, ended])).toEqual([
      ['A', 'released'],
      ['B', 'released'],
    ]);
  });

  test('has the accesses in order and how each client ended', () => {
    expect(told.accesses.map(({ who, what, value }) => `${who} ${what} ${value}`)).toEqual([
      'A read 0',
      'A write 1',
      'B read 1',
      'B write 2',
    ]);
    expect(told.endings.map(({ who, outcome }) => [who, outcome])).toEqual([
      ['A', 'done'],
      ['B', 'done'],
    ]);
  });
});

test('a pause, an expired lease and a refusal are told as they happened', () => {
  const scenario: Scenario = { ...quiet, resource: 'writes', faults: [pausing(['A'], 1, 40)] };
  const trace = replay(compile(scenario), [
    'A: acquire',
    'B: acquire',
    'deliver A→redis: SET lock A1 NX PX 16',
    'deliver B→redis: SET lock B1 NX PX 16',
    'deliver redis→A: OK token 1',
    'deliver redis→B: nil',
    'A: read',
    'deliver A→store: read (token 1)',
    'deliver store→A: value 0',
    'A: still mine?',
    'pause A for 40 ms',
    'timer B: ask again',
    'deliver B→redis: SET lock B1 NX PX 16',
    'deliver redis→B: OK token 2',
    'B: read',
    'deliver B→store: read (token 2)',
    'deliver store→B: value 0',
    'B: still mine?',
    'B: write',
    'deliver B→store: write 1 (token 2)',
    'deliver store→B: written 1',
    'B: release',
    'deliver B→redis: DELEX lock IFEQ B1',
    'deliver redis→B: deleted 1',
    'A: write',
    'deliver A→store: write 1 (token 1)',
  ]);
  expect(trace.stuck).toBeUndefined();
  const told = chronicle(trace);
  expect(told.pauses).toEqual([{ who: 'A', from: 4, until: 44 }]);
  expect(told.leases[0]).toMatchObject({ who: 'A', from: 1, until: 17, ended: 'expired' });
  expect(told.beliefs[0]).toMatchObject({ who: 'A', validUntil: 16, until: null });
  expect(told.accesses.at(-1)).toMatchObject({ who: 'A', what: 'write', fence: 1, seen: 2, accepted: false });
});

test('whatever happens, every message is under way, delivered or lost, and never two of them', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(120), (seed, length) => {
      const trace = run(compile(stormy), seeded(seed, 0.15), length);
      const told = chronicle(trace);
      const inFlight = (trace.steps.at(-1)?.world ?? trace.start).pending.filter(isMessage).map(({ id }) => id);
      const open = told.messages.filter(({ deliveredAt, lostAt }) => deliveredAt === null && lostAt === null);
      expect(open.map(({ id }) => id).sort()).toEqual([...inFlight].sort());
      for (const { deliveredAt, lostAt, sentAt } of told.messages) {
        expect(deliveredAt === null || lostAt === null).toBe(true);
        expect((deliveredAt ?? lostAt ?? sentAt) >= sentAt).toBe(true);
      }
      const believing = told.beliefs.filter(({ until }) => until === null).map(({ who }) => who);
      expect(new Set(believing).size).toBe(believing.length);
    }),
    { numRuns: 100 },
  );
});
