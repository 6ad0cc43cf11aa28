// Where the demo of a claim is: the scenario that the claim names, and for something that breaks, the moment at which it does. A
// scenario that there is not is the author's mistake, and stops the build.
import { firstTrace } from '#components/demo/trace-of.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { compile, type PropertyId, propertyById } from '#lib/lock/index.ts';

export function addressOfClaim(id: string, property: PropertyId): string {
  const scenario = scenarioById(id);
  if (!scenario) throw new Error(`a claim names the scenario “${id}”, and there is none`);
  const { violations } = firstTrace(compile(scenario));
  const at = violations.findIndex((violation) => violation.property === property);
  // The demo opens at its first broken guarantee by itself.
  return at > 0 ? `/demos/${id}?at=${(violations[at]?.step ?? 0) + 1}` : `/demos/${id}`;
}

/** What the search has shown. Of what should happen sometimes, one run is the proof; of what should always hold, all of them. */
export function verdictOf(property: string, is: 'holds' | 'violated'): string {
  const sometimes = propertyById(property)?.kind === 'sometimes';
  if (sometimes) return is === 'holds' ? 'checked: a run does it' : 'checked: no run does it';
  return is === 'holds' ? 'checked: no run breaks it' : 'checked: a run shows it';
}
