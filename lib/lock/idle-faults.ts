// Faults that could never strike: what they undo does not happen, or no message passes where they lie in wait. A search would
// come back with "holds", and the word would say nothing. The standard experiment refuses them; a scenario may keep one, as
// its author may turn the knobs of another fault.
import { broughtDown, isReturn } from './experiment-faults.ts';
import { RESOURCE } from './resource.ts';
import type { Backend, BackendOptions, FaultRule, NodeId } from './types.ts';

/** Why one of these rules can strike nothing; null if each of them can. */
export function idleFault(
  rules: readonly FaultRule[],
  backend: Backend,
  options: BackendOptions,
  clients: readonly NodeId[],
): string | null {
  const servers = Object.keys(backend.servers(options));
  const dataInside = backend.holdsData?.(options) ?? false;
  const nodes = [...clients, ...servers, ...(dataInside ? [] : [RESOURCE])];
  const down = broughtDown(rules, backend.failover?.(options) ?? {});

  const talk = (one: NodeId, other: NodeId): boolean => {
    if (one === other) return false;
    if (one === RESOURCE || other === RESOURCE) return clients.includes(one) || clients.includes(other);
    return servers.includes(one) || servers.includes(other);
  };
  const meets = ({ targets, from }: FaultRule) =>
    targets.some((target) => (from ?? nodes).some((other) => talk(target, other)));

  for (const rule of rules) {
    const { kind, targets } = rule;
    if (kind === 'heal' && !rules.some((other) => other.kind === 'partition')) {
      return 'a heal needs a partition to heal; ask for one too, as in partition:1';
    }
    if (isReturn(rule) && !targets.some((id) => down.includes(id))) {
      const which = targets.length === 1 ? `@${targets[0]}` : '';
      return `a ${kind} needs a node that is down; ask for its crash too, as in crash:1${which}`;
    }
    if (!(kind === 'loss' || kind === 'duplicate' || kind === 'partition' || kind === 'delay') || meets(rule)) continue;
    if (targets.includes(RESOURCE)) {
      return `no ${kind} strikes the way to the store, since a client has no plan for a write that is never answered; a delay can`;
    }
    return servers.length === 0
      ? `'${backend.id}' has no server, so there is no message that a ${kind} could strike`
      : `no message passes there that a ${kind} could strike`;
  }
  return null;
}
