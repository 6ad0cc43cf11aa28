// Where the demo of a claim is: the scenario that the claim names, and for something that breaks, the moment at which it does. A
// scenario that there is not is the author's mistake, and stops the build.
import { firstTrace } from '#components/demo/trace-of.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { compile, type PropertyId } from '#lib/lock/index.ts';

export function addressOfClaim(id: string, property: PropertyId): string {
  const scenario = scenarioById(id);
  if (!scenario) throw new Error(`a claim names the scenario “${id}”, and there is none`);
  const { violations } = firstTrace(compile(scenario));
  const at = violations.findIndex((violation) => violation.property === property);
  // The demo opens at its first broken guarantee by itself.
  return at > 0 ? `/demos/${id}?at=${(violations[at]?.step ?? 0) + 1}` : `/demos/${id}`;
}
