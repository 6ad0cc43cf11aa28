import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chronicle } from './chronicle.ts';
import { pausing, quiet, stormy, struckRun } from './examples.ts';
import { experiment, USUAL } from './experiment.ts';
import { isMessage } from './pending.ts';
import { replay, run } from './run.ts';
import { natural, seeded } from './schedulers.ts';
import { compile } from './system.ts';
import type { FaultKind, FaultRule, Ms, NodeId, Scenario } from './types.ts';

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
      delayedIn: [],
      copy: false,
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
  expect(told.pauses).toEqual([{ who: 'A', from: 4, until: 44, step: 10 }]);
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

/** The standard experiment with this lock, in which these faults may strike these nodes. */
function struck(
  lock: string,
  rules: readonly Omit<FaultRule, 'atMost'>[],
  faults: readonly (readonly [Ms, string])[],
  options: Scenario['options'] = {},
) {
  const made = experiment({ ...USUAL, lock, clients: 2, options }, 'no-lost-update');
  if (made.kind === 'refused') throw new Error(made.why);
  const scenario: Scenario = { ...made.scenario, faults: rules.map((rule) => ({ ...rule, atMost: 2 })) };
  return chronicle(struckRun(scenario, faults), scenario);
}
const rule = (kind: FaultKind, targets: readonly NodeId[], more: Partial<FaultRule> = {}) => ({
  kind,
  targets,
  ...more,
});

describe('what befell nodes and links', () => {
  test.each([
    ['redis', 'redis'],
    ['redis-replica', 'redis1'],
    ['redlock', 'redis1'],
    ['hazelcast', 'hazelcast'],
  ])('a lease of %s ends when the wall clock of its server is set past it', (lock, server) => {
    const told = struck(
      lock,
      [rule('clockJump', [server], { by: [60] })],
      [[6, `set the clock of ${server} forward 60 ms`]],
    );
    expect(told.clocks).toMatchObject([{ who: server, by: 60, rate: null }]);
    const [{ at } = { at: null }] = told.clocks;
    const lease = told.leases.find((one) => one.server === server);
    expect(lease).toMatchObject({ until: at, ended: 'expired', untilStep: told.clocks[0]?.step });
  });

  test.each(['zookeeper', 'etcd', 'consul', 'chubby'])(
    'a session of %s, counted by a monotonic clock, outlasts a jump of the wall clock',
    (lock) => {
      const told = struck(
        lock,
        [rule('clockJump', [lock], { by: [60] })],
        [[6, `set the clock of ${lock} forward 60 ms`]],
      );
      expect(told.leases[0]).toMatchObject({ who: 'A', ended: 'released' });
    },
  );

  test('a clock that runs fast brings the end of a lease nearer', () => {
    const told = struck(
      'redis',
      [rule('clockRate', ['redis'], { rates: [[3, 2]] })],
      [[4, 'the clock of redis ticks 3 in 2']],
    );
    expect(told.clocks).toMatchObject([{ who: 'redis', at: 4, by: null, rate: [3, 2] }]);
    // Granted at 1 until 31 of its clock: 27 of its milliseconds are left at 4, which are 18 true ones.
    expect(told.leases[0]?.terms.map(({ until }) => until)).toEqual([31, 22]);
  });

  test('a server that dies forgets its leases, unless they are on its disk', () => {
    const dies = [rule('crash', ['redis']), rule('restart', ['redis'])];
    const script = [
      [5, 'crash redis'],
      [7, 'restart redis'],
    ] as const;
    expect(struck('redis', dies, script, { durable: false, timeout: 6 }).leases[0]).toMatchObject({
      ended: 'forgotten',
      until: 4,
    });
    const kept = struck('redis', dies, script, { durable: true, timeout: 6 });
    expect(kept.leases[0]?.ended).not.toBe('forgotten');
    expect(kept.crashes).toMatchObject([{ who: 'redis', at: 4, wiped: false }]);
  });

  test('an emptied disk forgets what was on it', () => {
    const told = struck(
      'redis',
      [rule('crash', ['redis']), rule('wipe', ['redis'])],
      [
        [5, 'crash redis'],
        [7, 'restart redis with an empty disk'],
      ],
      { durable: true, timeout: 6 },
    );
    expect(told.leases[0]).toMatchObject({ ended: 'forgotten', until: told.crashes[0]?.restartedAt });
    expect(told.crashes).toMatchObject([{ wiped: true }]);
  });

  test('after a failover the record stands where it was copied to in time, and nowhere else', () => {
    const fails = [rule('failover', ['redis1'])];
    const early = struck('redis-replica', fails, [[3, 'redis1 fails over to redis2']], {
      replication: [20, 20],
      timeout: 6,
    });
    expect(early.failovers).toMatchObject([{ who: 'redis1', to: 'redis2' }]);
    expect(early.leases[0]).toMatchObject({ server: 'redis1', who: 'A', ended: 'forgotten' });
    expect(early.leases[1]).toMatchObject({ server: 'redis2', who: 'B' });
    const late = struck('redis-replica', fails, [[6, 'redis1 fails over to redis2']], {
      replication: [1, 1],
      timeout: 6,
    });
    expect(late.leases[1]).toMatchObject({
      server: 'redis2',
      who: 'A',
      fence: 1,
      terms: [{ until: 31 }],
      ended: 'released',
    });
  });

  test('a partition says who cannot hear and who cannot speak, and ends when it is healed', () => {
    const cuts = [rule('partition', ['A'], { from: ['redis'], oneWay: 'in' }), rule('heal', [])];
    const told = struck(
      'redis',
      cuts,
      [
        [2, 'cut off A (inbound)'],
        [9, 'heal the network'],
      ],
      { timeout: 6, onTimeout: 'ask-whose' },
    );
    expect(told.partitions).toMatchObject([{ who: 'A', deaf: ['redis'], mute: [], until: told.heals[0]?.at }]);
    expect(told.heals).toMatchObject([{ step: told.partitions[0]?.healedIn }]);
  });

  test('a message that is late and one that is doubled are known as such', () => {
    const two = [rule('delay', ['A'], { lasts: [30] }), rule('duplicate', ['A'])];
    const told = struck('redlock', two, [
      [0, 'double A→redis1: SET lock A1 NX PX 30'],
      [0, 'delay A→redis2: SET lock A1 NX PX 30 by 30 ms'],
    ]);
    expect(told.messages.filter(({ copy }) => copy)).toMatchObject([{ from: 'A', to: 'redis1' }]);
    expect(told.messages.filter(({ delayedIn }) => delayedIn.length > 0)).toMatchObject([{ from: 'A', to: 'redis2' }]);
  });

  test('an access says which node decided', () => {
    expect(new Set(struck('redis', [], []).accesses.map(({ where }) => where))).toEqual(new Set(['store']));
    expect(new Set(struck('sql', [], []).accesses.map(({ where }) => where))).toEqual(new Set(['postgres']));
    expect(new Set(struck('queue', [], []).accesses.map(({ where }) => where))).toEqual(new Set(['database']));
  });
});
