// What is asked of each engine: a scenario and a property. A question whose answer is "violated" measures the time to the first
// counterexample, one whose answer is "holds" the time to exhaust all runs. One line each; the numbers are those of the course.
import { scenarioById } from '#content/scenarios/index.ts';
import type { PropertyId, Scenario } from '#lib/lock/index.ts';

export type Question = {
  readonly id: string;
  readonly title: string;
  readonly scenario: Scenario;
  readonly property: PropertyId;
};

const onePause = scenario('pause-no-fence');
const fenced = scenario('pause-fence-writes');
const bounds = { timing: 'every-ms', states: 5_000_000 } as const;
const three = { clients: { ...onePause.clients, C: onePause.clients.A! }, bounds };

export const questions: readonly Question[] = [
  question('no-fault', 'No fault', { ...onePause, faults: [] }, 'one-believer'),
  question('pause', 'One pause, no fencing', onePause, 'no-lost-update'),
  question('pause-fenced', 'One pause, tokens checked on writes', fenced, 'no-stale-write'),
  question('two-pauses', 'Two pauses, tokens checked on writes', scenario('two-pauses-fence-writes'), 'no-lost-update'),
  question('two-pauses-sealed', 'Two pauses, also on reads', scenario('pause-fence-seal'), 'no-lost-update'),
  question('three', 'Three clients, one pause, no fencing', { ...onePause, ...three }, 'no-lost-update'),
  question(
    'three-fenced',
    'Three clients, one pause, tokens checked on writes',
    { ...fenced, ...three },
    'no-stale-write',
  ),
];

function question(id: string, title: string, scenario: Scenario, property: PropertyId): Question {
  return { id, title, scenario, property };
}

function scenario(id: string): Scenario {
  const found = scenarioById(id);
  if (!found) throw new Error(`there is no scenario '${id}'`);
  return found;
}
