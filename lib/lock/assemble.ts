// A scenario's actors put together into a system that can be run. It is taken at its word: a mistake in it is found before that
// (system.ts). The course's own scenarios are all compiled by its tests, so a reader's browser need not fetch the checks for them.
import { backends } from './backends/index.ts';
import { optionsOf } from './options.ts';
import { programActor } from './program.ts';
import { observersOf } from './properties/index.ts';
import { RESOURCE, resourceActor } from './resource.ts';
import { begin } from './step.ts';
import { ZERO } from './time.ts';
import type { Actor, Backend, Bounds, Json, NodeId, NodeState, Scenario, System, World } from './types.ts';

const DEFAULT_BOUNDS: Bounds = { states: 300_000, depth: 200, timing: 'corners' };

export function boundsOf(scenario: Scenario): Bounds {
  return { ...DEFAULT_BOUNDS, ...scenario.bounds };
}

/** Only for a scenario that is known to compile, as those of the course are; any other goes through `compile`. */
export function assemble(scenario: Scenario): System {
  const backend = backends[scenario.backend] as Backend;
  const options = optionsOf(scenario, backend);
  const dataInside = backend.holdsData?.(options) ?? false;
  const actors: { [id: NodeId]: Actor } = {};
  for (const [id, program] of Object.entries(scenario.clients)) {
    actors[id] = programActor(program, backend.client(options), id, dataInside) as Actor;
  }
  const observers = observersOf(scenario);
  const servers = backend.servers(options);
  Object.assign(actors, servers);
  if (!dataInside) actors[RESOURCE] = resourceActor(scenario.resource) as Actor;
  return {
    scenario,
    backend,
    servers: Object.keys(servers),
    failover: backend.failover?.(options) ?? {},
    actors,
    // A run is judged by what its scenario claims about: a counter that two clients increase is not a seat sold twice.
    properties: observers.filter(({ id }) => scenario.expect[id] !== undefined),
    observers,
  };
}

export function start(system: System): World {
  const asleep: NodeState = { up: true, resumesAt: ZERO, wallOffset: 0, drift: null, memory: null, disk: null };
  const nodes = Object.fromEntries(Object.keys(system.actors).map((id) => [id, asleep]));
  const faultsLeft = Object.fromEntries(system.scenario.faults.map((rule) => [rule.kind, rule.atMost]));
  const observed: { [id: string]: Json } = {};
  for (const property of system.properties) observed[property.id] = property.start;
  return begin(system, { now: ZERO, nextId: 1, nodes, pending: [], cuts: [], faultsLeft, observed });
}
