// What is particular to Redlock: majorities, the validity that is left, giving back on all servers, and the clocks it rests on.
// The failures carry the numbers of locks.md 0.5. Every message takes one millisecond here: three servers and two clients have
// orders enough to search.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run } from '../run.ts';
import { natural, scripted } from '../schedulers.ts';
import { compile } from '../system.ts';
import { FOREVER } from '../time.ts';
import type { BackendOptions, FaultRule, Line, Ms, Program, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const acquire: Line & { readonly op: 'acquire' } = { op: 'acquire', key: 'lock', ttl: 30, patience: 40 };
const servers = ['redis1', 'redis2', 'redis3'];

function holding(work: Ms, ttl: Ms = 30, stopBefore?: Ms): Program {
  const lines = programOf(
    { ...acquire, ttl },
    { op: 'work', takes: [work, work] },
    { op: 'read' },
    { op: 'write' },
    { op: 'release' },
  );
  return stopBefore === undefined ? lines : { ...lines, stopBefore };
}

const two: Scenario = {
  ...quiet,
  backend: 'redlock',
  network: [1, 1],
  options: { retry: [4, 4], timeout: 6 },
  clients: { A: holding(12), B: holding(12) },
};
const having = (options: Partial<BackendOptions>, scenario = two): Scenario => ({
  ...scenario,
  options: { ...scenario.options, ...options },
});
const under = (...faults: readonly FaultRule[]): Scenario => ({ ...two, faults });
const alone = (...lines: readonly Line[]): Scenario => ({ ...two, clients: { A: programOf(...lines) } });

const naturally = (scenario: Scenario) => run(compile(scenario), natural(), 400);
/** Follows the labels, then lets things take their course. */
const following = (scenario: Scenario, labels: readonly string[]): Trace => {
  const system = compile(scenario);
  const [first, then] = [scripted(labels), natural()];
  let followed = 0;
  const trace = run(
    system,
    {
      pick(moves, world) {
        const choice = followed < labels.length ? first.pick(moves, world) : then.pick(moves, world);
        if (followed < labels.length && !choice) throw new Error(`'${labels[followed]}' is not offered`);
        followed += 1;
        return choice;
      },
    },
    400,
  );
  return trace;
};
const outcomes = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const messages = (trace: Trace, from: string) =>
  chronicle(trace)
    .messages.filter((message) => message.from === from)
    .map(({ to, name }) => `${to}: ${name}`);
const grant = (client: string, ...numbers: readonly number[]) =>
  numbers.map((number) => `deliver ${client}→redis${number}: SET lock ${client}1 NX PX 30`);
const answers = (client: string, name: string, ...numbers: readonly number[]) =>
  numbers.map((number) => `deliver redis${number}→${client}: ${name}`);

describe('a majority', () => {
  const one: Scenario = { ...two, clients: { A: holding(12) } };

  test('is asked for on all servers at once, with one value, and is enough', () => {
    const trace = replay(compile(one), ['A: acquire', ...grant('A', 1, 2, 3), ...answers('A', 'OK', 1, 3)]);
    expect(trace.stuck).toBeUndefined();
    expect(messages(trace, 'A')).toEqual(servers.map((server) => `${server}: SET lock A1 NX PX 30`));
    expect(chronicle(trace).beliefs).toMatchObject([{ who: 'A', from: 2, fence: 0 }]);
    const few = replay(compile(one), ['A: acquire', ...grant('A', 1, 2, 3), ...answers('A', 'OK', 1)]);
    expect(few.stuck).toBeUndefined();
    expect(chronicle(few).beliefs).toEqual([]);
  });

  test('of five servers is three, so two may be down and a third may not', () => {
    const five = (down: readonly string[]): Scenario => ({
      ...having({ replicas: 5 }),
      clients: { A: addOne(30, 0) },
      faults: [{ kind: 'crash', targets: down, atMost: down.length }],
    });
    const [some, many] = [
      ['redis1', 'redis4'],
      ['redis1', 'redis3', 'redis4'],
    ];
    const crashing = (down: readonly string[]) =>
      following(
        five(down),
        down.map((node) => `crash ${node}`),
      );
    expect(outcomes(crashing(some))).toEqual({ A: 'done' });
    expect(outcomes(crashing(many))).toEqual({ A: 'held' });
  });

  test('is not lost when one of three dies: nobody else gets in, and work goes on', () => {
    const dying = under({ kind: 'crash', targets: ['redis2'], atMost: 1 });
    expect(check(dying, 'one-believer').kind).toBe('holds');
    expect(check(dying, 'somebody-finishes').kind).toBe('holds');
  });

  test('is missed by all when three clients get one server each, and then all of them try again', () => {
    const three: Scenario = { ...two, clients: { A: addOne(30, 40), B: addOne(30, 40), C: addOne(30, 40) } };
    const split = ['A: acquire', 'B: acquire', 'C: acquire', ...grant('A', 1), ...grant('B', 2), ...grant('C', 3)];
    const trace = following(three, split);
    expect(messages(trace, 'B')).toContain('redis2: SET lock B1.1 NX PX 30');
    const [first] = chronicle(trace).beliefs;
    expect(first?.from).toBeGreaterThan(6);
    expect(outcomes(trace)).toEqual({ A: 'done', B: 'done', C: 'done' });
  });

  test('is not made by an answer that comes twice', () => {
    const doubled = under({ kind: 'duplicate', targets: ['A'], from: servers, oneWay: 'in', atMost: 1 });
    expect(check({ ...doubled, clients: { A: holding(3, 20), B: holding(3, 20) } }, 'one-believer').kind).toBe('holds');
    const trace = replay(compile({ ...doubled, clients: one.clients }), [
      'A: acquire',
      ...grant('A', 1, 2, 3),
      'double redis1→A: OK',
      ...answers('A', 'OK', 1, 1),
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).beliefs).toEqual([]);
  });
});

describe('the validity', () => {
  const validUntil = (options: Partial<BackendOptions>) =>
    chronicle(naturally(having(options, alone(acquire, { op: 'work', takes: [5, 5] }, { op: 'release' })))).beliefs[0]
      ?.validUntil;

  test('is the lease from when it was asked for, less the allowance for drift', () => {
    expect(validUntil({})).toBe(30);
    expect(validUntil({ driftAllowance: 3 })).toBe(27);
  });

  test('that is used up before a majority is complete is none: the lock is refused and given back', () => {
    const slow = having({ timeout: FOREVER, driftAllowance: 29 }, alone({ ...acquire, patience: 0 }, { op: 'read' }));
    const trace = naturally(slow);
    expect(outcomes(trace)).toEqual({ A: 'held' });
    expect(messages(trace, 'A').filter((sent) => sent.includes('DELEX'))).toHaveLength(3);
    expect(outcomes(naturally(having({ elapsedCheck: false }, slow)))).toEqual({ A: 'done' });
  });

  test('can be prolonged on a majority, and with a majority gone it cannot', () => {
    const extending = alone(
      acquire,
      { op: 'work', takes: [10, 10] },
      { op: 'extend', ttl: 30 },
      { op: 'work', takes: [20, 20] },
      { op: 'stillMine', else: 6 },
      { op: 'write' },
    );
    const dying = (...down: readonly string[]): Scenario => ({
      ...extending,
      faults: [{ kind: 'crash', targets: down, atMost: down.length }],
    });
    const held = ['A: acquire', ...grant('A', 1, 2, 3), ...answers('A', 'OK', 1, 2)];
    const one = following(dying('redis1'), [...held, 'crash redis1']);
    expect(outcomes(one)).toEqual({ A: 'done' });
    expect(chronicle(one).beliefs[0]?.validUntil).toBe(42);
    expect(outcomes(following(dying('redis1', 'redis2'), [...held, 'crash redis1', 'crash redis2']))).toEqual({
      A: 'timeout',
    });
  });

  test('is renewed by a majority, and a majority that has forgotten says that the lock is lost', () => {
    const renewing: Scenario = {
      ...alone(
        { ...acquire, renew: 10 },
        { op: 'work', takes: [50, 50] },
        { op: 'stillMine', else: 4 },
        { op: 'write' },
      ),
      faults: [
        { kind: 'crash', targets: servers, atMost: 2 },
        { kind: 'restart', targets: servers, atMost: 2 },
      ],
    };
    const held = ['A: acquire', ...grant('A', 1, 2, 3), ...answers('A', 'OK', 1, 2, 3)];
    const once = following(renewing, [...held, 'crash redis1', 'restart redis1']);
    expect(outcomes(once)).toEqual({ A: 'done' });
    expect(chronicle(once).beliefs[0]?.validUntil).toBe(82);
    const twice = following(renewing, [...held, 'crash redis1', 'restart redis1', 'crash redis2', 'restart redis2']);
    expect(outcomes(twice)).toEqual({ A: 'lost' });
  });
});

describe('giving back', () => {
  test('goes to all servers, also to one that refused and to one that never answered (F7)', () => {
    const faults: FaultRule[] = [{ kind: 'loss', targets: ['A'], from: servers, oneWay: 'in', atMost: 1 }];
    // A is on record at redis1 and does not know it; redis2 and redis3 are B's.
    const trace = following({ ...two, faults }, [
      'A: acquire',
      'B: acquire',
      ...grant('A', 1),
      ...grant('B', 2, 3),
      'lose redis1→A: OK',
    ]);
    for (const server of servers) expect(messages(trace, 'A')).toContain(`${server}: DELEX lock IFEQ A1`);
    const forgotten = chronicle(trace).leases.find(({ who, server }) => who === 'A' && server === 'redis1');
    expect(forgotten).toMatchObject({ ended: 'released' });
    expect(outcomes(trace)).toEqual({ A: 'done', B: 'done' });
  });

  test('is told by too few deletions that the lock had been lost', () => {
    const overrun = alone({ ...acquire, ttl: 10 }, { op: 'work', takes: [20, 20] }, { op: 'release' });
    const trace = naturally(overrun);
    const told = trace.steps.flatMap(({ events }) => events).filter((event) => event.kind === 'answered');
    expect(told.at(-1)).toMatchObject({ op: 'release', result: { ok: false, why: 'lost' } });
  });

  test('a failed attempt does not disturb the next one, however late its messages come', () => {
    const late = under({ kind: 'delay', targets: ['A'], from: servers, atMost: 1, lasts: [60] });
    expect(check({ ...late, clients: { A: holding(3, 20), B: holding(3, 20) } }, 'one-believer').kind).toBe('holds');
  });

  test('by a bare DEL deletes the holder’s lock as soon as somebody else fails to get it, without any fault (F9)', () => {
    expect(check(having({ release: 'delete' }), 'only-owner-releases')).toMatchObject({ kind: 'violated', faults: 0 });
    expect(check(having({ release: 'delete' }), 'one-believer')).toMatchObject({ kind: 'violated', faults: 0 });
    expect(check(two, 'only-owner-releases').kind).toBe('holds');
  });
});

describe('time', () => {
  const jump: FaultRule = { kind: 'clockJump', targets: ['redis2'], by: [30], atMost: 1 };

  test('F5: one clock that jumps on one server makes two majorities', () => {
    expect(check(under(jump), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(under(jump), 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
    // A clock that is set back ends nothing early.
    expect(check(under({ ...jump, by: [-30] }), 'one-believer').kind).toBe('holds');
  });

  test('F5 as Kleppmann tells it: A has 1, 2, 3 of five; the clock of 3 jumps; B has 3, 4, 5', () => {
    const five: Scenario = { ...having({ replicas: 5 }), faults: [{ ...jump, targets: ['redis3'] }] };
    const trace = following(five, [
      'A: acquire',
      'B: acquire',
      ...grant('A', 1, 2, 3),
      ...grant('B', 4, 5),
      'set the clock of redis3 forward 30 ms',
      ...grant('B', 3),
    ]);
    const beliefs = chronicle(trace).beliefs.slice(0, 2);
    expect(beliefs).toMatchObject([
      { who: 'A', from: 2, until: 18 },
      { who: 'B', from: 2, until: 18 },
    ]);
    expect(trace.broken).toContain('one-believer');
  });

  test('F6: a clock that runs fast does the same, unless holders allow for the drift and stop when their time is up', () => {
    const fast: FaultRule = { kind: 'clockRate', targets: ['redis2'], rates: [[3, 2]], atMost: 1 };
    const stopping = { A: holding(24, 30, 0), B: holding(24, 30, 0) };
    const drifting: Scenario = { ...under(fast), clients: stopping };
    expect(check(drifting, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(having({ driftAllowance: 10 }, drifting), 'one-believer').kind).toBe('holds');
    // The allowance is a promise about clocks. It is nothing to a holder who does not look at his own.
    const careless = having({ driftAllowance: 10 }, { ...under(fast), clients: { A: holding(24), B: holding(24) } });
    expect(check(careless, 'one-believer').kind).toBe('violated');
  });

  describe('that passes while the answers are on their way (Kleppmann’s second example)', () => {
    const slow = having(
      { timeout: FOREVER, retry: [16, 16] },
      {
        ...under({ kind: 'delay', targets: ['A'], from: servers, oneWay: 'in', lasts: [24], atMost: 2 }),
        clients: { A: holding(3, 16), B: holding(12, 16) },
      },
    );

    test('is noticed by the check of the time that went by', () => {
      expect(check(slow, 'one-believer').kind).toBe('holds');
    });

    test('goes unnoticed without it, and there are two holders', () => {
      expect(check(having({ elapsedCheck: false }, slow), 'one-believer')).toMatchObject({
        kind: 'violated',
        faults: 1,
      });
    });

    test('in a pause of the client, is noticed when it wakes', () => {
      const paused = having({ timeout: FOREVER, retry: [29, 29] }, under(pausing(['A'], 1, 40)));
      const inFlight = ['A: acquire', 'B: acquire', ...grant('A', 1, 2, 3), 'pause A for 40 ms'];
      const unchecked = following(having({ elapsedCheck: false }, paused), inFlight);
      expect(unchecked.broken).toContain('one-believer');
      const checked = following(paused, inFlight);
      expect(checked.broken).not.toContain('one-believer');
      expect(outcomes(checked)).toEqual({ A: 'held', B: 'done' });
    });
  });

  test('that passes after the check is noticed by nobody (F2)', () => {
    const pause = under(pausing(['A'], 1, 60));
    expect(check(pause, 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(pause, 'no-lost-update')).toMatchObject({ kind: 'violated', faults: 1 });
  });
});

describe('F12: a server that comes back without its memory', () => {
  const crash: FaultRule = { kind: 'crash', targets: ['redis2'], atMost: 1 };
  const restart = under(crash, { ...crash, kind: 'restart' });
  const wipe = under(crash, { ...crash, kind: 'wipe' });

  test('gives its vote a second time', () => {
    expect(check(restart, 'one-believer')).toMatchObject({ kind: 'violated', faults: 2 });
  });

  test('does not if each lock is on disk before it is answered', () => {
    expect(check(having({ durable: true }, restart), 'one-believer').kind).toBe('holds');
    expect(check(having({ durable: true }, wipe), 'one-believer'), 'on a new disk').toMatchObject({ kind: 'violated' });
  });

  test('does not if it keeps silent for as long as a lease, new disk or not; a shorter silence is none', () => {
    expect(check(having({ delayedRestart: 30 }, restart), 'one-believer').kind).toBe('holds');
    expect(check(having({ delayedRestart: 30 }, wipe), 'one-believer').kind).toBe('holds');
    expect(check(having({ delayedRestart: 3 }, restart), 'one-believer').kind).toBe('violated');
  });
});

describe('what makes no sense is refused', () => {
  test.each([
    ['a majority of fewer than three servers', having({ replicas: 2 }), 'redlock needs 3 servers or more'],
    ['fencing by tokens that do not exist', { ...two, resource: 'writes' } as Scenario, "'redlock' gives none"],
    [
      'a failover of servers that have no copies',
      under({ kind: 'failover', targets: ['redis1'], atMost: 1 }),
      'cannot fail over',
    ],
    ['waiting for copies', having({ waitFor: 1 }), 'no replicas'],
  ])('%s', (_what, scenario, words) => {
    expect(problems(scenario).join()).toContain(words);
  });
});
