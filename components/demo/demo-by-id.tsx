// A demo named by its id, as an author names it. Looked up on the server, so that a page carries the scenarios that it shows and no
// others.
import { scenarioById, searchedScenario } from '#content/scenarios/index.ts';
import type { Scenario } from '#lib/lock/index.ts';
import type { DemoQuery } from './demo-url.ts';
import { NearDemo } from './near.tsx';

/** A demo in running text. */
export function Demo({ id }: { id: string }) {
  const scenario = scenarioById(id);
  if (!scenario) return <p>There is no demo called “{id}”.</p>;
  return <NearDemo scenario={scenario} model={modelOf(scenario)} />;
}

/** A demo on a page of its own; `query` is the address, which may ask for any run and moment, and follows what is done. */
export function DemoAtFullWidth({ id, query }: { id: string; query: DemoQuery }) {
  const scenario = scenarioById(id);
  if (!scenario) return <p>There is no demo called “{id}”.</p>;
  return <NearDemo eager scenario={scenario} model={modelOf(scenario)} query={query} bare />;
}

/** What is searched in place of a crowd. */
export function modelOf(scenario: Scenario): Scenario | undefined {
  return scenario.searchOn ? searchedScenario(scenario.id) : undefined;
}
