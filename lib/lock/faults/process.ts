// What befalls a process: it is paused, it dies, it is started again with its disk or on an empty one.
import { later } from '../time.ts';
import type { NodeState } from '../types.ts';
import {
  type FaultMaker,
  isPaused,
  isWorthStriking,
  nodeOf,
  postpone,
  runningTargets,
  type Struck,
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
  strike(world, fault, now) {
    if (fault.kind !== 'pause') return wrongMaker(fault);
    const resumesAt = later(now, fault.lasts);
    return {
      nodes: { ...world.nodes, [fault.node]: { ...nodeOf(world, fault.node), resumesAt } },
      pending: world.pending.map((one) => (one.to === fault.node ? postpone(one, resumesAt) : one)),
      events: [{ kind: 'paused', who: fault.node, from: now, until: resumesAt }],
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
    const dead: NodeState = { ...nodeOf(world, node), up: false, memory: null, resumesAt: now };
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
      nodes: { ...world.nodes, [node]: dead },
      pending: world.pending.filter((one) => one.to !== node),
      events: [{ kind: 'crashed', who: node }],
      closed: system.backend.connections ? closed : [],
    };
  },
};

function startAgain(kind: 'restart' | 'wipe', label: string): FaultMaker {
  return {
    offers: (rule, system, world, window) =>
      rule.targets
        .filter((id) => isWorthStriking(system, world, id) && !nodeOf(world, id).up)
        .map((node) => ({ fault: { kind, node }, label: label.replace('NODE', node), window })),
    strike(world, fault) {
      if (fault.kind !== kind) return wrongMaker(fault);
      const { node } = fault;
      const before = nodeOf(world, node);
      const disk = kind === 'wipe' ? null : before.disk;
      return {
        nodes: { ...world.nodes, [node]: { ...before, up: true, memory: null, disk } },
        events: [{ kind: 'restarted', who: node }],
        told: [{ to: node, input: { kind: 'start', disk, again: true } }],
      };
    },
  };
}

export const restart = startAgain('restart', 'restart NODE');
/** A new machine, or one whose disk was never written to. */
export const wipe = startAgain('wipe', 'restart NODE with an empty disk');
