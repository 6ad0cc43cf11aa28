// What may go wrong, and what follows. A fault is a move like any other; the rules of a scenario give it a budget.
// Pause, crash and restart are here. The remaining kinds of FaultKind are named but refused by compile(), so that no
// scenario can seem to survive a fault that the engine does not know how to make.
import { programIsOver } from './program.ts';
import { later, latest } from './time.ts';
import type { Fault, FaultKind, FaultRule, Instant, LockEvent, NodeId, NodeState, Pending, World } from './types.ts';

export const SUPPORTED_FAULTS: readonly FaultKind[] = ['pause', 'crash', 'restart'];

export function isPaused(node: NodeState, now: Instant): boolean {
  return node.resumesAt.$at > now.$at;
}

export type Offer = { readonly fault: Fault; readonly label: string; readonly window: readonly [Instant, Instant] };

export function offers(
  rules: readonly FaultRule[],
  isClient: (id: NodeId) => boolean,
  world: World,
  horizon: Instant,
): Offer[] {
  const list: Offer[] = [];
  const busy = world.pending.length > 0;
  for (const rule of rules) {
    if ((world.faultsLeft[rule.kind] ?? 0) <= 0) continue;
    for (const id of rule.targets) {
      const node = world.nodes[id];
      // Whatever befalls a client whose program is over changes nothing that anybody could see.
      if (!node || (isClient(id) && programIsOver(node.memory))) continue;
      if (rule.kind === 'restart' && !node.up) {
        list.push({ fault: { kind: 'restart', node: id }, label: `restart ${id}`, window: [world.now, horizon] });
      }
      if (!node.up || !busy) continue;
      if (rule.kind === 'crash') {
        // Only at once: a crash that comes later, with nothing in between, leaves strictly fewer things possible.
        list.push({ fault: { kind: 'crash', node: id }, label: `crash ${id}`, window: [world.now, world.now] });
      }
      if (rule.kind === 'pause' && !isPaused(node, world.now)) {
        for (const lasts of rule.lasts ?? []) {
          const label = `pause ${id} for ${lasts} ms`;
          list.push({ fault: { kind: 'pause', node: id, lasts }, label, window: [world.now, horizon] });
        }
      }
    }
  }
  return list;
}

export type Struck = {
  readonly nodes: World['nodes'];
  readonly pending: readonly Pending[];
  readonly events: readonly LockEvent[];
  /** The node that is to be given its 'start'. */
  readonly starts: NodeId | null;
};

export function strike(world: World, fault: Fault, now: Instant): Struck {
  switch (fault.kind) {
    case 'pause': {
      // Everything that waits for the node waits longer. Nothing else: it keeps its memory, its connections and its
      // opinion, and it cannot know that time has passed until it looks at a clock.
      const resumesAt = later(now, fault.lasts);
      const node = { ...nodeOf(world, fault.node), resumesAt };
      const pending = world.pending.map((one) => (one.to === fault.node ? postpone(one, resumesAt) : one));
      return {
        nodes: { ...world.nodes, [fault.node]: node },
        pending,
        events: [{ kind: 'paused', who: fault.node, from: now, until: resumesAt }],
        starts: null,
      };
    }
    case 'crash': {
      // Its timers and lines die with it, and so does what is in flight to it: the connection is reset. What it has
      // sent itself is on its way and will arrive; a late write does not need a living writer.
      const node: NodeState = { ...nodeOf(world, fault.node), up: false, memory: null, resumesAt: now };
      return {
        nodes: { ...world.nodes, [fault.node]: node },
        pending: world.pending.filter((one) => one.to !== fault.node),
        events: [{ kind: 'crashed', who: fault.node }],
        starts: null,
      };
    }
    case 'restart': {
      const node: NodeState = { ...nodeOf(world, fault.node), up: true, memory: null };
      return {
        nodes: { ...world.nodes, [fault.node]: node },
        pending: world.pending,
        events: [{ kind: 'restarted', who: fault.node }],
        starts: fault.node,
      };
    }
    default:
      throw new Error(`the fault '${fault.kind}' cannot be made yet; compile() should have refused it`);
  }
}

function nodeOf(world: World, id: NodeId): NodeState {
  const node = world.nodes[id];
  if (!node) throw new Error(`there is no node '${id}'`);
  return node;
}

export function postpone(pending: Pending, until: Instant): Pending {
  if (pending.earliest.$at >= until.$at) return pending;
  return { ...pending, earliest: until, latest: latest(pending.latest, until) };
}
