// Pauses, done on rows. They are what most searches are about, and one may begin at each instant of each state, so the long
// way through step.ts would be most of the work. What may be paused, and what an observer sees of it, is asked of step.ts once
// for each shape of a node and each budget; that a paused node and all that waits for it wait is said once more here.
import { apply, moves } from '../step.ts';
import { ZERO } from '../time.ts';
import type { Move, Ms, System } from '../types.ts';
import { NODES, PENDING, pack, pendingFrom, REST, sortPending, unpack } from './pack.ts';
import { type PartId, type Parts, partAfter, partAt, paused, shapeOf } from './parts.ts';
import { copy, equal, newRow, newRows, note, put, type Row, type Rows, setNote, stretch } from './rows.ts';

/** A fault that may strike: at once only, or at any instant until something else must happen. */
export type Strike = { readonly move: Move; readonly wide: boolean };
/** One that the rows can do: see `pausesOf`. */
export type Pause = Strike & {
  readonly node: number;
  readonly lasts: Ms;
  /** The rest of the world afterwards, and what there is to see. */
  readonly rest: PartId;
  readonly events: PartId;
};

export type Pauses = {
  readonly system: System;
  readonly parts: Parts;
  readonly cases: Rows;
  readonly known: (readonly Strike[])[];
  readonly key: Row;
  readonly after: Row;
  readonly tried: Row;
};

export function newPauses(system: System, parts: Parts): Pauses {
  return {
    system: { ...system, properties: [] },
    parts,
    cases: newRows(),
    known: [],
    key: newRow(),
    after: newRow(),
    tried: newRow(),
  };
}

/** Every pause that may begin in a state. It depends on nothing but each node by itself and the budget. */
export function pausesIn(pauses: Pauses, row: Row): readonly Strike[] {
  const { parts, cases, known, key } = pauses;
  const first = pendingFrom(parts);
  const found: Strike[] = [];
  // Nobody is paused when nothing can happen any more.
  if (row.length === first) return found;
  for (let slot = NODES; slot < first; slot += 1) {
    const state = row.cells[slot]!;
    const cells = stretch(key, 4);
    cells[0] = slot;
    cells[1] = shapeOf(parts, state).number;
    cells[2] = parts.pausedFor[state] === 0 ? 0 : 1;
    cells[3] = row.cells[REST]!;
    const place = put(cases, key);
    if (place > 0) {
      setNote(cases, place, 0, known.length);
      known.push(pausesOf(pauses, row, slot - NODES));
    }
    for (const pause of known[note(cases, Math.abs(place), 0)]!) found.push(pause);
  }
  return found;
}

/** The state in which `before` is left by a pause, so long after it was offered; its observer has not been told. */
export function applyPause(parts: Parts, before: Row, { node, lasts, rest }: Pause, waited: Ms, into: Row): void {
  copy(before, into);
  const { cells, length } = into;
  const first = pendingFrom(parts);
  const state = paused(parts, cells[NODES + node]!, lasts);
  const until = parts.pausedFor[state]!;
  cells[REST] = partAfter(parts, rest, waited);
  cells[NODES + node] = state;
  for (let at = first; at < length; at += PENDING) {
    if (shapeOf(parts, cells[at]!).receiver === node) hold(cells, at, until);
  }
  sortPending(cells, first, length);
}

/** What waits for a paused node waits as long as the pause: `postpone` on a row. */
export function hold(cells: Int32Array, at: number, until: number): void {
  if (cells[at + 1]! >= until) return;
  cells[at + 1] = until;
  if (cells[at + 2]! < until) cells[at + 2] = until;
}

function pausesOf(pauses: Pauses, row: Row, node: number): readonly Strike[] {
  const { system, parts } = pauses;
  const world = unpack(parts, row);
  // Some time must be left, or a window that is wide could not be told from one that is not.
  const pending = world.pending.map((one) => ({ ...one, earliest: SOON, latest: SOON }));
  return moves(system, { ...world, pending }).flatMap((move) => {
    if (move.kind !== 'fault' || move.fault.kind !== 'pause' || move.fault.node !== parts.nodes[node]) return [];
    const wide = move.window[1].$at > 0;
    const { events, world: then } = apply(system, world, { ...move, window: [ZERO, ZERO] }, ZERO);
    pack(parts, then, pauses.after);
    const rest = pauses.after.cells[REST]!;
    const pause: Pause = {
      move,
      wide,
      node,
      lasts: move.fault.lasts,
      rest,
      events: partAt(parts, 'events', events, 0, true),
    };
    // A process takes its threads along; such pauses go the long way.
    applyPause(parts, row, pause, 0, pauses.tried);
    return [equal(pauses.after, pauses.tried) ? pause : { move, wide }];
  });
}

const SOON = { $at: 1 };
