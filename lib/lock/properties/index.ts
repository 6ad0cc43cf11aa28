// What is claimed about a lock: one file for each property. Each is an observer: it folds the events of a run into a small
// state, which is part of the world, so that a claim about the past ("after B had written …") can be checked in one state.
// Each can say in one sentence what went wrong, as one would at a whiteboard. None of them looks inside an actor.
import type { Ms, Property, PropertyId, Scenario } from '../types.ts';
import { externalConsistency } from './external-consistency.ts';
import { noDoubleEffect } from './no-double-effect.ts';
import { noLostUpdate } from './no-lost-update.ts';
import { noStaleWrite } from './no-stale-write.ts';
import { nobodyStuck } from './nobody-stuck.ts';
import { oneBeliever } from './one-believer.ts';
import { oneHolder } from './one-holder.ts';
import { onlyOwnerReleases } from './only-owner-releases.ts';
import { risingTokens } from './rising-tokens.ts';
import { somebodyFinishes } from './somebody-finishes.ts';

const registry = (within: Ms) =>
  [
    oneBeliever,
    oneHolder,
    noStaleWrite,
    noLostUpdate,
    noDoubleEffect,
    risingTokens,
    externalConsistency,
    onlyOwnerReleases,
    nobodyStuck(within),
    somebodyFinishes,
  ] as readonly Property[];

/** What can be said of a property without a scenario; what a run is observed with is made for its own: see `observersOf`. */
type Claim = Pick<Property, 'id' | 'title' | 'kind'>;

export const properties: readonly Claim[] = registry(0).map(({ id, title, kind }) => ({ id, title, kind }));

export function propertyById(id: PropertyId): Claim | undefined {
  return properties.find((property) => property.id === id);
}

/** Every property that can be asked of this scenario: 'nobody-stuck' only if it says within how long. */
export function observersOf({ within }: Pick<Scenario, 'within'>): readonly Property[] {
  return registry(within ?? 0).filter(({ id }) => within !== undefined || id !== 'nobody-stuck');
}
