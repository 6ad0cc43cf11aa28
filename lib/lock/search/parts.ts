// The parts of worlds, each kept once under a small number: the state of a node, what a pending thing is, what the
// observer knows, the rest (budgets, links), and what a move lets an observer see. A world has a dozen of them, and millions
// of worlds share a few thousand. Two parts have one number exactly when they are the same (sameness.ts).
// A part is a row of its shape and its times, and stands as it would in a world whose `now` is 0. So time passes in it by
// arithmetic alone, and only an actor that is asked for the first time needs the part as a value again.
import type { Json, Ms, NodeId } from '../types.ts';
import { newRow, newRows, note, put, type Row, type Rows, read, setNote, stretch } from './rows.ts';
import {
  cellOf,
  type Kind,
  type PartOf,
  pass,
  putTogether,
  type Rest,
  type Shape,
  type Thing,
  takeApart,
} from './sameness.ts';

export type PartId = number;
/** Stands where there is no part. */
export const NONE: PartId = 0;

/** Where the end of a pause stands in the row of a node's state: it is its first time (`node` in sameness.ts). */
const PAUSE = 1;

/** A timer may be stopped, the end of a connection holds back what is sent after it; nobody looks at other things under way. */
export type Role = 'plain' | 'timer' | 'end';
export type Budget = 'spent' | 'pauses' | 'others';

/** A shape with all that the hot path asks about its parts. */
type Known = Shape & {
  readonly number: number;
  /** Its text, read: what a value is filled into. */
  readonly hollow: Json;
  readonly steady: boolean;
  /** Of a node. */
  readonly up: boolean;
  /** Of a thing: the place of its receiver among the nodes, and whether it matters while it is on its way. */
  readonly receiver: number;
  readonly role: Role;
  /** Of the rest: is there nothing in it but budgets, and what may still strike? */
  readonly calm: boolean;
  readonly budget: Budget;
};

export type Parts = {
  readonly nodes: readonly NodeId[];
  readonly shapes: Known[];
  readonly shapeByText: Map<string, number>;
  /** Of a shape and its times; the note is the number of the part. */
  readonly rows: Rows;
  readonly places: number[];
  readonly shapeOf: Known[];
  /** Filled when it is asked for. */
  readonly values: (object | null)[];
  readonly byValue: Map<object, PartId>;
  /** Parts that are known to stay as they are, whatever time it is. */
  readonly lasting: boolean[];
  /** For how long a node is paused. */
  readonly pausedFor: number[];
  readonly row: Row;
};

export function newParts(nodes: readonly NodeId[]): Parts {
  const parts: Parts = {
    nodes,
    shapes: [],
    shapeByText: new Map(),
    rows: newRows(),
    places: [],
    shapeOf: [],
    values: [],
    byValue: new Map(),
    lasting: [],
    pausedFor: [],
    row: newRow(),
  };
  // The first part is never used, so that its number can be NONE.
  partAt(parts, 'events', [], 0, true);
  return parts;
}

/** The number of a part as it stands in a world at `now`. */
export function partAt<K extends Kind>(parts: Parts, kind: K, value: PartOf[K], now: Ms, steady: boolean): PartId {
  if (now === 0) {
    // A world that was unpacked is made of such values, and a move leaves most of them alone.
    const known = parts.byValue.get(value);
    if (known !== undefined && shapeOf(parts, known).steady === steady) return known;
  }
  const { shape, times } = takeApart(kind, value, now, steady);
  const cells = stretch(parts.row, 1 + times.length);
  cells[0] = knownShape(parts, shape, steady);
  for (let index = 0; index < times.length; index += 1) cells[1 + index] = times[index]!;
  return partInRow(parts);
}

export function valueAs<K extends Kind>(parts: Parts, id: PartId, _kind: K): PartOf[K] {
  const known = parts.values[id];
  if (known) return known as PartOf[K];
  read(parts.rows, parts.places[id]!, parts.row);
  const shape = shapeOf(parts, id);
  const value = putTogether(shape.hollow, parts.row.cells, 1);
  parts.values[id] = value;
  // A thing moves from world to world by its input alone; see `thingPart` in pack.ts.
  parts.byValue.set(shape.kind === 'thing' ? (value as Thing).input : value, id);
  return value as PartOf[K];
}

export function shapeOf(parts: Parts, id: PartId): Known {
  return parts.shapeOf[id]!;
}

/** The same part after so many milliseconds in which nothing befell it. */
export function partAfter(parts: Parts, id: PartId, ms: Ms): PartId {
  if (ms === 0 || parts.lasting[id]) return id;
  const { row } = parts;
  const shape = shapeOf(parts, id);
  read(parts.rows, parts.places[id]!, row);
  pass(shape.rules, row.cells, 1, ms);
  // A cut that heals by itself is gone, and that is another shape.
  if (shape.kind === 'rest' && row.cells.subarray(1, row.length).some((left) => left <= 0)) {
    return partAt(parts, 'rest', valueAs(parts, id, 'rest'), ms, shape.steady);
  }
  const later = partInRow(parts);
  // What one length of time leaves as it is, no length of time changes: it holds no instant but FOREVER and none to come.
  if (later === id) parts.lasting[id] = true;
  return later;
}

/** The same node, paused from now for so long: nothing else of it changes. */
export function paused(parts: Parts, id: PartId, ms: Ms): PartId {
  const { row } = parts;
  read(parts.rows, parts.places[id]!, row);
  row.cells[PAUSE] = cellOf(ms);
  pass(shapeOf(parts, id).rules, row.cells, 1, 0);
  return partInRow(parts);
}

/** A change of names, with what it has made of the shapes that it has met. */
export type Renaming = { readonly rename: (text: string) => string; readonly shapes: number[] };

/** The same part with some names in it changed. */
export function renamed(parts: Parts, id: PartId, { rename, shapes }: Renaming): PartId {
  const shape = shapeOf(parts, id);
  // Links stand in the order of their names, so there the times change places as well.
  if (shape.kind === 'rest' && !shape.calm) {
    return partAt(parts, 'rest', JSON.parse(rename(JSON.stringify(valueAs(parts, id, 'rest')))), 0, shape.steady);
  }
  shapes[shape.number] ??= knownShape(parts, { ...shape, text: rename(shape.text) }, shape.steady);
  if (shapes[shape.number] === shape.number) return id;
  read(parts.rows, parts.places[id]!, parts.row);
  parts.row.cells[0] = shapes[shape.number]!;
  return partInRow(parts);
}

// ---- inside -------------------------------------------------------------------------------------------------------

function partInRow(parts: Parts): PartId {
  const { row, rows } = parts;
  const place = put(rows, row);
  if (place < 0) return note(rows, -place, 0);
  const id = parts.places.length;
  const shape = parts.shapes[row.cells[0]!]!;
  setNote(rows, place, 0, id);
  parts.places.push(place);
  parts.shapeOf.push(shape);
  parts.values.push(null);
  parts.lasting.push(row.length === 1);
  parts.pausedFor.push(shape.kind === 'node' ? row.cells[PAUSE]! : 0);
  return id;
}

function knownShape(parts: Parts, shape: Shape, steady: boolean): number {
  const name = `${shape.kind}${steady ? ' ' : '~'}${shape.text}`;
  const known = parts.shapeByText.get(name);
  if (known !== undefined) return known;
  const { kind, text, rules } = shape;
  const value = JSON.parse(text);
  const number = parts.shapes.length;
  parts.shapeByText.set(name, number);
  parts.shapes.push({
    number,
    hollow: value,
    kind,
    text,
    rules,
    steady,
    up: kind === 'node' && value.up,
    receiver: kind === 'thing' ? parts.nodes.indexOf(value.to) : NONE,
    role: kind === 'thing' ? roleOf(value) : 'plain',
    calm: kind === 'rest' && isCalm(value),
    budget: kind === 'rest' ? budgetOf(value) : 'spent',
  });
  return number;
}

function roleOf({ input }: Thing): Role {
  if (input.kind === 'timer') return 'timer';
  return input.kind === 'message' || input.kind === 'line' ? 'plain' : 'end';
}

function isCalm({ faultsLeft: _budgets, ...others }: Rest): boolean {
  return Object.values(others).every((other) => Array.isArray(other) && other.length === 0);
}

function budgetOf({ faultsLeft }: Rest): Budget {
  const kinds = Object.entries(faultsLeft).flatMap(([kind, left]) => (left > 0 ? [kind] : []));
  if (kinds.length === 0) return 'spent';
  return kinds.every((kind) => kind === 'pause') ? 'pauses' : 'others';
}
