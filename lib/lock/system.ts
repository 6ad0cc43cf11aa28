// From a scenario, which is data that an author wrote, to a system that can be run: checked, with its actors put together.
// A mistake in a scenario is found here, with one line that says what to change, and never in the middle of a run.
import { backends } from './backends/index.ts';
import { SUPPORTED_FAULTS } from './faults.ts';
import { programActor } from './program.ts';
import { properties, propertyById } from './properties.ts';
import { RESOURCE, resourceActor } from './resource.ts';
import { begin } from './step.ts';
import { FOREVER, ZERO } from './time.ts';
import type {
  Actor,
  BackendOptions,
  Bounds,
  Json,
  NodeId,
  NodeState,
  Program,
  Scenario,
  System,
  Window,
  World,
} from './types.ts';

const DEFAULT_BOUNDS: Bounds = { states: 300_000, depth: 200, timing: 'corners' };

export function boundsOf(scenario: Scenario): Bounds {
  return { ...DEFAULT_BOUNDS, ...scenario.bounds };
}

/** Throws one line that names the scenario and its first problem. Use `problems` to have them all as values. */
export function compile(scenario: Scenario): System {
  const [problem] = problems(scenario);
  if (problem) throw new Error(`scenario '${scenario.id}': ${problem}`);
  const backend = backends[scenario.backend];
  const options = optionsOf(scenario);
  const actors: { [id: NodeId]: Actor } = {};
  for (const [id, program] of Object.entries(scenario.clients)) {
    actors[id] = programActor(program, backend.client(options), id) as Actor;
  }
  Object.assign(actors, backend.servers(options));
  actors[RESOURCE] = resourceActor(scenario.resource) as Actor;
  // A run is judged by what its scenario claims about: a counter that two clients increase is not a seat sold twice. The
  // search may be asked about any property of the registry.
  return { scenario, actors, properties: properties.filter(({ id }) => scenario.expect[id] !== undefined) };
}

export function start(system: System): World {
  const asleep: NodeState = { up: true, resumesAt: ZERO, wallOffset: 0, memory: null, disk: null };
  const nodes = Object.fromEntries(Object.keys(system.actors).map((id) => [id, asleep]));
  const faultsLeft = Object.fromEntries(system.scenario.faults.map((rule) => [rule.kind, rule.atMost]));
  const observed: { [id: string]: Json } = {};
  for (const property of system.properties) observed[property.id] = property.start;
  return begin(system, { now: ZERO, nextId: 1, nodes, pending: [], cuts: [], faultsLeft, observed });
}

/** Everything that is wrong with a scenario, in words for its author. */
export function problems(scenario: Scenario): readonly string[] {
  const found: string[] = [];
  const backend = backends[scenario.backend];
  if (!backend) return [`there is no backend '${scenario.backend}'; there are ${Object.keys(backends).join(', ')}`];

  const servers = Object.keys(backend.servers(optionsOf(scenario)));
  const clients = Object.keys(scenario.clients);
  if (clients.length === 0) found.push('it has no client');
  for (const id of clients) {
    if (id === RESOURCE || servers.includes(id)) found.push(`the client name '${id}' is taken by a server`);
    for (const problem of programProblems(scenario.clients[id] as Program)) found.push(`client '${id}' ${problem}`);
  }
  if (scenario.resource !== 'none' && !backend.fences) {
    found.push(`the resource checks tokens, but the backend '${backend.id}' gives none`);
  }
  for (const [name, window] of [
    ['network', scenario.network],
    ['linePace', scenario.linePace],
    ['retry', optionsOf(scenario).retry],
  ] as const) {
    if (!isWindow(window)) found.push(`${name} must be whole milliseconds, earliest before latest`);
  }

  const kinds = scenario.faults.map((rule) => rule.kind);
  for (const rule of scenario.faults) {
    if (!SUPPORTED_FAULTS.includes(rule.kind)) {
      found.push(`the fault '${rule.kind}' is not supported yet; there are ${SUPPORTED_FAULTS.join(', ')}`);
    }
    if (kinds.filter((kind) => kind === rule.kind).length > 1) {
      found.push(`the fault '${rule.kind}' has two rules; give it one with all targets`);
    }
    for (const target of rule.targets) {
      if (target === RESOURCE && rule.kind !== 'pause') found.push(`the resource cannot ${rule.kind} in this version`);
      else if (![...clients, ...servers, RESOURCE].includes(target))
        found.push(`a fault strikes '${target}', which is not there`);
      else if (servers.includes(target) && rule.kind === 'crash' && optionsOf(scenario).timeout >= FOREVER) {
        found.push(`a crash of '${target}' needs a client timeout in the options, or its clients wait for ever`);
      }
    }
    if (!isCount(rule.atMost)) found.push(`the fault '${rule.kind}' needs a whole number in atMost`);
    if (rule.kind === 'pause' && !(rule.lasts?.length && rule.lasts.every((lasts) => isCount(lasts) && lasts > 0))) {
      found.push('a pause needs lasts, in whole milliseconds');
    }
  }
  for (const id of Object.keys(scenario.expect)) {
    if (!propertyById(id))
      found.push(`there is no property '${id}'; there are ${properties.map((p) => p.id).join(', ')}`);
  }
  return found;
}

function programProblems({ lines }: Program): string[] {
  const found: string[] = [];
  if (lines.length === 0) return ['has no line'];
  let acquired = false;
  lines.forEach(({ run }, index) => {
    const target = run.op === 'goto' ? run.line : 'else' in run ? run.else : null;
    if (target !== null && !(isCount(target) && target <= lines.length)) {
      found.push(`jumps from line ${index} to ${target}, but its last line is ${lines.length - 1}`);
    }
    if (run.op === 'acquire') acquired = true;
    if ((run.op === 'release' || run.op === 'extend') && !acquired) found.push(`has '${run.op}' before any 'acquire'`);
    if (run.op === 'work' && index === lines.length - 1) found.push('ends in work that nothing waits for');
    if (run.op === 'work' && !isWindow(run.takes)) found.push('works for a time that is not in whole milliseconds');
    if ((run.op === 'acquire' || run.op === 'extend') && !(isCount(run.ttl) && run.ttl > 0)) {
      found.push(`needs a ttl in whole milliseconds above 0`);
    }
  });
  return found;
}

function optionsOf(scenario: Scenario): BackendOptions {
  return {
    replicas: 1,
    network: scenario.network,
    clockUncertainty: 0,
    release: 'compare-and-delete',
    retry: [10, 10],
    timeout: FOREVER,
    ...scenario.options,
  };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isWindow([earliest, latest]: Window): boolean {
  return isCount(earliest) && isCount(latest) && earliest <= latest;
}
