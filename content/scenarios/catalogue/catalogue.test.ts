// Nothing that the course names is without a demo, and each demo shows what it is listed for.
import { describe, expect, test } from 'vitest';
import { failures } from '#content/failures.ts';
import { backends, type Scenario } from '#lib/lock/index.ts';
import { scenarioById, scenarios } from '../index.ts';
import { analogyDemo, failureDemos, firstDemos, mistakeDemos, useCaseDemos } from './catalogue.ts';

function demo(id: string): Scenario {
  const scenario = scenarioById(id);
  if (!scenario) throw new Error(`there is no demo '${id}'`);
  return scenario;
}
const breaksSomething = ({ expect: expected }: Scenario) => Object.values(expected).includes('violated');

test.each(Object.keys(backends))('the lock %s has a demo', (lock) => {
  expect(scenarios.filter(({ backend }) => backend === lock)).not.toEqual([]);
});

test.each(Object.entries(useCaseDemos))(
  'the use case %s fails in one demo and stands in another',
  (_, { fails, stands }) => {
    for (const id of fails) expect(breaksSomething(demo(id)), id).toBe(true);
    for (const id of stands) expect(Object.values(demo(id).expect), id).toContain('holds');
  },
);

describe.each(failures)('$id $title', ({ id, breaks, harms, choices }) => {
  test('has a demo, on the lock on which it is classic, that breaks the same guarantee', () => {
    const [plainest, ...more] = failureDemos[id] ?? [];
    if (plainest === undefined) throw new Error(`${id} has no demo`);
    const scenario = demo(plainest);
    expect(scenario.backend).toBe(choices.lock);
    const broken = Object.entries(scenario.expect).flatMap(([property, is]) => (is === 'violated' ? [property] : []));
    expect([breaks, harms].some((property) => property !== undefined && broken.includes(property))).toBe(true);
    for (const another of more) demo(another);
  });
});

test('no failure is listed that the engine does not have', () => {
  const known = failures.map(({ id }) => id);
  expect(Object.keys(failureDemos).filter((id) => !known.includes(id as (typeof known)[number]))).toEqual([]);
});

test('each of the three mistakes fails in every demo that it is shown by', () => {
  expect(Object.keys(mistakeDemos)).toHaveLength(3);
  for (const id of Object.values(mistakeDemos).flat()) expect(breaksSomething(demo(id)), id).toBe(true);
});

test('the bathroom key lets two guests in', () => {
  expect(demo(analogyDemo).expect['one-believer']).toBe('violated');
});

test.each(scenarios)('$id says its point in one sentence', ({ point, title }) => {
  expect(point).toMatch(/^[A-ZÀ-Þ“][^.!?]*\.$/);
  expect(point.length).toBeLessThan(190);
  expect(title).toMatch(/^[A-Ze“]/);
  expect(title).not.toMatch(/[.!]$/);
});

test('no two demos have the same title or the same point', () => {
  for (const key of ['title', 'point'] as const) {
    expect(new Set(scenarios.map((scenario) => scenario[key])).size).toBe(scenarios.length);
  }
});

test('the demos to begin with are a race, a lock that does not save it, and one that nobody breaks the booking of', () => {
  const [race, locked, fenced] = firstDemos.map(({ id }) => demo(id));
  expect([race?.backend, race && breaksSomething(race)]).toEqual(['none', true]);
  expect(locked?.backend).not.toBe('none');
  expect(locked?.expect['no-double-effect']).toBe('violated');
  expect(fenced?.expect['no-double-effect']).toBe('holds');
});
