// What a demo can be found by: the lock that it runs on, the use case, the kind of fault, and the promise that breaks in it. A choice
// stands in the address (`?lock=redis&breaks=one-believer`); what an address says and this does not know is as if it had not been said.
import { type PropertyId, properties, type Scenario } from '#lib/lock/index.ts';
import { useCaseDemos } from './catalogue.ts';

export const FACETS = ['lock', 'use', 'fault', 'breaks'] as const;
export type Facet = (typeof FACETS)[number];
export type Chosen = { readonly [facet in Facet]?: string };

/** Said of a demo in which every promise holds. */
export const NOTHING = 'nothing';

/** Each use case as something to do. */
export const USES: { readonly [use in keyof typeof useCaseDemos]: string } = {
  seat: 'Book a seat',
  charge: 'Charge a card',
  leader: 'Elect a leader',
  cron: 'Run a job once',
  'rate limit': 'Limit a rate',
  file: 'Change a file',
};

/** What it comes to when a promise breaks. */
export const BREAKS: { readonly [property: PropertyId]: string } = {
  'one-believer': 'Two believe they hold the lock',
  'one-holder': 'Two holders on record',
  'no-lost-update': 'An update is lost',
  'no-double-effect': 'It happens twice',
  'no-stale-write': 'A late write is accepted',
  'nobody-stuck': 'Somebody waits too long',
  'only-owner-releases': 'Somebody else’s lock is released',
  'rising-tokens': 'A token does not rise',
  'external-consistency': 'Timestamps out of order',
  'somebody-finishes': 'Nobody finishes',
  [NOTHING]: 'Nothing: it holds',
};

/** The values that a demo has of each facet. */
export function facetsOf({ id, backend, faults, expect }: Scenario): { readonly [facet in Facet]: readonly string[] } {
  const uses = Object.entries(useCaseDemos).flatMap(([use, { fails, stands }]) =>
    [...fails, ...stands].includes(id) ? [use] : [],
  );
  const broken = properties.map(({ id: property }) => property).filter((property) => expect[property] === 'violated');
  return {
    lock: [backend],
    use: uses,
    fault: [...new Set(faults.filter(({ atMost }) => atMost > 0).map(({ kind }) => kind))],
    breaks: broken.length === 0 ? [NOTHING] : broken,
  };
}

export function matches(scenario: Scenario, chosen: Chosen): boolean {
  const facets = facetsOf(scenario);
  return FACETS.every((facet) => chosen[facet] === undefined || facets[facet].includes(chosen[facet]));
}

/** The values of a facet that any of these has, in the order of the first that has each. */
export function valuesOf(scenarios: readonly Scenario[], facet: Facet): readonly string[] {
  return [...new Set(scenarios.flatMap((scenario) => facetsOf(scenario)[facet]))];
}

export function chosenFrom(
  scenarios: readonly Scenario[],
  query: { readonly [name: string]: string | readonly string[] | undefined },
): Chosen {
  const said = FACETS.flatMap((facet) => {
    const value = query[facet];
    return typeof value === 'string' && valuesOf(scenarios, facet).includes(value) ? [[facet, value]] : [];
  });
  return Object.fromEntries(said);
}
