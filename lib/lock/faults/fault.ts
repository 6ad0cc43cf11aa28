// What a kind of fault has to say: when it may strike, and what the world is like afterwards. A fault is a move like any
// other; the rules of a scenario give it a budget.
import { programIsOver } from '../program.ts';
import { latest } from '../time.ts';
import type {
  Cut,
  Fault,
  FaultRule,
  Input,
  Instant,
  LockEvent,
  NodeId,
  NodeState,
  Pending,
  System,
  World,
} from '../types.ts';

/** All that a fault may know of the system that it strikes. */
export type Struckable = Pick<System, 'scenario' | 'backend' | 'servers' | 'failover'>;

export type Offer = { readonly fault: Fault; readonly label: string; readonly window: readonly [Instant, Instant] };
export type Window = readonly [now: Instant, horizon: Instant];

/** What has changed. A part that is left out is as it was. */
export type Struck = {
  readonly nodes?: World['nodes'];
  readonly pending?: readonly Pending[];
  readonly cuts?: readonly Cut[];
  readonly events: readonly LockEvent[];
  /** Nodes that are told something at this very instant. */
  readonly told?: readonly { readonly to: NodeId; readonly input: Input }[];
  /** Nodes that learn later that a connection is gone; not before `after`, if that is given. */
  readonly closed?: readonly { readonly to: NodeId; readonly from: NodeId; readonly after: Instant | null }[];
};

export type FaultMaker = {
  /** With what is left of the window until something else must happen. */
  offers(rule: FaultRule, system: Struckable, world: World, window: Window): readonly Offer[];
  strike(world: World, fault: Fault, now: Instant, system: Struckable): Struck;
};

export function isPaused(node: NodeState, now: Instant): boolean {
  return node.resumesAt.$at > now.$at;
}

export function postpone(pending: Pending, until: Instant): Pending {
  if (pending.earliest.$at >= until.$at) return pending;
  return { ...pending, earliest: until, latest: latest(pending.latest, until) };
}

export function nodeOf(world: World, id: NodeId): NodeState {
  const node = world.nodes[id];
  if (!node) throw new Error(`there is no node '${id}'`);
  return node;
}

/** Whatever befalls a client whose program is over changes nothing that anybody could see. */
export function isWorthStriking(system: Struckable, world: World, id: NodeId): boolean {
  const node = world.nodes[id];
  return node !== undefined && !(system.scenario.clients[id] !== undefined && programIsOver(node.memory));
}

/** The targets of a rule that a fault on a running node would be seen on. */
export function runningTargets(rule: FaultRule, system: Struckable, world: World): readonly NodeId[] {
  if (world.pending.length === 0) return [];
  return rule.targets.filter((id) => isWorthStriking(system, world, id) && nodeOf(world, id).up);
}

/** The process that a client is a thread of, where the backend has it so. */
function homeOf({ scenario, backend, servers }: Struckable, id: NodeId): NodeId | null {
  return scenario.clients[id] !== undefined && backend.home ? backend.home(id, servers) : null;
}

/** What passes between these two never leaves their process. */
export function isInside(system: Struckable, a: NodeId, b: NodeId): boolean {
  return homeOf(system, a) === b || homeOf(system, b) === a;
}

/** A thread runs only while its process does. */
export function canStart(system: Struckable, world: World, id: NodeId): boolean {
  const home = homeOf(system, id);
  return home === null || nodeOf(world, home).up;
}

/** A node, and whatever befalls a process befalls its threads. */
export function withThreads(system: Struckable, world: World, id: NodeId): readonly NodeId[] {
  const threads = Object.keys(system.scenario.clients).filter(
    (client) => homeOf(system, client) === id && isWorthStriking(system, world, client),
  );
  return [id, ...threads];
}

/** Did a fault strike? Not so when a message finds nobody at home: that is what an earlier fault has left behind. */
export function isFault(event: LockEvent): boolean {
  switch (event.kind) {
    case 'lost':
      return event.taken === true;
    case 'paused':
    case 'crashed':
    case 'restarted':
    case 'failedOver':
    case 'disconnected':
    case 'cut':
    case 'healed':
    case 'jumped':
    case 'drifted':
    case 'delayed':
    case 'duplicated':
      return true;
    default:
      return false;
  }
}

export function wrongMaker(fault: Fault): never {
  throw new Error(`the fault '${fault.kind}' was given to the wrong maker`);
}
