// The registry of faults: each kind with its maker, in the order in which they are offered.
import type { FaultKind, Instant, World } from '../types.ts';
import { clockJump, clockRate } from './clock.ts';
import type { FaultMaker, Offer, Struckable } from './fault.ts';
import { delay, disconnect, duplicate, heal, loss, partition } from './network.ts';
import { crash, pause, restart, wipe } from './process.ts';
import { failover } from './service.ts';

export const faultMakers: { readonly [kind in FaultKind]: FaultMaker } = {
  pause,
  crash,
  restart,
  wipe,
  partition,
  heal,
  loss,
  delay,
  duplicate,
  clockJump,
  clockRate,
  failover,
  disconnect,
};

/** Faults with budget left, in the order of the scenario's rules. */
export function offers(system: Struckable, world: World, horizon: Instant): readonly Offer[] {
  return system.scenario.faults
    .filter(({ kind }) => (world.faultsLeft[kind] ?? 0) > 0)
    .flatMap((rule) => faultMakers[rule.kind].offers(rule, system, world, [world.now, horizon]));
}

export const faultKinds = Object.keys(faultMakers) as readonly FaultKind[];
