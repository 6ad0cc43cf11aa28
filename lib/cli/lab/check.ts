// `lab check`: search, and say what was found and within which bounds.
import { searchedScenario } from '#content/scenarios/index.ts';
import {
  boundsOf,
  compile,
  explore,
  type PropertyId,
  propertyById,
  type Scenario,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import { commandOf, commandOn } from '../command.ts';
import { type Flags, Mistake, type Print } from '../flags.ts';
import { progressWords, type Teller } from '../progress.ts';
import { propertiesOf, scenarioOf } from './asked.ts';

export function checkCommand(flags: Flags, print: Print, teller: Teller): void {
  const [name] = flags.named;
  const found = propertiesOf(flags).map((property) => {
    const scenario = bounded(flags, searched(scenarioOf(flags, property)));
    const began = performance.now();
    const verdict = searchOf(scenario, property, teller);
    const ms = Math.round(performance.now() - began);
    const nothing = verdict.kind === 'holds' && nobodyFinishes(scenario, property, teller);
    return { scenario, property, verdict, ms, nothing };
  });
  if (flags.json) {
    const told = found.map(({ scenario, property, verdict, ms, nothing }) => {
      const { timing, states } = boundsOf(scenario);
      return {
        ...reportOf(scenario, property, verdict, ms),
        note: nothing ? NOTHING : null,
        command: name === undefined ? commandOf(flags.choices, property) : commandOn(name, property, timing, states),
        choices: name === undefined ? flags.choices : null,
      };
    });
    print(JSON.stringify(told.length === 1 ? told[0] : told, null, 2));
    return;
  }
  for (const { scenario, property, verdict, ms, nothing } of found) {
    print(`${property}: ${verdict.kind}`);
    print(`  ${verdictWords(verdict, propertyById(property)?.kind ?? 'always')} ${ms} ms.`);
    if (scenario.id !== name && name) print(`  Searched on ${scenario.id}.`);
    if (nothing) print(`  ${NOTHING}`);
    if (verdict.kind === 'unknown') print(`  ${helpful(scenario)}`);
    if (verdict.kind !== 'violated') continue;
    print(`  ${verdict.words}`);
    for (const line of verdict.script) print(`    ${line}`);
  }
}

function searchOf(scenario: Scenario, property: PropertyId, teller: Teller): Verdict {
  const search = explore(compile(scenario), property, boundsOf(scenario));
  for (;;) {
    const next = search.next();
    if (next.done) return next.value;
    teller.tell(`${property}: ${progressWords(next.value)}`);
  }
}

const FINISHES = 'somebody-finishes';
const NOTHING = 'But in no run does anybody finish after all of these faults, so this says little.';

/** The earliest instants suffice nearly always to find somebody who finishes; only if they do not, all are looked at. */
function nobodyFinishes(scenario: Scenario, property: PropertyId, teller: Teller): boolean {
  if (propertyById(property)?.kind !== 'always') return false;
  const soon: Scenario = { ...scenario, bounds: { ...boundsOf(scenario), timing: 'earliest' } };
  if (searchOf(soon, FINISHES, teller).kind === 'holds') return false;
  return searchOf(scenario, FINISHES, teller).kind === 'violated';
}

/** What makes an answer more likely, of what this scenario has not done already. */
function helpful(scenario: Scenario): string {
  const { timing, states } = boundsOf(scenario);
  const ways = [
    ...(timing === 'every-ms' ? ['--timing corners'] : []),
    ...(Object.keys(scenario.clients).length > 2 ? ['fewer clients'] : []),
    ...(scenario.faults.reduce((sum, { atMost }) => sum + atMost, 0) > 1 ? ['fewer faults'] : []),
    `--max-states ${10 * states}`,
  ];
  return `An answer may come with ${ways.join(', or ')}.`;
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
