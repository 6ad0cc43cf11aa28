// A search run to its end in one call, for tests and for pages that are built ahead. The interface searches step by step in
// a worker instead. Nothing is kept: who asks twice may keep the verdict.
import { explore, exploreAll } from './explore.ts';
import { boundsOf, compile } from './system.ts';
import type { Progress, PropertyId, Scenario, Verdict } from './types.ts';

/** The verdict on a scenario itself. For a scenario with `searchOn`, give it the one that it names. */
export function check(scenario: Scenario, property: PropertyId): Verdict {
  return toTheEnd(explore(compile(scenario), property, boundsOf(scenario)));
}

/** Worlds that can be reached at all, or null if the bounds of the scenario do not suffice to count them. */
export function countStates(scenario: Scenario): number | null {
  const verdict = toTheEnd(exploreAll(compile(scenario), boundsOf(scenario)));
  return verdict.kind === 'holds' ? verdict.states : null;
}

function toTheEnd(search: Generator<Progress, Verdict, 'stop' | undefined>): Verdict {
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
  }
}
