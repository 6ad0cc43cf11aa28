// What is particular to an idempotency key: a retry is not a second effect, and two requests are not a retry.
import { describe, expect, test, vi } from 'vitest';
import { check } from '../check.ts';
import { chronicle } from '../chronicle.ts';
import { programOf, quiet } from '../examples.ts';
import { replay, run } from '../run.ts';
import { natural } from '../schedulers.ts';
import { POSTGRES } from '../servers/postgres-statements.ts';
import { compile } from '../system.ts';
import type { BackendOptions, FaultKind, FaultRule, Line, NodeId, Scenario, Trace } from '../types.ts';

vi.setConfig({ testTimeout: 60_000 });

const write: Line = { op: 'write' };
const charge = programOf(write);
const one: Scenario = { ...quiet, backend: 'idempotency-key', options: {}, clients: { A: charge } };
const rivals: Scenario = { ...one, clients: { A: charge, B: charge } };
const with_ = (scenario: Scenario, options: Partial<BackendOptions>, ...faults: readonly FaultRule[]): Scenario => {
  return { ...scenario, options, faults };
};
const strikes = (kind: FaultKind, ...targets: readonly NodeId[]): FaultRule => ({ kind, targets, atMost: 1 });
const quietly = (scenario: Scenario) => run(compile(scenario), natural(), 400);
const names = (trace: Trace) => chronicle(trace).messages.map(({ from, to, name }) => `${from}→${to}: ${name}`);
const endings = (trace: Trace) =>
  Object.fromEntries(chronicle(trace).endings.map(({ who, outcome }) => [who, outcome]));
const effects = (trace: Trace) =>
  chronicle(trace)
    .accesses.filter(({ what, accepted }) => what === 'write' && accepted)
    .map(({ who, value }) => `${who} ${value}`);

const CHARGE = 'UPDATE t SET n = n + 1; INSERT INTO keys VALUES (A0-1)';
const again = { timeout: 9, onTimeout: 'ask-again' } as const;

test('the effect and its key are one transaction', () => {
  expect(names(quietly(one))).toEqual([`A→postgres: ${CHARGE}`, 'postgres→A: INSERT 0 1']);
  expect(effects(quietly(one))).toEqual(['A 1']);
});

describe('a retry', () => {
  test('after a lost reply gets the stored result, and the effect happens once (F7)', () => {
    const trace = replay(compile(with_(one, again, strikes('loss', 'A'))), [
      'A: write',
      `deliver A→postgres: ${CHARGE}`,
      'lose postgres→A: INSERT 0 1',
      'timer A: no answer',
      `deliver A→postgres: ${CHARGE}`,
      'deliver postgres→A: ERROR 23505',
      'deliver A→postgres: SELECT FROM keys WHERE key = A0-1',
      'deliver postgres→A: found 1',
    ]);
    expect(trace.stuck).toBeUndefined();
    expect(effects(trace)).toEqual(['A 1']);
    expect(endings(trace)).toEqual({ A: 'done' });
  });

  const slow: FaultRule = { kind: 'delay', targets: ['A'], atMost: 1, lasts: [15] };
  test.each<readonly [string, readonly FaultRule[]]>([
    ['whatever message is lost', [strikes('loss', 'A')]],
    ['also when the first request was only late and still comes (F3)', [slow]],
    ['also over another connection', [strikes('disconnect', 'A')]],
    [
      'also in the client’s next life, since the intent has kept its name',
      [strikes('crash', 'A'), strikes('restart', 'A')],
    ],
    ['also after a crash of the database', [strikes('crash', POSTGRES), strikes('restart', POSTGRES)]],
  ])('has no effect of its own, %s', (_title, faults) => {
    const scenario = with_(one, again, ...faults);
    expect(check(scenario, 'no-double-effect').kind).toBe('holds');
    expect(check(scenario, 'somebody-finishes').kind).toBe('holds');
  });

  test('of the same write without a key doubles the effect', () => {
    const plain: Scenario = { ...one, backend: 'sql' };
    expect(check(with_(plain, again, strikes('loss', 'A')), 'no-double-effect')).toMatchObject({
      kind: 'violated',
      faults: 1,
    });
  });

  test('that is left out leaves a doubt, and no second effect', () => {
    const scenario = with_(one, { timeout: 9 }, strikes('loss', 'A'));
    expect(check(scenario, 'no-double-effect').kind).toBe('holds');
    expect(check(scenario, 'somebody-finishes').kind).toBe('violated');
  });
});

test('two effects that one client asks for are two intents', () => {
  const trace = quietly({ ...one, clients: { A: programOf(write, { op: 'read' }, write) } });
  expect(effects(trace)).toEqual(['A 1', 'A 2']);
});

describe('two different requests', () => {
  test('both take effect: a key does not order rivals', () => {
    expect(effects(quietly(rivals))).toEqual(['A 1', 'B 2']);
    expect(check(rivals, 'no-double-effect')).toMatchObject({ kind: 'violated', faults: 0 });
  });

  test('for one seat sell it twice, even if both looked first', () => {
    const seat = programOf({ op: 'read' }, { op: 'ifFree', else: 3 }, write);
    const scenario: Scenario = { ...rivals, clients: { A: seat, B: seat } };
    expect(check(scenario, 'no-double-effect')).toMatchObject({ kind: 'violated', faults: 0 });
    const constrained: Scenario = { ...scenario, backend: 'unique-constraint' };
    expect(check(constrained, 'no-double-effect').kind).toBe('holds');
  });

  test('are both in the sum, since the effect adds to what is there and not to what was read', () => {
    expect(check(with_(rivals, again, strikes('loss', 'A', 'B')), 'no-lost-update').kind).toBe('holds');
  });
});
