// What is fetched when somebody wants another history: the engine, and the lock of the scenario.
import { loadBackend, type Scenario } from '#lib/lock/index.ts';
import { type TraceQuestion, type TraceSpec, traceQuestion } from './trace-question.ts';

/** Null where the question does not suit the scenario, which a test of the course excludes. */
export async function anotherHistory(
  scenario: Scenario,
  spec: Omit<TraceSpec, 'demo'>,
  seed: number,
): Promise<TraceQuestion | null> {
  await loadBackend(scenario.backend);
  return traceQuestion(scenario, spec, seed);
}
