// What a fault means in the standard experiment when nobody says it in detail: whom it strikes, how hard and how long. And which
// details mean nothing: a detail that nobody reads would let an answer look like one to another question.
import type { Backend, BackendOptions, FaultKind, FaultRule, Ms, NodeId, Rate } from './types.ts';

export type FaultChoice = {
  readonly kind: FaultKind;
  readonly atMost: number;
  /** Left out: every node that this kind usually strikes. Of several, any may be struck. */
  readonly target?: NodeId | readonly NodeId[];
  /** Left out: twice the lease, so that it is long enough to matter. For a clock, by how much it jumps. */
  readonly lasts?: Ms;
  /** How a clock ticks from then on. Left out: fast or slow. */
  readonly rate?: Rate;
  readonly oneWay?: 'in' | 'out';
};

/** A clock that is half as fast again as it should be, and one at two thirds: both far beyond real drift, to be seen soon. */
const RATES: readonly Rate[] = [
  [3, 2],
  [2, 3],
];

const ONE_WAY: readonly FaultKind[] = ['partition', 'loss', 'delay', 'duplicate'];
const LONG: readonly FaultKind[] = ['pause', 'delay', 'partition', 'clockJump'];

/** Why a detail of this choice could change nothing; null if each of them can. */
export function idleDetail({ kind, atMost, target, lasts, rate, oneWay }: FaultChoice): string | null {
  if (atMost === 0) return `a ${kind} that may strike 0 times is none; leave it out`;
  if (oneWay !== undefined && !ONE_WAY.includes(kind)) {
    return `a ${kind} has no direction; only ${words(ONE_WAY)} can be one-way`;
  }
  if (kind === 'clockRate' && lasts !== undefined) return 'a clockRate has a rate such as 3/2, and no length';
  if (lasts !== undefined && !LONG.includes(kind)) return `a ${kind} has no length; only ${words(LONG)} have one`;
  if (rate !== undefined && kind !== 'clockRate') return `a ${kind} has no rate; only clockRate has one`;
  if (kind === 'heal' && target !== undefined) return 'a heal is for the whole network, so it strikes no node';
  return null;
}

function words(kinds: readonly FaultKind[]): string {
  return `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`;
}

export function targetsOf({ target }: FaultChoice): readonly NodeId[] | null {
  return target === undefined ? null : typeof target === 'string' ? [target] : target;
}

export function usualFault(
  choice: FaultChoice,
  ttl: Ms,
  backend: Backend,
  options: BackendOptions,
  clients: readonly NodeId[],
): FaultRule {
  const { kind, atMost, oneWay } = choice;
  const servers = Object.keys(backend.servers(options));
  const lasts = [choice.lasts ?? 2 * ttl];
  const chosen = targetsOf(choice);
  const rule = (usual: readonly NodeId[]) => ({
    kind,
    atMost,
    targets: chosen ?? usual,
    ...(oneWay === undefined ? {} : { oneWay }),
  });
  const struckServers = (chosen ?? []).filter((id) => servers.includes(id));
  const struckOthers = (chosen ?? clients).some((id) => !servers.includes(id));
  /** The other ends, where a message between a client and the lock service is meant: this way round or that. */
  const between = [...(struckOthers ? servers : []), ...(struckServers.length > 0 ? clients : [])];
  /** Whose clock a lease is counted by. */
  const timing = backend.timedByClients ? [...servers, ...clients] : servers;
  switch (kind) {
    case 'pause':
      return { ...rule(clients), lasts };
    case 'crash':
    case 'restart':
    case 'disconnect':
      return rule(clients);
    case 'wipe':
      return rule(servers);
    case 'failover':
      return rule(Object.keys(backend.failover?.(options) ?? {}));
    // The client still reaches the resource: that is what makes being cut off from the lock service dangerous.
    case 'partition':
      return { ...rule(clients), lasts, ...(struckOthers ? { from: between } : {}) };
    case 'heal':
      return rule([]);
    // Between a client and the lock service: this model has no plan for a client whose write was never answered.
    case 'loss':
    case 'duplicate':
      return { ...rule(clients), from: between };
    case 'delay':
      return { ...rule(clients), lasts };
    case 'clockJump':
      return { ...rule(timing), by: [choice.lasts ?? 2 * ttl] };
    case 'clockRate':
      return { ...rule(timing), rates: choice.rate === undefined ? RATES : [choice.rate] };
  }
}

/** What comes back is what went down: a restart or a wipe that names no node means those that another fault brings down. */
export function comingBack(
  choices: readonly FaultChoice[],
  rules: readonly FaultRule[],
  failover: { readonly [node: NodeId]: NodeId },
): readonly FaultRule[] {
  const down = broughtDown(rules, failover);
  return rules.map((rule, index) => {
    const named = choices[index]?.target !== undefined;
    return !named && isReturn(rule) && down.length > 0 ? { ...rule, targets: down } : rule;
  });
}

export function isReturn({ kind }: FaultRule): boolean {
  return kind === 'restart' || kind === 'wipe';
}

/** Nodes that one of these faults can leave dead. */
export function broughtDown(
  rules: readonly FaultRule[],
  failover: { readonly [node: NodeId]: NodeId },
): readonly NodeId[] {
  const down = rules.flatMap(({ kind, targets }) =>
    kind === 'crash' ? targets : kind === 'failover' ? targets.filter((id) => failover[id] !== id) : [],
  );
  return [...new Set(down)];
}
