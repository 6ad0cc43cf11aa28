// The lanes of a picture, each with its place from top to bottom. Locks stand above the clients and data below, so an arrow that
// goes up is about the lock and one that goes down is about the data. Two things bend that rule: where the lock server holds the
// data itself, its lane has a rail for the data; where there is no lock at all, everything flows down from the clients.
// The nodes of a quorum share one lane, with a thin row each, until somebody unfolds them.
import { backends, type NodeId, type Scenario } from '#lib/lock/index.ts';

export type LaneKind = 'server' | 'client' | 'store';
export type Lane = {
  /** The node's name, or for a folded quorum what its nodes have in common. */
  readonly id: string;
  readonly kind: LaneKind;
  readonly nodes: readonly NodeId[];
  /** Which hue and shape a client has: 0 to 3, and then again from 0. */
  readonly hue: number;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
};
/** Where one node is drawn: its lane, or its row in a folded one. */
export type Spot = {
  readonly id: NodeId;
  readonly kind: LaneKind;
  readonly lane: Lane;
  readonly hue: number;
  readonly y: number;
  /** How high its bars are. */
  readonly bar: number;
  /** Where accesses to the data are marked; null for a node that keeps none. */
  readonly dataY: number | null;
  /** A row among others has no room for words. */
  readonly folded: boolean;
};
export type Quorum = { readonly name: string; readonly nodes: readonly NodeId[] };
export type Lanes = {
  readonly lanes: readonly Lane[];
  readonly spots: ReadonlyMap<NodeId, Spot>;
  readonly height: number;
  /** The nodes that can be folded and unfolded; null where there is one server, or none. */
  readonly quorum: Quorum | null;
};

export const BAR = 18;
const HEIGHT = { server: 50, client: 84, store: 46 } as const;
const WITH_DATA = 88;
const CHANNEL = 62;
const CHAIN = 34;
const TOP = 22;
const ROW_BAR = 8;
/** In a folded lane: for two lines of words above its rows. */
const HEAD = 30;

export function lanesOf(
  scenario: Scenario,
  nodes: readonly NodeId[],
  holdsData: ReadonlySet<NodeId>,
  unfolded: boolean,
): Lanes {
  const clients = Object.keys(scenario.clients);
  const servers = nodes.filter((id) => !clients.includes(id) && id !== 'store');
  const locks = backends[scenario.backend]?.locks !== false;
  const quorum = locks ? quorumOf(servers) : null;
  const groups = groupsOf({ nodes, clients, servers, locks, folded: unfolded ? null : quorum });

  const lanes: Lane[] = [];
  const spots = new Map<NodeId, Spot>();
  let top = TOP;
  groups.forEach((group, index) => {
    const [first] = group.nodes;
    const before = groups[index - 1];
    // Between clients nothing is said; down a chain of servers, every message is.
    const chained = !locks && group.kind === 'server' && before?.kind === 'server';
    if (before && (before.kind !== group.kind || chained)) top += chained ? CHAIN : CHANNEL;
    const several = group.nodes.length > 1;
    const data = group.kind === 'server' && !several && holdsData.has(first as NodeId);
    const pitch = group.nodes.length > 3 ? 12 : 15;
    const h = several ? HEAD + group.nodes.length * pitch + 4 : data ? WITH_DATA : HEIGHT[group.kind];
    const y = several ? top + HEAD + (h - HEAD - 4) / 2 : top + (data ? HEIGHT.server : h) / 2;
    const hue = group.kind === 'client' ? clients.indexOf(first as NodeId) % 4 : 0;
    const lane: Lane = { id: group.name, kind: group.kind, nodes: group.nodes, hue, y, top, bottom: top + h };
    lanes.push(lane);
    group.nodes.forEach((id, row) => {
      const dataY = group.kind === 'store' ? y : data ? top + 66 : null;
      const rowY = several ? top + HEAD + pitch * (row + 0.5) : y;
      const spot = { id, kind: group.kind, lane, hue, y: rowY, bar: several ? ROW_BAR : BAR, dataY, folded: several };
      spots.set(id, spot);
    });
    top += h;
  });
  return { lanes, spots, height: top, quorum };
}

type Group = { readonly name: string; readonly kind: LaneKind; readonly nodes: readonly NodeId[] };

function groupsOf({
  nodes,
  clients,
  servers,
  locks,
  folded,
}: {
  nodes: readonly NodeId[];
  clients: readonly NodeId[];
  servers: readonly NodeId[];
  locks: boolean;
  folded: Quorum | null;
}): readonly Group[] {
  const single =
    (kind: LaneKind) =>
    (id: NodeId): Group => ({ name: id, kind, nodes: [id] });
  const above = folded
    ? [
        { name: folded.name, kind: 'server' as const, nodes: folded.nodes },
        ...servers.filter((id) => !folded.nodes.includes(id)).map(single('server')),
      ]
    : servers.map(single('server'));
  const below = nodes.includes('store') ? [single('store')('store')] : [];
  const middle = clients.map(single('client'));
  if (locks) return [...above, ...middle, ...below];
  // What comes last in the chain keeps the data: a queue hands on to a consumer, and that one writes.
  const [last, ...rest] = servers.toReversed();
  const chain = rest.toReversed().map(single('server'));
  return [...middle, ...chain, ...(last === undefined ? [] : [single('store')(last)]), ...below];
}

/** Servers that differ only by their number are the nodes of one service. */
function quorumOf(servers: readonly NodeId[]): Quorum | null {
  const stem = (id: NodeId) => /^(.*\D)\d+$/.exec(id)?.[1];
  const name = servers.map(stem).find((one) => one !== undefined);
  const nodes = servers.filter((id) => name !== undefined && stem(id) === name);
  if (name === undefined || nodes.length < 2) return null;
  return { name, nodes };
}
