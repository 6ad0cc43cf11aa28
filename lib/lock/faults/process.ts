// What befalls a process: it is paused, it dies, it is started again with its disk or on an empty one.
import { isMessage } from '../pending.ts';
import { later, latest } from '../time.ts';
import type { NodeId, NodeState, Pending } from '../types.ts';
import {
  canStart,
  type FaultMaker,
  isInside,
  isPaused,
  isWorthStriking,
  nodeOf,
  postpone,
  runningTargets,
  type Struck,
  type Struckable,
  withThreads,
  wrongMaker,
} from './fault.ts';

/**
 * Everything that waits for the node waits longer. Nothing else: it keeps its memory, its connections and its opinion, and it
 * cannot know that time has passed until it looks at a clock.
 */
export const pause: FaultMaker = {
  offers: (rule, system, world, window) =>
    runningTargets(rule, system, world)
      .filter((id) => !isPaused(nodeOf(world, id), world.now))
      .flatMap((node) =>
        (rule.lasts ?? []).map((lasts) => ({
          fault: { kind: 'pause' as const, node, lasts },
          label: `pause ${node} for ${lasts} ms`,
          window,
        })),
      ),
  strike(world, fault, now, system) {
    if (fault.kind !== 'pause') return wrongMaker(fault);
    const until = later(now, fault.lasts);
    const paused = withThreads(system, world, fault.node);
    const asleep = (id: NodeId): NodeState => {
      const node = nodeOf(world, id);
      return { ...node, resumesAt: latest(node.resumesAt, until) };
    };
    return {
      nodes: { ...world.nodes, ...Object.fromEntries(paused.map((id) => [id, asleep(id)])) },
      pending: world.pending.map((one) => (paused.includes(one.to) ? postpone(one, until) : one)),
      events: paused.map((who) => ({ kind: 'paused', who, from: now, until })),
    };
  },
};

/**
 * Its timers and lines die with it, and so does what is in flight to it: the connection is reset. What it has sent itself is
 * on its way and will arrive; a late write does not need a living writer.
 */
export const crash: FaultMaker = {
  // Only at once: a crash that comes later, with nothing in between, leaves strictly fewer things possible.
  offers: (rule, system, world, [now]) =>
    runningTargets(rule, system, world).map((node) => ({
      fault: { kind: 'crash' as const, node },
      label: `crash ${node}`,
      window: [now, now] as const,
    })),
  strike(world, fault, now, system): Struck {
    if (fault.kind !== 'crash' && fault.kind !== 'failover') return wrongMaker(fault);
    const { node } = fault;
    const dying = withThreads(system, world, node);
    const dead = (id: NodeId): NodeState => ({ ...nodeOf(world, id), up: false, memory: null, resumesAt: now });
    const peers = system.servers.includes(node) ? Object.keys(system.scenario.clients) : system.servers;
    // The end of a connection comes after what was sent over it.
    const closed = peers.map((to) => {
      const sent = world.pending.filter(
        (one) => one.input.kind === 'message' && one.input.from === node && one.to === to,
      );
      const last = Math.max(-1, ...sent.map(({ latest }) => latest.$at));
      return { to, from: node, after: last < 0 ? null : { $at: last + 1 } };
    });
    return {
      nodes: { ...world.nodes, ...Object.fromEntries(dying.map((id) => [id, dead(id)])) },
      pending: world.pending.filter((one) => !dying.includes(one.to) && !isCallOf(dying, one, system)),
      events: dying.map((who) => ({ kind: 'crashed', who })),
      closed: system.backend.connections ? closed : [],
      // A process needs no network to know that one of its threads is gone.
      told: system.servers
        .filter((id) => isInside(system, node, id))
        .map((to) => ({ to, input: { kind: 'closed', from: node } })),
    };
  },
};

/** What a dead thread was about to ask of its process is not on its way anywhere. */
function isCallOf(dying: readonly NodeId[], one: Pending, system: Struckable): boolean {
  return isMessage(one) && dying.includes(one.input.from) && isInside(system, one.input.from, one.to);
}

function startAgain(kind: 'restart' | 'wipe', label: string): FaultMaker {
  return {
    offers: (rule, system, world, window) =>
      rule.targets
        .filter((id) => isWorthStriking(system, world, id) && !nodeOf(world, id).up && canStart(system, world, id))
        .map((node) => ({ fault: { kind, node }, label: label.replace('NODE', node), window })),
    strike(world, fault, _now, system) {
      if (fault.kind !== kind) return wrongMaker(fault);
      const started = withThreads(system, world, fault.node).filter((id) => !nodeOf(world, id).up);
      const diskOf = (id: NodeId) => (kind === 'wipe' ? null : nodeOf(world, id).disk);
      const awake = (id: NodeId): NodeState => ({ ...nodeOf(world, id), up: true, memory: null, disk: diskOf(id) });
      return {
        nodes: { ...world.nodes, ...Object.fromEntries(started.map((id) => [id, awake(id)])) },
        events: started.map((who) => ({ kind: 'restarted', who })),
        told: started.map((to) => ({ to, input: { kind: 'start', disk: diskOf(to), again: true } })),
      };
    },
  };
}

export const restart = startAgain('restart', 'restart NODE');
/** A new machine, or one whose disk was never written to. */
export const wipe = startAgain('wipe', 'restart NODE with an empty disk');
