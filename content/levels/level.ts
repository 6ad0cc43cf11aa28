// What a level of the campaign is. A break level names a promise and asks for a run that breaks it; a repair level names a
// system that breaks and asks for knobs with which nothing does. Neither says how long the best answer is: the engine does.
// Made on the server and in tests, where every lock is at hand; a page gets the finished level, which is plain data.
import { type Choices, experiment, type PropertyId, type Scenario } from '#lib/lock/index.ts';
import { type FailureId, failures } from '../failures.ts';

export type BreakLevel = {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** What to bring about, as one would say it to a colleague. */
  readonly goal: string;
  readonly breaks: PropertyId;
  /** With the faults that are allowed. It claims nothing but the promise, so that nothing else is marked in the picture. */
  readonly scenario: Scenario;
  /** From a nudge to the moment that matters. The third step, the exact next move, is searched for where the learner stands. */
  readonly hints: readonly [string, string];
  /** Slug of the lesson that explains it. */
  readonly lesson: string;
};

export type LevelText = Omit<BreakLevel, 'scenario'>;

/** A level on a scenario of the course, from its quiet run on. */
export function levelOn(scenario: Scenario, level: LevelText): BreakLevel {
  const { script: _script, states: _states, searchOn: _searchOn, ...rest } = scenario;
  const { id, title, lesson, story, breaks } = level;
  const bare: Scenario = { ...rest, id: `level ${id}`, title, lesson, point: story, expect: { [breaks]: 'holds' } };
  return { ...level, scenario: bare };
}

/** A level on a standard experiment. Choices that make no sense together are an author's mistake. */
export function levelOf(choices: Choices, level: LevelText): BreakLevel {
  const asked = experiment(choices, level.breaks);
  if (asked.kind === 'refused') throw new Error(`level '${level.id}': ${asked.why}`);
  return levelOn(asked.scenario, level);
}

/** The choices of a failure of the fact sheet. */
export function choicesOf(id: FailureId): Choices {
  const found = failures.find((failure) => failure.id === id);
  if (!found) throw new Error(`there is no failure '${id}'`);
  return found.choices;
}
