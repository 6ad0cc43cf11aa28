// Clients that run the same program, and that the faults treat alike, are mirror images: what may befall A and B may befall
// B and A. So of all worlds that differ only by exchanging such clients the search keeps one: the one whose row is the least.
// That holds since no actor, fault or property looks at a client's name but to tell it from others; oracle.test.ts tries it
// on each backend. A script is still of real runs: witness.ts finds its way back through worlds as they are.
// Left out: crowds. Of more than four clients there are too many orders to look at, so they are not folded.
import type { NodeId, Scenario, System } from '../types.ts';
import { NODES, PENDING, pendingFrom, sortPending } from './pack.ts';
import { type PartId, type Parts, type Renaming, renamed } from './parts.ts';
import { copy, newRow, type Row, stretch } from './rows.ts';

const MOST = 4;

/** One way to exchange clients: which node each place takes its state from, and what parts are called then. */
export type Mirror = Renaming & { readonly from: readonly number[]; readonly images: PartId[] };

/** All ways to exchange clients that change nothing, except for leaving all as they are. */
export function mirrorsOf({ scenario, backend, servers }: System, nodes: readonly NodeId[]): readonly Mirror[] {
  const clients = Object.keys(scenario.clients);
  const homeOf = (id: NodeId) => backend.home?.(id, servers);
  if (clients.length > MOST || !areClear(clients)) return [];
  return orders(clients).flatMap((order) => {
    if (order.every((id, index) => id === clients[index])) return [];
    const to = new Map(clients.map((id, index) => [id, order[index] as NodeId]));
    const rename = (text: string) => renameIn(text, clients, to);
    // A thread stays in its process.
    if (clients.some((id, index) => homeOf(id) !== homeOf(order[index] as NodeId))) return [];
    if (!isUnchanged(scenario, rename)) return [];
    const from = nodes.map((id) => nodes.findIndex((other) => (to.get(other) ?? other) === id));
    return [{ from, rename, shapes: [], images: [] }];
  });
}

/** Makes a row the least of its mirror images. */
export function toLeastImage(parts: Parts, mirrors: readonly Mirror[], row: Row, spare: [Row, Row]): void {
  if (mirrors.length === 0) return;
  let least = row;
  for (const mirror of mirrors) {
    const image = least === spare[0] ? spare[1] : spare[0];
    if (isLess(parts, mirror, row, image, least)) least = image;
  }
  if (least !== row) copy(least, row);
}

export function newSpare(): [Row, Row] {
  return [newRow(), newRow()];
}

// ---- inside -------------------------------------------------------------------------------------------------------

/** Puts the image of a row into `image`, unless it turns out on the way that it is not less than the least one so far. */
function isLess(parts: Parts, mirror: Mirror, row: Row, image: Row, least: Row): boolean {
  const { cells, length } = row;
  const first = pendingFrom(parts);
  const out = stretch(image, length);
  let less = false;
  for (let index = 0; index < first; index += 1) {
    const source = index < NODES ? index : NODES + mirror.from[index - NODES]!;
    const part = imageOf(parts, mirror, cells[source]!);
    out[index] = part;
    if (less) continue;
    if (part > least.cells[index]!) return false;
    if (part < least.cells[index]!) less = true;
  }
  for (let at = first; at < length; at += PENDING) {
    out[at] = imageOf(parts, mirror, cells[at]!);
    out[at + 1] = cells[at + 1]!;
    out[at + 2] = cells[at + 2]!;
  }
  sortPending(out, first, length);
  if (less) return true;
  for (let index = first; index < length; index += 1) {
    if (out[index] !== least.cells[index]) return out[index]! < least.cells[index]!;
  }
  return false;
}

function imageOf(parts: Parts, mirror: Mirror, part: PartId): PartId {
  const known = mirror.images[part];
  if (known !== undefined) return known;
  const image = renamed(parts, part, mirror);
  mirror.images[part] = image;
  return image;
}

/**
 * A name must be told from everything else that a world says. A capital letter, or a word with a number, is no word of the
 * engine; and 'A1', which might be the second value of A, must not be the name of another.
 */
function areClear(clients: readonly NodeId[]): boolean {
  return (
    clients.every((id) => /^(?:[A-Z]|[A-Za-z]+\d+)$/.test(id)) &&
    clients.every((id) => !clients.some((other) => other !== id && new RegExp(`^${other}\\d+$`).test(id)))
  );
}

/** 'A' stands alone or before a number of A's own, as in 'A1'; 'r1' only stands alone, as in 'r1-1'. */
function renameIn(text: string, clients: readonly NodeId[], to: ReadonlyMap<NodeId, NodeId>): string {
  const names = clients.map((id) => (/\d$/.test(id) ? id : `${id}(?=\\d*(?![A-Za-z0-9]))`)).join('|');
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9])(?:${names})(?![A-Za-z])`, 'g'), (id) => to.get(id) ?? id);
}

/** Is a scenario the same after clients have been exchanged? Only in what decides; titles and scripts may name them. */
function isUnchanged(scenario: Scenario, rename: (text: string) => string): boolean {
  const { title, lesson, point, groups, outcomes, expect, bounds, states, script, searchOn, ...decides } = scenario;
  const said = JSON.stringify(decides);
  const normal = (text: string) => JSON.stringify(JSON.parse(text), inOrder);
  return normal(said) === normal(rename(said));
}

/** The order of clients decides nothing, and the names in a rule are a set. */
function inOrder(_key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? [...value].sort() : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function orders(ids: readonly NodeId[]): readonly (readonly NodeId[])[] {
  if (ids.length <= 1) return [ids];
  return ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
}
