// Every run within the bounds, shortest first. Fault budgets deepen one by one: all runs without a fault, then all with
// one, then two. So the first counterexample has the fewest faults and, among those, the fewest moves, and a verdict can
// say "safe with any one fault, broken by two".
// It is a generator that yields every thousand states, so that a worker can report and a test can stop; to stop, leave the
// loop or send 'stop'. Nothing is asynchronous. What it does not look at, it says: see `timing` and `unknown`.
import { fingerprint } from './fingerprint.ts';
import { scriptLine } from './schedulers.ts';
import { apply, ended, moves } from './step.ts';
import { start } from './system.ts';
import { at } from './time.ts';
import type { Bounds, Instant, Move, Progress, Property, PropertyId, System, Timing, Verdict, World } from './types.ts';

const REPORT_EVERY = 1000;

export function explore(
  system: System,
  property: PropertyId,
  bounds: Bounds,
): Generator<Progress, Verdict, 'stop' | undefined> {
  const found = system.observers.find(({ id }) => id === property);
  if (!found) throw new Error(`there is no property '${property}' to ask of scenario '${system.scenario.id}'`);
  return search(system, found, bounds);
}

/** Visits every state with no property to look at; its verdict is 'holds' when the bounds sufficed. */
export function exploreAll(system: System, bounds: Bounds): Generator<Progress, Verdict, 'stop' | undefined> {
  return search(system, null, bounds);
}

/** A state that has been seen, told by the move that led to it. Its world is let go once it has been expanded. */
type Visit = {
  readonly from: Visit | null;
  readonly line: string;
  readonly depth: number;
  /** Entered by a fault, and not judged yet. */
  readonly entry: boolean;
  world: World | null;
};

function* search(
  system: System,
  property: Property | null,
  bounds: Bounds,
): Generator<Progress, Verdict, 'stop' | undefined> {
  // Only the observer that is asked about is attached: the others would multiply the states and change nothing.
  const searched: System = { ...system, properties: property ? [property] : [] };
  const { timing } = bounds;
  const root = start(searched);
  const seen = new Set<string>([fingerprint(root)]);
  let frontier = frontierOf([{ from: null, line: '', depth: 0, entry: true, world: root }]);
  let later: Visit[] = [];
  let depth = 0;
  let faults = 0;
  let expanded = 0;
  let truncated = false;

  const progress = (): Progress => ({ states: seen.size, depth, queued: frontier.size() + later.length, faults });
  const judge = (visit: Visit, world: World): Verdict | null => {
    depth = Math.max(depth, visit.depth);
    if (!property) return null;
    const state = world.observed[property.id] ?? null;
    // A property that must hold always ends the search where it fails; one that may hold sometimes, where it holds.
    if (property.holds(state, world, ended(world)) === (property.kind === 'always')) return null;
    const script = scriptTo(visit);
    if (property.kind === 'sometimes') return { kind: 'holds', timing, script, ...progress() };
    return { kind: 'violated', timing, script, words: property.violation(state, world), ...progress() };
  };

  for (;;) {
    for (let visit = frontier.take(); visit; visit = frontier.take()) {
      const world = visit.world as World;
      visit.world = null;
      const verdict = visit.entry ? judge(visit, world) : null;
      if (verdict) return verdict;

      const choices = moves(searched, world);
      if (visit.depth >= bounds.depth && choices.length > 0) {
        truncated = true;
        continue;
      }
      for (const move of choices) {
        for (const when of instants(move, timing)) {
          const after = apply(searched, world, move, when).world;
          const print = fingerprint(after);
          if (seen.has(print)) continue;
          if (seen.size >= bounds.states) return { kind: 'unknown', timing, stoppedBy: 'states', ...progress() };
          seen.add(print);
          const entry = move.kind === 'fault';
          const line = scriptLine(move, when);
          const reached: Visit = { from: visit, line, depth: visit.depth + 1, entry, world: after };
          if (entry) {
            // Looked at only with its own budget: judged here, two faults could be found before all of one.
            later.push(reached);
            continue;
          }
          frontier.put(reached);
          const found = judge(reached, after);
          if (found) return found;
        }
      }

      expanded += 1;
      if (expanded % REPORT_EVERY === 0 && (yield progress()) === 'stop') {
        return { kind: 'unknown', timing, stoppedBy: 'cancel', ...progress() };
      }
    }
    // Had this budget been cut short, nothing could be said about the fewest faults any more.
    if (truncated) return { kind: 'unknown', timing, stoppedBy: 'depth', ...progress() };
    if (later.length === 0) break;
    frontier = frontierOf(later);
    later = [];
    faults += 1;
  }
  if (property?.kind !== 'sometimes') return { kind: 'holds', timing, ...progress() };
  return { kind: 'violated', timing, script: [], words: property.violation(property.start, root), ...progress() };
}

/**
 * The states of one budget that wait to be expanded, shallow ones first. Those that a fault leads into come from all depths
 * of the budget before, in order; merging the two ordered lists keeps the search breadth-first.
 */
function frontierOf(entries: readonly Visit[]) {
  const queue: Visit[] = [];
  let nextEntry = 0;
  let nextInQueue = 0;
  return {
    put: (visit: Visit) => queue.push(visit),
    size: () => entries.length - nextEntry + queue.length - nextInQueue,
    take(): Visit | undefined {
      const entry = entries[nextEntry];
      const queued = queue[nextInQueue];
      if (entry && (!queued || entry.depth <= queued.depth)) {
        nextEntry += 1;
        return entry;
      }
      if (queued) nextInQueue += 1;
      return queued;
    },
  };
}

function instants({ window: [first, last] }: Move, timing: Timing): Instant[] {
  if (timing === 'earliest' || first.$at === last.$at) return [first];
  if (timing === 'corners') return [first, last];
  const all: Instant[] = [];
  for (let ms = first.$at; ms <= last.$at; ms += 1) all.push(at(ms));
  return all;
}

function scriptTo(visit: Visit): readonly string[] {
  const script: string[] = [];
  for (let here: Visit = visit; here.from !== null; here = here.from) script.push(here.line);
  return script.reverse();
}
