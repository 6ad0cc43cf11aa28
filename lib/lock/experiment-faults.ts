// What a fault means in the standard experiment when nobody says it in detail: whom it strikes, how hard and how long.
import type { Backend, BackendOptions, FaultKind, FaultRule, Ms, NodeId, Rate } from './types.ts';

export type FaultChoice = {
  readonly kind: FaultKind;
  readonly atMost: number;
  /** Left out: every node that this kind usually strikes. */
  readonly target?: NodeId;
  /** Left out: twice the lease, so that it is long enough to matter. */
  readonly lasts?: Ms;
  readonly oneWay?: 'in' | 'out';
};

/** A clock that is half as fast again as it should be, and one at two thirds: both far beyond real drift, to be seen soon. */
const RATES: readonly Rate[] = [
  [3, 2],
  [2, 3],
];

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
  const rule = (usual: readonly NodeId[]) => ({
    kind,
    atMost,
    targets: choice.target === undefined ? usual : [choice.target],
    ...(oneWay === undefined ? {} : { oneWay }),
  });
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
    case 'partition': {
      const target = choice.target ?? '';
      return { ...rule(clients), lasts, ...(servers.includes(target) ? {} : { from: servers }) };
    }
    case 'heal':
      return rule([]);
    // Between a client and the lock service: this model has no plan for a client whose write was never answered.
    case 'loss':
    case 'duplicate':
      return { ...rule(clients), from: servers };
    case 'delay':
      return { ...rule(clients), lasts };
    case 'clockJump':
      return { ...rule(servers), by: [choice.lasts ?? 2 * ttl] };
    case 'clockRate':
      return { ...rule(servers), rates: RATES };
  }
}
