// The lanes of a picture: lock servers above, clients in the middle, the store below, each with its place from top to bottom.
import type { NodeId, Scenario } from '#lib/lock/index.ts';

export type LaneKind = 'server' | 'client' | 'store';
export type Lane = {
  readonly id: NodeId;
  readonly kind: LaneKind;
  /** Which hue and shape a client has: 0 to 3, and then again from 0. */
  readonly hue: number;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
};

const LANE = { server: 46, client: 84, store: 46 } as const;
const CHANNEL = 62;
const TOP = 22;
export function lanesOf(scenario: Scenario, nodes: readonly NodeId[]): { lanes: readonly Lane[]; height: number } {
  const clients = Object.keys(scenario.clients);
  const servers = nodes.filter((id) => !clients.includes(id) && id !== 'store');
  const order = [
    ...servers.map((id) => ({ id, kind: 'server' as const })),
    ...clients.map((id) => ({ id, kind: 'client' as const })),
    { id: 'store', kind: 'store' as const },
  ];
  const lanes: Lane[] = [];
  let top = TOP;
  order.forEach(({ id, kind }, index) => {
    const before = order[index - 1]?.kind;
    if (before && before !== kind) top += CHANNEL;
    const h = LANE[kind];
    lanes.push({ id, kind, hue: clients.indexOf(id) % 4, y: top + h / 2, top, bottom: top + h });
    top += h;
  });
  return { lanes, height: top };
}
