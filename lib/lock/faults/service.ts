// What befalls a lock service as a whole. Where the model has one actor for a quorum, its leader changes inside; where the
// copies are nodes of their own, the old one dies and the one that takes over is told so.
import { type FaultMaker, nodeOf, wrongMaker } from './fault.ts';
import { crash } from './process.ts';

export const failover: FaultMaker = {
  offers: (rule, { failover: successors }, world, window) =>
    rule.targets
      .filter((node) => {
        const successor = successors[node];
        return (
          successor !== undefined && nodeOf(world, node).up && nodeOf(world, successor).up && world.pending.length > 0
        );
      })
      .map((node) => ({
        fault: { kind: 'failover' as const, node },
        label: successors[node] === node ? `${node} elects a new leader` : `${node} fails over to ${successors[node]}`,
        window,
      })),
  strike(world, fault, now, system) {
    if (fault.kind !== 'failover') return wrongMaker(fault);
    const successor = system.failover[fault.node] ?? fault.node;
    const told = [{ to: successor, input: { kind: 'failover' as const } }];
    if (successor === fault.node) return { events: [{ kind: 'failedOver', who: fault.node }], told };
    const dead = crash.strike(world, fault, now, system);
    return { ...dead, events: [...dead.events, { kind: 'failedOver', who: fault.node }], told };
  },
};
