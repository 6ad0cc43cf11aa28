// A world as a short row of whole numbers, and back. First the rest, then what the observer knows, then the state of each
// node, then three numbers for each pending thing: what it is, how soon and how late from now it happens. These are sorted,
// since their names and their order decide nothing. Two worlds are the same exactly when their rows are equal.
// A row has no `now`: a world that is unpacked stands at 0, and goes on from there by step.ts as any other.
import { ZERO } from '../time.ts';
import type { NodeId, NodeState, Pending, World } from '../types.ts';
import { type PartId, type Parts, partAt, shapeOf, valueAs } from './parts.ts';
import { type Row, stretch } from './rows.ts';
import { isSteady, msOf, restOf, windowFromNow } from './sameness.ts';

export const REST = 0;
export const OBSERVED = 1;
export const NODES = 2;
/** Cells of one pending thing. */
export const PENDING = 3;

/** Where the pending things of a row begin. */
export function pendingFrom({ nodes }: Parts): number {
  return NODES + nodes.length;
}

export function pack(parts: Parts, world: World, into: Row): void {
  const now = world.now.$at;
  const rest = restOf(world);
  const steady = isSteady(rest);
  const first = pendingFrom(parts);
  const cells = stretch(into, first + PENDING * world.pending.length);
  cells[REST] = partAt(parts, 'rest', rest, now, steady);
  cells[OBSERVED] = partAt(parts, 'observed', world.observed, now, steady);
  parts.nodes.forEach((id, index) => {
    cells[NODES + index] = partAt(parts, 'node', world.nodes[id] as NodeState, now, steady);
  });
  world.pending.forEach((pending, index) => {
    const [earliest, latest] = windowFromNow(pending, now);
    cells[first + PENDING * index] = thingPart(parts, pending, now, steady);
    cells[first + PENDING * index + 1] = earliest;
    cells[first + PENDING * index + 2] = latest;
  });
  sortPending(cells, first, into.length);
}

/** The world at 0 with that row. */
export function unpack(parts: Parts, row: Row): World {
  const { cells, length } = row;
  const nodes: { [id: NodeId]: NodeState } = {};
  parts.nodes.forEach((id, slot) => {
    nodes[id] = valueAs(parts, cells[NODES + slot] as PartId, 'node');
  });
  const pending: Pending[] = [];
  for (let at = pendingFrom(parts); at < length; at += PENDING) pending.push(pendingAt(parts, row, at));
  const rest = valueAs(parts, cells[REST] as PartId, 'rest');
  const observed = valueAs(parts, cells[OBSERVED] as PartId, 'observed');
  return { ...rest, now: ZERO, nextId: idAt(parts, length), nodes, pending, observed };
}

/** The pending thing that stands at `at`. */
export function pendingAt(parts: Parts, { cells }: Row, at: number): Pending {
  const { to, name, input } = valueAs(parts, cells[at] as PartId, 'thing');
  const earliest = { $at: msOf(cells[at + 1] as number) };
  const latest = { $at: msOf(cells[at + 2] as number) };
  return { id: idAt(parts, at), to, name, input, earliest, latest };
}

/** Pending things are named by where they stand, counted from 1. */
export function idAt(parts: Parts, at: number): number {
  return 1 + (at - pendingFrom(parts)) / PENDING;
}

export function thingPart(parts: Parts, { to, name, input }: Pending, now: number, steady: boolean): PartId {
  if (now === 0) {
    const known = parts.byValue.get(input);
    if (known !== undefined && shapeOf(parts, known).steady === steady) {
      const thing = valueAs(parts, known, 'thing');
      if (thing.to === to && thing.name === name) return known;
    }
  }
  return partAt(parts, 'thing', { to, name, input }, now, steady);
}

/** By insertion, since there are few of them and they are nearly in order. */
export function sortPending(cells: Int32Array, first: number, end: number): void {
  for (let from = first + PENDING; from < end; from += PENDING) {
    const what = cells[from]!;
    const earliest = cells[from + 1]!;
    const latest = cells[from + 2]!;
    let to = from;
    while (to > first && isAfter(cells, to - PENDING, what, earliest, latest)) {
      cells[to] = cells[to - 3]!;
      cells[to + 1] = cells[to - 2]!;
      cells[to + 2] = cells[to - 1]!;
      to -= PENDING;
    }
    cells[to] = what;
    cells[to + 1] = earliest;
    cells[to + 2] = latest;
  }
}

function isAfter(cells: Int32Array, at: number, what: number, earliest: number, latest: number): boolean {
  if (cells[at] !== what) return cells[at]! > what;
  if (cells[at + 1] !== earliest) return cells[at + 1]! > earliest;
  return cells[at + 2]! > latest;
}
