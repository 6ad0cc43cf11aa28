// The registry of scenarios: one file and one line for each, in the order in which the course meets them. A test keeps this
// list and the folder equal, and another proves each `expect`.
import { check, type PropertyId, type Scenario, type Verdict } from '#lib/lock/index.ts';
import { blindDelete } from './blind-delete.ts';
import { crashHolder } from './crash-holder.ts';
import { pauseFenceSeal } from './pause-fence-seal.ts';
import { pauseFenceWrites } from './pause-fence-writes.ts';
import { pauseNoFence } from './pause-no-fence.ts';
import { safeDelete } from './safe-delete.ts';
import { seat14a } from './seat-14a.ts';
import { seat14aFenced } from './seat-14a-fenced.ts';
import { seat14aLocked } from './seat-14a-locked.ts';
import { seat14aLockedTwo } from './seat-14a-locked-two.ts';
import { seat14aPaused } from './seat-14a-paused.ts';
import { seat14aTwo } from './seat-14a-two.ts';
import { slowPacket } from './slow-packet.ts';
import { twoPausesFenceWrites } from './two-pauses-fence-writes.ts';

export const scenarios: readonly Scenario[] = [
  seat14a,
  seat14aTwo,
  seat14aLocked,
  seat14aLockedTwo,
  seat14aPaused,
  seat14aFenced,
  crashHolder,
  pauseNoFence,
  pauseFenceWrites,
  twoPausesFenceWrites,
  pauseFenceSeal,
  slowPacket,
  blindDelete,
  safeDelete,
];

export function scenarioById(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}

/** The scenario that claims about this one are searched on: itself, or the small model that it names. */
export function searchedScenario(id: string): Scenario | undefined {
  const scenario = scenarioById(id);
  return scenario?.searchOn ? scenarioById(scenario.searchOn) : scenario;
}

/**
 * Searches to the end and says what is found. For tests: it takes up to a few seconds, so ask once and keep the answer.
 * A wrong id is an author's mistake and throws, with the ids that there are.
 */
export function checkClaim(scenarioId: string, property: PropertyId): Verdict {
  const scenario = searchedScenario(scenarioId);
  if (!scenario) {
    throw new Error(`there is no scenario '${scenarioId}'; there are ${scenarios.map(({ id }) => id).join(', ')}`);
  }
  return check(scenario, property);
}
