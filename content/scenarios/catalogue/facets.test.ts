import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarios } from '../index.ts';
import { BREAKS, chosenFrom, FACETS, facetsOf, matches, NOTHING, USES, valuesOf } from './facets.ts';

const ids = (chosen: Parameters<typeof matches>[1]) =>
  scenarios.filter((scenario) => matches(scenario, chosen)).map(({ id }) => id);

test('every value that is offered finds a demo, and every demo is found by each value that it has', () => {
  for (const facet of FACETS) {
    for (const value of valuesOf(scenarios, facet)) expect(ids({ [facet]: value }), value).not.toEqual([]);
  }
  for (const scenario of scenarios) {
    for (const facet of FACETS) {
      for (const value of facetsOf(scenario)[facet]) expect(ids({ [facet]: value })).toContain(scenario.id);
    }
  }
});

test('nothing chosen leaves all of them, and each choice more leaves no more', () => {
  expect(ids({})).toHaveLength(scenarios.length);
  const value = (facet: (typeof FACETS)[number]) =>
    fc.option(fc.constantFrom(...valuesOf(scenarios, facet)), { nil: undefined });
  const choice = fc.record({ lock: value('lock'), use: value('use'), fault: value('fault'), breaks: value('breaks') });
  const said = (chosen: object) => Object.fromEntries(Object.entries(chosen).filter(([, one]) => one !== undefined));
  fc.assert(
    fc.property(choice, (chosen) => {
      const { breaks: _, ...fewer } = chosen;
      const [many, few] = [ids(said(fewer)), ids(said(chosen))];
      expect(few.every((id) => many.includes(id))).toBe(true);
      expect(chosenFrom(scenarios, said(chosen))).toEqual(said(chosen));
    }),
  );
});

test('a demo in which every promise holds breaks nothing, and no other does', () => {
  for (const id of ids({ breaks: NOTHING })) {
    const scenario = scenarios.find((one) => one.id === id);
    expect(Object.values(scenario?.expect ?? {})).not.toContain('violated');
  }
  expect(ids({ breaks: NOTHING }).length).toBeGreaterThan(5);
});

test('an address that names what there is not chooses nothing', () => {
  expect(chosenFrom(scenarios, { lock: 'constructor', use: '__proto__', breaks: ['a', 'b'], what: 'redis' })).toEqual(
    {},
  );
});

test('every value has a name', () => {
  for (const value of valuesOf(scenarios, 'breaks')) expect(BREAKS[value], value).toMatch(/^[A-Z]/);
  expect(valuesOf(scenarios, 'use').toSorted()).toEqual(Object.keys(USES).toSorted());
});
