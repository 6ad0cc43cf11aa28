// From a state that a search has found back to the run that leads to it. The chain of its states is known; each step is
// looked for among the real moves of the real world. So every script is a run of step.ts, and a search that had gone astray
// on its rows would be found out here.

import { start } from '../assemble.ts';
import { scriptLine } from '../schedulers.ts';
import { apply, moves } from '../step.ts';
import { at, FOREVER } from '../time.ts';
import type { Instant, Move, System, Timing, World } from '../types.ts';

export type Witness = { readonly script: readonly string[]; readonly world: World };

/** `isAt` says whether a world is in the state that the chain has after so many moves. Null when no run leads along it. */
export function witness(
  system: System,
  timing: Timing,
  length: number,
  isAt: (world: World, moves: number) => boolean,
): Witness | null {
  let world = start(system);
  const script: string[] = [];
  while (script.length < length) {
    const step = stepFrom(system, timing, world, (reached) => isAt(reached, script.length + 1));
    if (!step) return null;
    script.push(step.line);
    world = step.world;
  }
  return { script, world };
}

function stepFrom(system: System, timing: Timing, world: World, isNext: (world: World) => boolean) {
  for (const move of moves(system, world)) {
    for (const when of instants(move, timing)) {
      const next = apply(system, world, move, when).world;
      if (isNext(next)) return { line: scriptLine(move, when), world: next };
    }
  }
  return null;
}

/**
 * The instants of a move that a search looks at. FOREVER is none of them; so where nothing ever has to happen, there is no last
 * instant, and only the first is looked at.
 */
export function instants({ window: [first, last] }: Move, timing: Timing): Instant[] {
  if (first.$at >= FOREVER) return [];
  if (timing === 'earliest' || first.$at === last.$at || last.$at >= FOREVER) return [first];
  if (timing === 'corners') return [first, last];
  const all: Instant[] = [];
  for (let ms = first.$at; ms <= last.$at; ms += 1) all.push(at(ms));
  return all;
}
