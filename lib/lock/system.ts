// From a scenario, which is data that an author wrote, to a system that can be run: checked, with its actors put together.
// A mistake in a scenario is found here (problems.ts), and never in the middle of a run.
import { assemble } from './assemble.ts';
import { problems } from './problems.ts';
import type { Scenario, System } from './types.ts';

export { boundsOf, start } from './assemble.ts';

/** Throws one line that names the scenario and its first problem. Use `problems` to have them all as values. */
export function compile(scenario: Scenario): System {
  const [problem] = problems(scenario);
  if (problem) throw new Error(`scenario '${scenario.id}': ${problem}`);
  return assemble(scenario);
}
