// Who is right about a level: the engine. Par is the shortest schedule that the search finds, a break is believed when it
// replays, and a claim that a level holds is answered by a search to its end. Nothing here is written down by hand.
import { check, compile, replay, type Verdict } from '#lib/lock/index.ts';
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
