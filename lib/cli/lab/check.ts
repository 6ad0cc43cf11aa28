// `lab check`: search, and say what was found and within which bounds.
import { searchedScenario } from '#content/scenarios/index.ts';
import {
  boundsOf,
  check,
  type PropertyId,
  propertyById,
  type Scenario,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import { type Flags, Mistake, type Print } from '../flags.ts';
import { propertiesOf, scenarioOf } from './asked.ts';

export function checkCommand(flags: Flags, print: Print): void {
  const found = propertiesOf(flags).map((property) => {
    const scenario = bounded(flags, searched(scenarioOf(flags, property)));
    const began = performance.now();
    const verdict = check(scenario, property);
    return { scenario, property, verdict, ms: Math.round(performance.now() - began) };
  });
  if (flags.json) {
    const told = found.map(({ scenario, property, verdict, ms }) => reportOf(scenario, property, verdict, ms));
    print(JSON.stringify(told.length === 1 ? told[0] : told, null, 2));
    return;
  }
  for (const { scenario, property, verdict, ms } of found) {
    print(`${property}: ${verdict.kind}`);
    print(`  ${verdictWords(verdict, propertyById(property)?.kind ?? 'always')} ${ms} ms.`);
    if (scenario.id !== flags.named[0] && flags.named[0]) print(`  Searched on ${scenario.id}.`);
    if (verdict.kind !== 'violated') continue;
    print(`  ${verdict.words}`);
    for (const line of verdict.script) print(`    ${line}`);
  }
}

/** A crowd cannot be searched; it names the small model that stands for it. */
function searched(scenario: Scenario): Scenario {
  return scenario.searchOn ? (searchedScenario(scenario.id) ?? scenario) : scenario;
}

function bounded({ given, choices }: Flags, scenario: Scenario): Scenario {
  const bounds = boundsOf(scenario);
  const timing = given.has('timing') ? choices.timing : bounds.timing;
  const states = given.has('max-states') ? choices.maxStates : bounds.states;
  if (states === 0) throw new Mistake('--max-states must be above 0');
  return { ...scenario, bounds: { ...bounds, timing, states } };
}

export function reportOf(scenario: Scenario, property: PropertyId, verdict: Verdict, ms: number) {
  return {
    kind: verdict.kind,
    scenario: scenario.id,
    lock: scenario.backend,
    property,
    faults: Object.fromEntries(scenario.faults.map(({ kind, atMost }) => [kind, atMost])),
    faultsUsed: verdict.kind === 'violated' ? verdict.faults : null,
    states: verdict.states,
    depth: verdict.depth,
    timing: verdict.timing,
    script: 'script' in verdict ? (verdict.script ?? null) : null,
    words: verdict.kind === 'violated' ? verdict.words : null,
    stoppedBy: verdict.kind === 'unknown' ? verdict.stoppedBy : null,
    ms,
  };
}
