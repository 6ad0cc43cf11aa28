// What taking a pending thing does to the parts of a world, worked out once by step.ts for each case and then remembered.
// One actor is asked. What follows depends on its own state, on the thing, on the timers that it may stop, on the links and
// nodes that are down, which swallow what it sends, and on ends of connections that are on their way, which hold back what is
// sent after them; so these are the case. A receiver that is paused only makes what it is sent wait, and that is left to
// the reader of an effect (`hold`). Other messages and lines never matter; the search tries that now and then (successors.ts).
import { apply } from '../step.ts';
import { ZERO } from '../time.ts';
import type { Move, NodeId, NodeState, Pending, System, World } from '../types.ts';
import { idAt, NODES, PENDING, pendingAt, pendingFrom, REST, thingPart } from './pack.ts';
import { NONE, type PartId, type Parts, partAt, shapeOf, valueAs } from './parts.ts';
import { newRow, newRows, note, put, type Row, type Rows, setNote, stretch } from './rows.ts';
import { cellOf } from './sameness.ts';

export type Effect = {
  /** The place of the receiver among the nodes, and its state afterwards. */
  readonly node: number;
  readonly state: PartId;
  /** Timers that are stopped. */
  readonly stops: readonly PartId[];
  /** New pending things as in a row, for receivers that are not paused. */
  readonly sends: Int32Array;
  /** NONE when there is nothing to see. */
  readonly events: PartId;
};

export type Effects = {
  readonly system: System;
  /** The same without an observer. */
  readonly bare: System;
  readonly parts: Parts;
  readonly known: Effect[];
  readonly byCase: Rows;
  readonly folded: Rows;
  readonly key: Row;
};

export function newEffects(system: System, parts: Parts): Effects {
  const bare: System = { ...system, properties: [] };
  return { system, bare, parts, known: [], byCase: newRows(), folded: newRows(), key: newRow() };
}

/** Of taking the pending thing that stands at `at` in a row, now. */
export function effectOfTaking(effects: Effects, row: Row, at: number): Effect {
  const { parts, key, byCase, known } = effects;
  const { cells, length } = row;
  const first = pendingFrom(parts);
  const what = cells[at]!;
  const node = shapeOf(parts, what).receiver;
  const rest = cells[REST]!;
  const name = stretch(key, 3 + length);
  name[0] = cells[NODES + node]!;
  name[1] = what;
  name[2] = shapeOf(parts, rest).calm ? NONE : rest;
  let end = 3;
  for (let from = first; from < length; from += PENDING) {
    const { role, receiver } = shapeOf(parts, cells[from]!);
    if (role === 'plain' || (role === 'timer' && receiver !== node) || from === at) continue;
    name[end++] = cells[from]!;
    if (role === 'timer') continue;
    name[end++] = cells[from + 1]!;
    name[end++] = cells[from + 2]!;
  }
  for (let slot = NODES; slot < first; slot += 1) if (!shapeOf(parts, cells[slot]!).up) name[end++] = -slot;
  key.length = end;
  const place = put(byCase, key);
  if (place < 0) return known[note(byCase, -place, 0)]!;
  setNote(byCase, place, 0, known.length);
  const effect = taking(effects, row, at);
  known.push(effect);
  return effect;
}

/** What the observer knows after it has seen some events. */
export function fold({ system, parts, folded, key }: Effects, observed: PartId, events: PartId): PartId {
  if (events === NONE || system.properties.length === 0) return observed;
  const name = stretch(key, 2);
  name[0] = observed;
  name[1] = events;
  const place = put(folded, key);
  if (place < 0) return note(folded, -place, 0);
  let known = valueAs(parts, observed, 'observed');
  for (const { id, observe } of system.properties) {
    let state = known[id] ?? null;
    for (const event of valueAs(parts, events, 'events')) state = observe(state, event, ZERO);
    known = { ...known, [id]: state };
  }
  const after = partAt(parts, 'observed', known, 0, shapeOf(parts, observed).steady);
  setNote(folded, place, 0, after);
  return after;
}

// ---- inside -------------------------------------------------------------------------------------------------------

function taking({ bare, parts }: Effects, row: Row, at: number): Effect {
  const { cells, length } = row;
  const node = shapeOf(parts, cells[at]!).receiver;
  const name = parts.nodes[node] as NodeId;
  const { steady } = shapeOf(parts, cells[REST]!);
  // A world of only what the case is made of. The other nodes are there to be sent things, if they are up.
  const nodes: { [id: NodeId]: NodeState } = {};
  parts.nodes.forEach((other, slot) => {
    const state = cells[NODES + slot]!;
    nodes[other] = slot === node ? valueAs(parts, state, 'node') : shapeOf(parts, state).up ? IDLE : DOWN;
  });
  const pending: Pending[] = [];
  for (let from = pendingFrom(parts); from < length; from += PENDING) {
    const { role, receiver } = shapeOf(parts, cells[from]!);
    if (from === at || role === 'end' || (role === 'timer' && receiver === node)) {
      pending.push(pendingAt(parts, row, from));
    }
  }
  const id = idAt(parts, at);
  const rest = valueAs(parts, cells[REST]!, 'rest');
  const before: World = { ...rest, now: ZERO, nextId: idAt(parts, length), nodes, pending, observed: {} };
  const move: Move = { kind: 'take', id, label: '', window: [ZERO, ZERO] };

  const { world, events } = apply(bare, before, move, ZERO);
  for (const other of parts.nodes) {
    if (other !== name && world.nodes[other] !== nodes[other])
      throw new Error(`a move of '${name}' has changed '${other}'`);
  }
  const left = new Set(world.pending.map((one) => one.id));
  const stopped = pending.filter((one) => one.id !== id && !left.has(one.id));
  const sent = world.pending.filter((one) => one.id >= before.nextId);
  return {
    node,
    state: partAt(parts, 'node', world.nodes[name] as NodeState, 0, steady),
    stops: stopped.map((one) => thingPart(parts, one, 0, steady)),
    sends: Int32Array.from(
      sent.flatMap((one) => [thingPart(parts, one, 0, steady), cellOf(one.earliest.$at), cellOf(one.latest.$at)]),
    ),
    events: events.length === 0 ? NONE : partAt(parts, 'events', events, 0, true),
  };
}

const IDLE: NodeState = { up: true, resumesAt: ZERO, wallOffset: 0, drift: null, memory: null, disk: null };
const DOWN: NodeState = { ...IDLE, up: false };
