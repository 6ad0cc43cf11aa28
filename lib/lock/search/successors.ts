// Every state that one move leads to from a state, at every instant that the search looks at. Taking a pending thing and
// pausing a node are done on the rows; all other faults go the long way: the row is unpacked, struck by step.ts and packed
// again. oracle.test.ts holds the short ways to the long one.
import { apply, moves } from '../step.ts';
import { ZERO } from '../time.ts';
import type { Move, System, Timing } from '../types.ts';
import { type Effects, effectOfTaking, fold, newEffects } from './effects.ts';
import { idAt, NODES, OBSERVED, PENDING, pack, pendingFrom, REST, sortPending, unpack } from './pack.ts';
import { newParts, type Parts, partAfter, shapeOf } from './parts.ts';
import { applyPause, hold, newPauses, type Pause, type Pauses, pausesIn, type Strike } from './pauses.ts';
import { copy, equal, newRow, type Row, stretch } from './rows.ts';
import { cellOf, NEVER } from './sameness.ts';

/** Every so many takes are done both ways, so that a new rule in step.ts that effects.ts does not know cannot go unnoticed. */
const TRY_EVERY = 1000;

export type Successors = {
  readonly system: System;
  readonly timing: Timing;
  readonly parts: Parts;
  readonly effects: Effects;
  readonly pauses: Pauses;
  /** The state whose successors are asked for. */
  readonly here: Row;
  /** The same some milliseconds later, with its pending things in the same places. */
  readonly soon: Row;
  /** The successor that is being visited. */
  readonly next: Row;
  readonly tried: Row;
  takes: number;
};

export function newSuccessors(system: System, timing: Timing): Successors {
  const parts = newParts(Object.keys(system.actors));
  const rows = { here: newRow(), soon: newRow(), next: newRow(), tried: newRow() };
  return {
    system,
    timing,
    parts,
    effects: newEffects(system, parts),
    pauses: newPauses(system, parts),
    ...rows,
    takes: 0,
  };
}

/** Puts each successor of `here` into `next` and shows it to `visit`, which may answer true to have no more. */
export function successors(search: Successors, visit: (byFault: boolean) => boolean): boolean {
  const { parts, here, soon } = search;
  const { cells, length } = here;
  const first = pendingFrom(parts);
  const horizon = horizonOf(here, first);
  // Where nothing ever has to happen, there is no last instant: see `instants` in witness.ts.
  const timing = horizon === NEVER ? 'earliest' : search.timing;
  const faults = faultsIn(search, horizon);
  copy(here, soon);
  let waited = 0;
  const from = faults.length > 0 ? 0 : nextInstant(here, first, timing, -1, horizon, false);
  for (let ms = from; ms <= horizon; ms = nextInstant(here, first, timing, ms, horizon, faults.length > 0)) {
    if (ms === NEVER) break;
    wait(search, ms - waited);
    waited = ms;
    for (let at = first; at < length; at += PENDING) {
      if (!isLookedAt(timing, ms, cells[at + 1]!, horizon) || isDouble(cells, at, first)) continue;
      take(search, at);
      if (visit(false)) return true;
    }
    for (let index = 0; index < faults.length; index += 1) {
      const fault = faults[index]!;
      if (!isLookedAt(timing, ms, 0, fault.wide ? horizon : 0)) continue;
      if (isPause(fault)) pause(search, fault, ms);
      else theLongWay(search, fault.move);
      if (visit(true)) return true;
    }
  }
  return false;
}

/** May anything at all happen in `here`? */
export function goesOn(search: Successors): boolean {
  const { parts, here } = search;
  const first = pendingFrom(parts);
  for (let at = first; at < here.length; at += PENDING) if (here.cells[at + 1]! < NEVER) return true;
  return faultsIn(search, horizonOf(here, first)).length > 0;
}

// ---- when -----------------------------------------------------------------------------------------------------------

/** Within how many milliseconds something must happen. */
function horizonOf({ cells, length }: Row, first: number): number {
  let horizon = length > first ? NEVER : 0;
  for (let at = first; at < length; at += PENDING) if (cells[at + 2]! < horizon) horizon = cells[at + 2]!;
  return horizon;
}

/** Is a move looked at at this instant, if it may be made from `from` to `to`? */
function isLookedAt(timing: Timing, ms: number, from: number, to: number): boolean {
  if (ms === from) return from <= to;
  if (timing === 'every-ms') return from < ms && ms <= to;
  return timing === 'corners' && ms === to && from <= to;
}

/** The next instant after `ms` at which a move is looked at; beyond the horizon when there is none. */
function nextInstant(
  { cells, length }: Row,
  first: number,
  timing: Timing,
  ms: number,
  horizon: number,
  anyTime: boolean,
): number {
  if (anyTime && timing === 'every-ms') return ms + 1;
  let next = timing === 'corners' && ms < horizon ? horizon : NEVER;
  for (let at = first; at < length; at += PENDING) {
    const earliest = cells[at + 1]!;
    if (earliest > ms && earliest < next) next = earliest;
    else if (earliest <= ms && timing === 'every-ms') return ms + 1;
  }
  return next;
}

/** Lets so many milliseconds pass in `soon`, in which nothing happens. */
function wait({ parts, soon: { cells, length } }: Successors, ms: number): void {
  if (ms === 0) return;
  const first = pendingFrom(parts);
  for (let index = 0; index < first; index += 1) cells[index] = partAfter(parts, cells[index]!, ms);
  for (let at = first; at < length; at += PENDING) {
    const earliest = cells[at + 1]!;
    const latest = cells[at + 2]!;
    cells[at] = partAfter(parts, cells[at]!, ms);
    if (earliest !== NEVER) cells[at + 1] = Math.max(0, earliest - ms);
    if (latest !== NEVER) cells[at + 2] = latest - ms;
  }
}

// ---- taking ---------------------------------------------------------------------------------------------------------

/** The same thing in the same window, twice: to take the one or the other is the same. */
function isDouble(cells: Int32Array, at: number, first: number): boolean {
  if (at === first) return false;
  const before = at - PENDING;
  return cells[at] === cells[before] && cells[at + 1] === cells[before + 1] && cells[at + 2] === cells[before + 2];
}

function take(search: Successors, at: number): void {
  takeOnRow(search, at);
  search.takes += 1;
  if (search.takes % TRY_EVERY !== 1) return;
  const { parts, next, tried } = search;
  copy(next, tried);
  theLongWay(search, { kind: 'take', id: idAt(parts, at), label: '', window: [ZERO, ZERO] });
  if (!equal(next, tried))
    throw new Error('step.ts makes something else of a take: effects.ts misses what it depends on');
}

function takeOnRow({ parts, effects, soon, next }: Successors, at: number): void {
  const effect = effectOfTaking(effects, soon, at);
  const { stops, sends } = effect;
  const { cells, length } = soon;
  const first = pendingFrom(parts);
  const out = stretch(next, length + sends.length);
  for (let index = 0; index < first; index += 1) out[index] = cells[index]!;
  out[OBSERVED] = fold(effects, cells[OBSERVED]!, effect.events);
  out[NODES + effect.node] = effect.state;
  let end = first;
  for (let from = first; from < length; from += PENDING) {
    if (from === at || (stops.length > 0 && stops.includes(cells[from]!))) continue;
    out[end] = cells[from]!;
    out[end + 1] = cells[from + 1]!;
    out[end + 2] = cells[from + 2]!;
    end += PENDING;
  }
  for (let from = 0; from < sends.length; from += PENDING) {
    const what = sends[from]!;
    out[end] = what;
    out[end + 1] = sends[from + 1]!;
    out[end + 2] = sends[from + 2]!;
    hold(out, end, parts.pausedFor[cells[NODES + shapeOf(parts, what).receiver]!]!);
    end += PENDING;
  }
  next.length = end;
  sortPending(out, first, end);
}

// ---- faults ---------------------------------------------------------------------------------------------------------

function faultsIn({ effects, parts, pauses, here }: Successors, horizon: number): readonly Strike[] {
  const { budget } = shapeOf(parts, here.cells[REST]!);
  if (budget === 'spent') return NO_FAULTS;
  const found = pausesIn(pauses, here);
  if (budget === 'pauses') return found;
  const strikes = moves(effects.bare, unpack(parts, here)).flatMap((move): Strike[] => {
    if (move.kind !== 'fault' || move.fault.kind === 'pause') return [];
    const [from, to] = [move.window[0].$at, cellOf(move.window[1].$at)];
    if (from !== 0 || (to !== 0 && to !== horizon))
      throw new Error(`'${move.label}' has a window that is not looked at`);
    return [{ move, wide: to > 0 }];
  });
  return [...found, ...strikes];
}

function isPause(strike: Strike): strike is Pause {
  return 'lasts' in strike;
}

const NO_FAULTS: readonly Strike[] = [];

function pause({ parts, effects, soon, next }: Successors, fault: Pause, ms: number): void {
  applyPause(parts, soon, fault, ms, next);
  next.cells[OBSERVED] = fold(effects, next.cells[OBSERVED]!, fault.events);
}

/** `soon`, unpacked, moved by step.ts and packed again. */
function theLongWay({ system, parts, soon, next }: Successors, move: Move): void {
  pack(parts, apply(system, unpack(parts, soon), { ...move, window: [ZERO, ZERO] }, ZERO).world, next);
}
