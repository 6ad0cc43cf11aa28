// Clients that run the same program, and that the faults treat alike, are mirror images: what may befall A and B may befall
// B and A. So of all worlds that differ only by exchanging such clients the search keeps one: the one whose row is the least.
// That holds since no actor, fault or property looks at a client's name but to tell it from others; symmetry.test.ts shows
// it for each backend. A script is still of real runs: witness.ts finds its way back through worlds as they are.
// Left out: crowds. Of more than four clients there are too many orders to look at, so they are not folded.
import type { NodeId, Scenario } from '../types.ts';
import { NODES, PENDING, pendingFrom, sortPending } from './pack.ts';
import { type PartId, type Parts, renamed } from './parts.ts';
import { copy, newRow, type Row, stretch } from './rows.ts';

const MOST = 4;

/** One way to exchange clients: which node each place takes its state from, and the new names of all parts. */
export type Renaming = {
  readonly from: readonly number[];
  readonly rename: (text: string) => string;
  readonly names: PartId[];
};

/** All ways to exchange clients that change nothing, except for leaving all as they are. */
export function renamingsOf(
  scenario: Scenario,
  nodes: readonly NodeId[],
  homeOf?: (client: NodeId) => NodeId | undefined,
): readonly Renaming[] {
  const clients = Object.keys(scenario.clients);
  if (clients.length > MOST || !areClear(clients)) return [];
  return orders(clients).flatMap((order) => {
    if (order.every((id, index) => id === clients[index])) return [];
    const to = new Map(clients.map((id, index) => [id, order[index] as NodeId]));
    const rename = (text: string) => renameIn(text, clients, to);
    // A thread is at home in the process that its name says.
    if (homeOf && clients.some((id) => homeOf(id) !== homeOf(to.get(id) ?? id))) return [];
    if (!isUnchanged(scenario, rename)) return [];
    const from = nodes.map((id) => nodes.findIndex((other) => (to.get(other) ?? other) === id));
    return [{ from, rename, names: [] }];
  });
}

/** Makes a row the least of its mirror images. */
export function fold(parts: Parts, renamings: readonly Renaming[], row: Row, spare: [Row, Row]): void {
  if (renamings.length === 0) return;
  let least = row;
  for (const renaming of renamings) {
    const image = least === spare[0] ? spare[1] : spare[0];
    if (isLess(parts, renaming, row, image, least)) least = image;
  }
  if (least !== row) copy(least, row);
}

export function newSpare(): [Row, Row] {
  return [newRow(), newRow()];
}

// ---- inside -------------------------------------------------------------------------------------------------------

/** Puts the image of a row into `image`, unless it turns out on the way that it is not less than the least one so far. */
function isLess(parts: Parts, renaming: Renaming, row: Row, image: Row, least: Row): boolean {
  const { cells, length } = row;
  const first = pendingFrom(parts);
  const out = stretch(image, length);
  let less = false;
  for (let index = 0; index < first; index += 1) {
    const source = index < NODES ? index : NODES + renaming.from[index - NODES]!;
    const part = nameOf(parts, renaming, cells[source]!);
    out[index] = part;
    if (less) continue;
    if (part > least.cells[index]!) return false;
    if (part < least.cells[index]!) less = true;
  }
  for (let at = first; at < length; at += PENDING) {
    out[at] = nameOf(parts, renaming, cells[at]!);
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

function nameOf(parts: Parts, { names, rename }: Renaming, part: PartId): PartId {
  const known = names[part];
  if (known !== undefined) return known;
  const name = renamed(parts, part, rename);
  names[part] = name;
  return name;
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
function isUnchanged(
  { clients, faults, options, network, linePace }: Scenario,
  rename: (text: string) => string,
): boolean {
  const names = Object.keys(clients);
  const decides = (said: string) => {
    const read = JSON.parse(said);
    const programs = names.map((id) => JSON.stringify(read.clients[id]));
    const rules = read.faults.map((rule: { targets: string[] }) =>
      JSON.stringify(rule, (_key, value) => inOrder(value)),
    );
    return JSON.stringify([programs, rules, read.options, read.network, read.linePace]);
  };
  const said = JSON.stringify({ clients, faults, options, network, linePace });
  return decides(said) === decides(rename(said));
}

/** Names in a rule are a set. */
function inOrder(value: unknown): unknown {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...value].sort() : value;
}

function orders(ids: readonly NodeId[]): readonly (readonly NodeId[])[] {
  if (ids.length <= 1) return [ids];
  return ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
}
