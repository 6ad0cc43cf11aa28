// Every claim of the course leads to the demo that bears it out, and one that says “can break” to the moment at which it does.
import { describe, expect, test } from 'vitest';
import { fromQuery } from '#components/demo/demo-url.ts';
import { firstState } from '#components/demo/use-demo.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { compile } from '#lib/lock/index.ts';
import { addressOfClaim, verdictOf } from './claim-address.ts';

const claims = allLessons().flatMap(({ slug, claims: made }) => made.map((claim) => ({ ...claim, slug })));

test('the course makes claims', () => {
  expect(claims.length).toBeGreaterThan(20);
});

describe.each(claims)('$slug: $scenario, $property is $is', ({ scenario: id, property, is }) => {
  const [path = '', query = ''] = addressOfClaim(id, property).split('?');
  const demo = scenarioById(path.replace('/demos/', ''));

  test('leads to a demo that expects the same', () => {
    expect(path).toBe(`/demos/${id}`);
    expect(demo?.expect[property]).toBe(is);
  });

  test('opens where it breaks, if it does', () => {
    if (!demo || is === 'holds') return;
    const system = compile(demo);
    const place = fromQuery(system, Object.fromEntries(new URLSearchParams(query)));
    const shown = place.kind === 'place' ? place : firstState(system, 'break');
    const broken = shown.trace.violations.find((violation) => violation.property === property);
    expect(shown.cursor).toBe((broken?.step ?? Number.NaN) + 1);
  });
});

test('a claim about a demo that there is not stops the build, and says which', () => {
  expect(() => addressOfClaim('pause-with-luck', 'one-believer')).toThrow('“pause-with-luck”');
});

test('what should happen sometimes is not said to be unbroken', () => {
  expect(verdictOf('no-lost-update', 'holds')).toBe('checked: no run breaks it');
  expect(verdictOf('no-lost-update', 'violated')).toBe('checked: a run shows it');
  expect(verdictOf('somebody-finishes', 'holds')).toBe('checked: a run does it');
  expect(verdictOf('somebody-finishes', 'violated')).toBe('checked: no run does it');
});
