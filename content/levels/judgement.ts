// Who is right about a level: the engine. Par is the shortest schedule that the search finds, a break is believed when it
// replays, and a claim that a level holds is answered by a search to its end. Nothing here is written down by hand.
import {
  check,
  compile,
  fingerprint,
  type Ms,
  moves,
  replay,
  type Trace,
  type Verdict,
  type World,
} from '#lib/lock/index.ts';
import type { BreakLevel } from './level.ts';

/** Far above any run that somebody plays by hand. */
export const LONGEST = 1000;

const verdicts = new Map<string, Verdict>();

/** Searched once for each level and process. */
export function verdictOn({ id, scenario, breaks }: BreakLevel): Verdict {
  const known = verdicts.get(id) ?? check(scenario, breaks);
  verdicts.set(id, known);
  return known;
}

/** The moves of the shortest break that the search knows, or null if there is none within the level's faults. */
export function parOf(level: BreakLevel): number | null {
  const verdict = verdictOn(level);
  return verdict.kind === 'violated' ? verdict.script.length : null;
}

/** After how many moves this script breaks the level's promise; null if it does not, or cannot be followed. */
export function movesToBreak({ scenario, breaks }: BreakLevel, script: readonly string[]): number | null {
  if (script.length > LONGEST) return null;
  const trace = replay(compile(scenario), script);
  if (trace.stuck) return null;
  const found = trace.violations.find(({ property }) => property === breaks);
  return found ? found.step + 1 : null;
}

export type Advice =
  /** The next move of a shortest break, from where the learner stands. */
  | { readonly kind: 'move'; readonly label: string; readonly at: Ms }
  /** This place is on no shortest way that the search knows; the run was, when so many moves had been made. */
  | { readonly kind: 'back'; readonly to: number; readonly label: string; readonly at: Ms }
  | { readonly kind: 'none' };

/** Where to go from here: other orders of the same moves lead through the same worlds, so a world is what is looked up. */
export function adviceFor(level: BreakLevel, script: readonly string[]): Advice {
  const verdict = verdictOn(level);
  if (verdict.kind !== 'violated' || script.length > LONGEST) return { kind: 'none' };
  const system = compile(level.scenario);
  const way = replay(system, verdict.script);
  const known = new Map(way.steps.map((_, index) => [fingerprint(worldAt(way, index)), index]));
  const taken = replay(system, script);
  for (let place = taken.steps.length; place >= 0; place -= 1) {
    const world = worldAt(taken, place);
    const step = way.steps[known.get(fingerprint(world)) ?? -1];
    const move = step && moves(system, world).find(({ label }) => label === step.move.label);
    if (!step || !move) continue;
    const [soon, late] = step.move.window;
    const at = step.at.$at === late.$at && late.$at > soon.$at ? move.window[1].$at : move.window[0].$at;
    return place === taken.steps.length
      ? { kind: 'move', label: move.label, at }
      : { kind: 'back', to: place, label: move.label, at };
  }
  return { kind: 'none' };
}

function worldAt(trace: Trace, place: number): World {
  return trace.steps[place - 1]?.world ?? trace.start;
}
