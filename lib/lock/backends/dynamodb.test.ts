// What is particular to the DynamoDB lock client: conditional writes on a version that only says "changed", a wait of a whole
// lease by the waiter's own clock, and three answers to the question where a token could come from.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { addOne, pausing, programOf, quiet } from '../examples.ts';
import { problems } from '../problems.ts';
import { replay, run, traceOf } from '../run.ts';
import { natural } from '../schedulers.ts';
import { apply, moves } from '../step.ts';
import { compile, start } from '../system.ts';
import type { FaultRule, Line, Rate, Scenario, Trace, World } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const base: Scenario = { ...quiet, backend: 'dynamodb' };
const acquire: Line = { op: 'acquire', key: 'lock', ttl: 30, patience: 0 };
const alone = (...lines: readonly Line[]): Scenario => ({ ...base, clients: { A: programOf(...lines) } });
const quietly = (scenario: Scenario): Trace => run(compile(scenario), natural(), 300);
const names = (trace: Trace) => chronicle(trace).messages.map(({ name }) => name);

describe('the item', () => {
  test('is put if there is none, changed by heartbeats, and deleted if it is still as it was', () => {
    const beating = alone({ ...acquire, renew: 8 }, { op: 'work', takes: [13, 13] }, { op: 'release' });
    expect(names(quietly(beating))).toEqual([
      'GetItem lock',
      'no item',
      'PutItem lock A1 if none',
      'OK',
      'UpdateItem lock rvn A1.1 if A1',
      'OK',
      'DeleteItem lock if A1.1',
      'deleted',
    ]);
  });

  test('is taken by one of two clients that have both seen none', () => {
    const trace = quietly({ ...base, clients: { A: addOne(30, 0), B: addOne(30, 0) } });
    expect(names(trace)).toContain('ConditionalCheckFailed');
    expect(Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]))).toEqual({
      A: 'done',
      B: 'held',
    });
  });

  test('can be given back while a heartbeat is in flight', () => {
    const trace = replay(compile(alone({ ...acquire, renew: 8 }, { op: 'work', takes: [8, 8] }, { op: 'release' })), [
      'A: acquire',
      'deliver A→dynamodb: GetItem lock',
      'deliver dynamodb→A: no item',
      'deliver A→dynamodb: PutItem lock A1 if none',
      'deliver dynamodb→A: OK',
      'A: work',
      'timer A: renew',
      'A: release',
      'deliver A→dynamodb: UpdateItem lock rvn A1.1 if A1',
      'deliver A→dynamodb: DeleteItem lock if A1',
      'deliver dynamodb→A: OK',
      'deliver dynamodb→A: ConditionalCheckFailed',
      'deliver A→dynamodb: GetItem lock',
      'deliver dynamodb→A: item of A1 rvn A1.1',
      'deliver A→dynamodb: DeleteItem lock if A1.1',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).leases).toMatchObject([{ who: 'A', ended: 'released' }]);
  });

  test('F9: deleted without a condition, it may be somebody else’s', () => {
    const late: Scenario = {
      ...base,
      faults: [pausing(['A'], 1, 40)],
      clients: { A: addOne(16, 0), B: addOne(16, 60) },
    };
    const blind: Scenario = { ...late, options: { ...late.options, release: 'delete' } };
    expect(check(late, 'only-owner-releases')).toMatchObject({ kind: 'holds' });
    expect(check(blind, 'only-owner-releases')).toMatchObject({ kind: 'violated', faults: 1 });
  });
});

describe('a waiter', () => {
  const holder = programOf(acquire, { op: 'work', takes: [80, 80] }, { op: 'write' });
  const late = programOf({ op: 'work', takes: [20, 20] }, { ...acquire, patience: 90 }, { op: 'write' });

  test('waits for a whole lease from when it first looked, however old the item was by then', () => {
    const { leases } = chronicle(quietly({ ...base, options: { retry: [5, 5] }, clients: { A: holder, B: late } }));
    expect(leases[0]).toMatchObject({ who: 'A', from: 3 });
    expect(leases[1]?.who).toBe('B');
    expect(leases[1]?.from).toBeGreaterThanOrEqual(22 + 30);
  });

  test('waits for another lease when the version has changed', () => {
    const beating = programOf({ ...acquire, renew: 25 }, { op: 'work', takes: [70, 70] }, { op: 'write' });
    const { leases } = chronicle(quietly({ ...base, options: { retry: [5, 5] }, clients: { A: beating, B: late } }));
    expect(leases[1]?.who).toBe('B');
    expect(leases[1]?.from).toBeGreaterThan(55 + 30);
  });

  const ticking = (node: string, rate: Rate): Scenario => ({
    ...base,
    network: [1, 1],
    options: { retry: [9, 9] },
    clients: {
      A: programOf(acquire, { op: 'work', takes: [22, 22] }, { op: 'release' }),
      B: programOf({ ...acquire, patience: 200 }, { op: 'release' }),
    },
    faults: [{ kind: 'clockRate', targets: [node], rates: [rate], atMost: 1 }],
  });

  test('F6: whose clock runs much too fast takes over too early; what clocks show does not matter', () => {
    expect(check(ticking('B', [3, 1]), 'one-believer')).toMatchObject({ kind: 'violated', faults: 1 });
    expect(check(ticking('B', [5, 4]), 'one-believer')).toMatchObject({ kind: 'holds', faults: 1 });
    const jumps: FaultRule = { kind: 'clockJump', targets: ['A', 'B', 'dynamodb'], by: [-500, 500], atMost: 2 };
    expect(check({ ...ticking('B', [1, 1]), faults: [jumps] }, 'one-believer')).toMatchObject({
      kind: 'holds',
      faults: 2,
    });
  });
});

describe('the holder', () => {
  test('counts its lease from before the request was sent', () => {
    const slow = replay(compile(alone(acquire, { op: 'release' })), [
      'A: acquire',
      'deliver A→dynamodb: GetItem lock @ 2',
      'deliver dynamodb→A: no item @ 4',
      'deliver A→dynamodb: PutItem lock A1 if none @ 6',
      'deliver dynamodb→A: OK @ 8',
    ]);
    expect(chronicle(slow).beliefs[0]).toMatchObject({ from: 8, validUntil: 4 + 30 });
    expect(chronicle(slow).leases[0]).toMatchObject({ from: 6, until: 36 });
  });

  const lossy = (onTimeout: 'ask-again' | 'ask-whose'): Scenario => ({
    ...alone({ ...acquire, patience: 90 }, { op: 'write' }, { op: 'release' }),
    options: { timeout: 6, onTimeout, retry: [6, 6] },
    faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
  });
  const lostGrant = [
    'A: acquire',
    'deliver A→dynamodb: GetItem lock',
    'deliver dynamodb→A: no item',
    'deliver A→dynamodb: PutItem lock A1 if none',
    'lose dynamodb→A: OK',
    'timer A: no answer',
    'timer A: ask again',
    'deliver A→dynamodb: GetItem lock',
    'deliver dynamodb→A: item of A1 rvn A1',
  ];

  test('F7: whose answer was lost finds its own name in the item, if it looks', () => {
    const { beliefs } = chronicle(replay(compile(lossy('ask-whose')), lostGrant));
    // The lease may run since the lost answer's request was sent, at 2.
    expect(beliefs).toMatchObject([{ who: 'A', validUntil: 2 + 30 }]);
  });

  test('F7: as the library does not look, it waits for its own lease to end', () => {
    expect(chronicle(replay(compile(lossy('ask-again')), lostGrant)).beliefs).toEqual([]);
    expect(check(lossy('ask-again'), 'somebody-finishes')).toMatchObject({ kind: 'holds' });
  });

  test('F7: draws a new version when it takes its own lock again, or a waiter would take that for the old lease', () => {
    const system = compile(lossy('ask-again'));
    let { steps } = replay(system, lostGrant);
    for (;;) {
      const world = steps.at(-1)?.world as World;
      const next = natural().pick(moves(system, world), world);
      if (!next) break;
      steps = [...steps, apply(system, world, next.move, next.at)];
    }
    const told = chronicle(traceOf(system, start(system), steps));
    expect(told.messages.map(({ name }) => name)).toContain('PutItem lock A1 if rvn A1');
    expect(told.messages.map(({ name }) => name)).toContain('DeleteItem lock if A1.1');
    expect(told.endings).toMatchObject([{ who: 'A', outcome: 'done' }]);
  });

  test('F11: gives up a lock that is still its own when the answer to a heartbeat was lost', () => {
    const trace = replay(
      compile({
        ...alone({ ...acquire, renew: 8 }, { op: 'work', takes: [60, 60] }, { op: 'write' }),
        faults: [{ kind: 'loss', targets: ['A'], oneWay: 'in', atMost: 1 }],
      }),
      [
        'A: acquire',
        'deliver A→dynamodb: GetItem lock',
        'deliver dynamodb→A: no item',
        'deliver A→dynamodb: PutItem lock A1 if none',
        'deliver dynamodb→A: OK',
        'A: work',
        'timer A: renew',
        'deliver A→dynamodb: UpdateItem lock rvn A1.1 if A1',
        'lose dynamodb→A: OK',
        'timer A: renew',
        'deliver A→dynamodb: UpdateItem lock rvn A1.1 if A1',
        'deliver dynamodb→A: ConditionalCheckFailed',
      ],
    );
    expect(trace.stuck).toBeUndefined();
    expect(chronicle(trace).endings).toMatchObject([{ who: 'A', outcome: 'lost' }]);
    expect(chronicle(trace).leases).toMatchObject([{ who: 'A', ended: null }]);
  });

  test('sends no heartbeat for a lease that is over, so a lease that has ended does not come back', () => {
    const trace = replay(
      compile({
        ...alone({ ...acquire, renew: 8 }, { op: 'work', takes: [90, 90] }, { op: 'write' }),
        faults: [pausing(['A'], 1, 40)],
      }),
      [
        'A: acquire',
        'deliver A→dynamodb: GetItem lock',
        'deliver dynamodb→A: no item',
        'deliver A→dynamodb: PutItem lock A1 if none',
        'deliver dynamodb→A: OK',
        'pause A for 40 ms',
        'timer A: renew',
      ],
    );
    expect(trace.stuck).toBeUndefined();
    expect(names(trace).filter((name) => name.startsWith('UpdateItem'))).toEqual([]);
  });
});

describe('a token', () => {
  const withToken = (token: 'record-version' | 'counter'): Scenario => ({
    ...base,
    options: { retry: [16, 16], token },
  });

  test('is not given, so that a resource that checks one is refused', () => {
    expect(problems({ ...base, resource: 'writes' })).toEqual([
      "the resource checks tokens, but the backend 'dynamodb' gives none",
    ]);
  });

  test('made from the record version does not rise', () => {
    expect(check(withToken('record-version'), 'rising-tokens')).toMatchObject({ kind: 'violated', faults: 0 });
  });

  test('made from the record version has the rightful holder refused, while nothing is wrong', () => {
    const fenced: Scenario = { ...withToken('record-version'), resource: 'writes' };
    const endings = ['A', 'B'].map((first) => {
      const clients = first === 'A' ? { A: addOne(), B: addOne() } : { B: addOne(), A: addOne() };
      return chronicle(quietly({ ...fenced, clients })).endings.map(({ outcome }) => outcome);
    });
    expect(endings.flat()).toContain('refused');
  });

  test('that counts acquisitions in the item rises, and survives a release', () => {
    expect(check(withToken('counter'), 'rising-tokens')).toMatchObject({ kind: 'holds' });
    const again = alone(acquire, { op: 'release' }, acquire, { op: 'release' });
    const twice = quietly({ ...again, options: { token: 'counter' } });
    expect(chronicle(twice).leases.map(({ fence }) => fence)).toEqual([1, 2]);
  });

  test('that is deleted with each release is refused', () => {
    expect(problems({ ...base, options: { token: 'counter', release: 'delete' } })).toEqual([
      'a counter in the item does not survive a release that deletes it',
    ]);
  });
});
