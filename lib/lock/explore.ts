// Every run within the bounds, shortest first. Fault budgets deepen one by one: all runs without a fault, then all with
// one, then two. So the first counterexample has the fewest faults and, among those, the fewest moves, and a verdict can
// say "safe with any one fault, broken by two".
// It is a generator that yields every thousand states, so that a worker can report and a test can stop; to stop, leave the
// loop or send 'stop'. Nothing is asynchronous. What it does not look at, it says: see `timing` and `unknown`.
// How a state is kept in a few numbers, and how one leads to others, is in search/.
// Left out: pruning what commutes. A line that must run now and that nobody can see may be taken before all else. It was tried:
// of the 140,359 states of the two pauses it saved ten, and a run that breaks before that line is found one move too long.

import { start } from './assemble.ts';
import { type Frontier, frontierOf } from './search/frontier.ts';
import { judgeOf } from './search/judge.ts';
import { pack } from './search/pack.ts';
import { bytesOf, equal, newRows, note, put, type Row, type Rows, read, setNote } from './search/rows.ts';
import { goesOn, newSuccessors, successors } from './search/successors.ts';
import { mirrorsOf, newSpare, toLeastImage } from './search/symmetry.ts';
import { type Witness, witness } from './search/witness.ts';
import type { Bounds, Progress, Property, PropertyId, System, Timing, Verdict } from './types.ts';

const REPORT_EVERY = 1000;
/** For the states alone. With what else a search keeps, the whole process stays below 512 MB, which a browser tab can bear. */
const MOST_BYTES = 192 * 2 ** 20;

export type Search = Generator<Progress, Verdict, 'stop' | undefined>;

export function explore(system: System, property: PropertyId, bounds: Bounds): Search {
  const found = system.observers.find(({ id }) => id === property);
  if (!found) throw new Error(`there is no property '${property}' to ask of scenario '${system.scenario.id}'`);
  return search(system, found, bounds, true);
}

/**
 * Visits every state with no property to look at; its verdict is 'holds' when the bounds sufficed. Mirror images are counted,
 * so that the number of states says something about the scenario and nothing about the search.
 */
export function exploreAll(system: System, bounds: Bounds): Search {
  return search(system, null, bounds, false);
}

/** The notes at a state: the one that it is reached from in the fewest moves, and how many these are. */
const FROM = 0;
const DEPTH = 1;

/** With `folds` false, mirror images count as states of their own. */
export function* search(system: System, property: Property | null, bounds: Bounds, folds: boolean): Search {
  // Only the observer that is asked about is attached: the others would multiply the states and change nothing.
  const searched: System = { ...system, properties: property ? [property] : [] };
  const { timing } = bounds;
  const steps = newSuccessors(searched, timing);
  const { parts, here, next } = steps;
  const holds = property && judgeOf(parts, property);
  const mirrors = folds ? mirrorsOf(system, parts.nodes) : [];
  const spare = newSpare();
  const seen = newRows();
  const depthOf = (place: number) => note(seen, place, DEPTH);
  const reach = (place: number, from: number, moves: number) => {
    setNote(seen, place, FROM, from);
    setNote(seen, place, DEPTH, moves);
  };

  const root = start(searched);
  pack(parts, root, next);
  toLeastImage(parts, mirrors, next, spare);
  let frontier: Frontier = frontierOf([put(seen, next)], depthOf);
  let later: number[] = [];
  let depth = 0;
  let faults = 0;
  let expanded = 0;
  let truncated = false;
  let place = 0;
  let moves = 0;
  let found = 0;
  let full = false;

  const progress = (): Progress => ({
    states: Math.min(seen.size, bounds.states),
    depth,
    queued: frontier.size() + later.length,
    faults,
  });
  // A property that must hold always ends the search where it fails; one that may hold sometimes, where it holds.
  const endsAt = (row: Row) => holds !== null && holds(row) !== (property?.kind === 'always');
  const visit = (byFault: boolean): boolean => {
    toLeastImage(parts, mirrors, next, spare);
    const reached = put(seen, next);
    if (reached < 0) {
      // A fault led here in the budget before, and now there is a shorter way with the fault further back.
      if (depthOf(-reached) <= moves + 1) return false;
      reach(-reached, place, moves + 1);
      frontier.hurry(-reached);
    } else {
      full = seen.size > bounds.states;
      if (full) return true;
      reach(reached, place, moves + 1);
      if (byFault) {
        // Looked at only with its own budget: judged here, two faults could be found before all of one.
        later.push(reached);
        return false;
      }
      frontier.put(reached);
    }
    depth = Math.max(depth, moves + 1);
    if (endsAt(next)) found = Math.abs(reached);
    return found !== 0;
  };
  /** The run to the state that was found. */
  const run = (): Witness | null => {
    const chain = chainTo(seen, found);
    return witness(searched, timing, chain.length - 1, (world, index) => {
      pack(parts, world, next);
      toLeastImage(parts, mirrors, next, spare);
      read(seen, chain[index] as number, here);
      return equal(next, here);
    });
  };

  for (;;) {
    for (place = frontier.take(); place !== 0; place = frontier.take()) {
      read(seen, place, here);
      moves = depthOf(place);
      depth = Math.max(depth, moves);
      if (endsAt(here)) found = place;
      else if (moves < bounds.depth) successors(steps, visit);
      else truncated ||= goesOn(steps);
      if (found !== 0) {
        const shown = run();
        if (shown) return verdictOf(property, shown, timing, progress());
        // An observer that keeps names in order has mirror images that no run leads to. Without them, each state is one of a run.
        if (folds) return yield* search(system, property, bounds, false);
        throw new Error('the search has made a move that step.ts does not offer');
      }
      if (full) return { kind: 'unknown', timing, stoppedBy: 'states', ...progress() };

      expanded += 1;
      if (expanded % REPORT_EVERY === 0) {
        if (bytesOf(seen) > (bounds.bytes ?? MOST_BYTES))
          return { kind: 'unknown', timing, stoppedBy: 'memory', ...progress() };
        if ((yield progress()) === 'stop') return { kind: 'unknown', timing, stoppedBy: 'cancel', ...progress() };
      }
    }
    // Had this budget been cut short, nothing could be said about the fewest faults any more.
    if (truncated) return { kind: 'unknown', timing, stoppedBy: 'depth', ...progress() };
    if (later.length === 0) break;
    frontier = frontierOf(later, depthOf);
    later = [];
    faults += 1;
  }
  if (property?.kind !== 'sometimes') return { kind: 'holds', timing, ...progress() };
  return { kind: 'violated', timing, script: [], words: property.violation(property.start, root), ...progress() };
}

/** The states on the way to one, from the first. */
function chainTo(seen: Rows, place: number): readonly number[] {
  const chain: number[] = [];
  for (let here = place; here !== 0; here = note(seen, here, FROM)) chain.push(here);
  return chain.reverse();
}

function verdictOf(property: Property | null, { script, world }: Witness, timing: Timing, progress: Progress): Verdict {
  if (property?.kind !== 'always') return { kind: 'holds', timing, script, ...progress };
  const words = property.violation(world.observed[property.id] ?? null, world);
  return { kind: 'violated', timing, script, words, ...progress };
}
