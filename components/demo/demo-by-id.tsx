// A demo named by its id, as an author names it. Looked up on the server, so that a page carries the scenarios that it shows and no
// others.
import { scenarioById, searchedScenario } from '#content/scenarios/index.ts';
import type { Scenario } from '#lib/lock/index.ts';
import type { Known } from './demo-tuned.tsx';
import type { DemoQuery } from './demo-url.ts';
import { FIRST_EXPERIMENT, knobsOfSetting, type Setting, scenarioOf, settingFromQuery } from './knobs-setting.ts';
import { comparedFromQuery } from './knobs-url.ts';
import { NearDemo } from './near.tsx';
import { asNth, pose, type SavePrediction } from './prediction.ts';

/** A demo in running text. `predict` names what is asked before it runs; `save` keeps the answer; `nth` counts what a page asks. */
export function Demo({
  id,
  predict,
  nth,
  save,
}: {
  id: string;
  predict?: string | undefined;
  nth?: number | undefined;
  save: SavePrediction;
}) {
  const scenario = scenarioById(id);
  if (!scenario) return <p>There is no demo called “{id}”.</p>;
  const predicting = predict === undefined ? undefined : { posed: asNth(pose(scenario, predict), nth), save };
  return <NearDemo scenario={scenario} model={modelOf(scenario)} predicting={predicting} />;
}

/** A demo on a page of its own; `query` is the address, which may turn knobs, ask for any run and moment, and follows what is done. */
export function DemoAtFullWidth({ id, query }: { id: string; query: DemoQuery }) {
  const scenario = scenarioById(id);
  if (!scenario) return <p>There is no demo called “{id}”.</p>;
  return (
    <Asked first={{ kind: 'scenario', base: scenario, model: modelOf(scenario) ?? null, knobs: null }} query={query} />
  );
}

/** The standard experiment, with the choices that the address names, and with what is known about these. */
export function ExperimentAtFullWidth({ query, answer }: { query: DemoQuery; answer?: Known | undefined }) {
  return <Asked first={FIRST_EXPERIMENT} query={query} answer={answer} />;
}

/** Parsed here, where all locks are at hand. What cannot be followed becomes a sentence, and the page opens as it is by itself. */
function Asked({ first, query, answer }: { first: Setting; query: DemoQuery; answer?: Known | undefined }) {
  const read = settingFromQuery(first.kind === 'scenario' ? first : null, query);
  const locks = comparedFromQuery(query);
  const setting = read.kind === 'setting' ? read.setting : first;
  const trouble =
    read.kind === 'bad'
      ? read.why
      : locks === null
        ? 'The locks to compare with cannot be read from the link.'
        : undefined;
  const made = scenarioOf(setting);
  const scenario = setting.kind === 'scenario' ? setting.base : made.kind === 'scenario' ? made.scenario : null;
  if (!scenario) return <p>There is no such experiment.</p>;
  const compare = trouble === undefined ? (locks ?? []) : [];
  return (
    <NearDemo
      eager
      bare
      scenario={scenario}
      model={setting.kind === 'scenario' ? (setting.model ?? undefined) : undefined}
      setting={setting}
      compare={compare}
      trouble={trouble}
      locks={[knobsOfSetting(setting).lock, ...compare]}
      query={trouble === undefined ? query : {}}
      answer={trouble === undefined ? answer : undefined}
    />
  );
}

/** What is searched in place of a crowd. */
export function modelOf(scenario: Scenario): Scenario | undefined {
  return scenario.searchOn ? searchedScenario(scenario.id) : undefined;
}
