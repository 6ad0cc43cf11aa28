// What befalls clocks. Wall clocks jump, since an operator or NTP may set them; no clock is sure to tick at the right speed.
// A monotonic clock never jumps, so a jump moves no timer.
import { drifted, later } from '../time.ts';
import { type FaultMaker, nodeOf, runningTargets, wrongMaker } from './fault.ts';

export const clockJump: FaultMaker = {
  // Only at once: nobody looks at the clock in between.
  offers: (rule, system, world, [now]) =>
    runningTargets(rule, system, world).flatMap((node) =>
      (rule.by ?? []).map((by) => ({
        fault: { kind: 'clockJump' as const, node, by },
        label: `set the clock of ${node} ${by < 0 ? `back ${-by}` : `forward ${by}`} ms`,
        window: [now, now] as const,
      })),
    ),
  strike(world, fault) {
    if (fault.kind !== 'clockJump') return wrongMaker(fault);
    const { node, by } = fault;
    const before = nodeOf(world, node);
    return {
      nodes: { ...world.nodes, [node]: { ...before, wallOffset: before.wallOffset + by } },
      events: [{ kind: 'jumped', who: node, by }],
    };
  },
};

/** From here on, once for each node. Timers that run already are counted by the same clock, so what is left of them changes. */
export const clockRate: FaultMaker = {
  offers: (rule, system, world, window) =>
    runningTargets(rule, system, world)
      .filter((node) => nodeOf(world, node).drift === null)
      .flatMap((node) =>
        (rule.rates ?? []).map((rate) => ({
          fault: { kind: 'clockRate' as const, node, rate },
          label: `the clock of ${node} ticks ${rate[0]} in ${rate[1]}`,
          window,
        })),
      ),
  strike(world, fault, now) {
    if (fault.kind !== 'clockRate') return wrongMaker(fault);
    const { node, rate } = fault;
    const drift = { since: now, rate };
    return {
      nodes: { ...world.nodes, [node]: { ...nodeOf(world, node), drift } },
      pending: world.pending.map((one) => {
        if (one.to !== node || one.input.kind !== 'timer') return one;
        const stretched = (end: { readonly $at: number }) => later(now, drifted(Math.max(0, end.$at - now.$at), drift));
        return { ...one, earliest: stretched(one.earliest), latest: stretched(one.latest) };
      }),
      events: [{ kind: 'drifted', who: node, rate }],
    };
  },
};
