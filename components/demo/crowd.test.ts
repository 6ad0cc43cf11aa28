import { expect, test } from 'vitest';
import { scenarioById } from '#content/scenarios/index.ts';
import { compile } from '#lib/lock/index.ts';
import { crowdOf, soldAt } from './crowd.ts';
import { firstTrace } from './trace-of.ts';

function crowd(id: string) {
  const scenario = scenarioById(id);
  if (!scenario) throw new Error(`no scenario ${id}`);
  return crowdOf(firstTrace(compile(scenario)), scenario);
}

test('47 requests on two servers without a lock end with 47 tickets', () => {
  const open = crowd('seat-14a');
  expect(open.groups.map(({ rows }) => rows.length)).toEqual([24, 23]);
  expect(soldAt(open, 0)).toBe(0);
  expect(soldAt(open, open.steps)).toBe(47);
  expect(open.groups.flatMap(({ rows }) => rows).filter(({ first }) => first)).toHaveLength(1);
});

test('the axis names the time of the start and of the end', () => {
  for (const id of ['seat-14a', 'seat-14a-locked']) {
    const { ticks, steps } = crowd(id);
    const last = firstTrace(compile(scenarioById(id) as never)).steps.at(-1);
    expect(ticks[0]).toEqual({ step: 0, at: 0 });
    expect(ticks.at(-1)).toEqual({ step: steps, at: last?.at.$at });
  }
});

test('every read comes before the first write, which is the race', () => {
  const rows = crowd('seat-14a').groups.flatMap(({ rows }) => rows);
  const lastRead = Math.max(...rows.map(({ read }) => read ?? 0));
  const firstWrite = Math.min(...rows.map(({ write }) => write ?? Number.POSITIVE_INFINITY));
  expect(lastRead).toBeLessThan(firstWrite);
});

test('with a lock one request holds it, one ticket is sold, and 46 are turned away', () => {
  const locked = crowd('seat-14a-locked');
  const rows = locked.groups.flatMap(({ rows }) => rows);
  expect(locked.locks).toBe(1);
  expect(soldAt(locked, locked.steps)).toBe(1);
  expect(rows.filter(({ holds }) => holds)).toHaveLength(1);
  expect(rows.filter(({ turnedAway }) => turnedAway)).toHaveLength(46);
});
