// The search as one would write it first, for tests to hold the fast one to. Whole worlds, moved by step.ts and told apart by
// fingerprints; no rows, no remembered effects, no mirror images. Not for any other use: it is twenty times slower.

import { start } from '../assemble.ts';
import { fingerprint } from '../fingerprint.ts';
import { apply, ended, moves } from '../step.ts';
import type { Property, System, Timing, World } from '../types.ts';
import { instants } from './witness.ts';

export type Answer = {
  readonly states: number;
  /** Moves to the state that is furthest away, by the shortest way with as few faults as lead to it. */
  readonly depth: number;
  /** The end of the search, with the fewest faults and then the fewest moves to it; null if there is none. */
  readonly end: { readonly faults: number; readonly moves: number } | null;
};

/** Null when there are more states than that. */
export function plainSearch(system: System, property: Property | null, timing: Timing, most: number): Answer | null {
  const searched: System = { ...system, properties: property ? [property] : [] };
  const endsAt = (world: World) =>
    property !== null &&
    property.holds(world.observed[property.id] ?? null, world, ended(world)) !== (property.kind === 'always');
  const done = new Set<string>();
  /** Worlds of one budget by the number of moves to them. */
  let levels: World[][] = [[start(searched)]];
  let furthest = 0;
  for (let faults = 0; levels.length > 0; faults += 1) {
    const struck: World[][] = [];
    for (let depth = 0; depth < levels.length; depth += 1) {
      for (const world of levels[depth] ?? []) {
        const print = fingerprint(world);
        if (done.has(print)) continue;
        done.add(print);
        if (done.size > most) return null;
        furthest = Math.max(furthest, depth);
        if (endsAt(world)) return { states: done.size, depth: furthest, end: { faults, moves: depth } };
        for (const move of moves(searched, world)) {
          const reached = move.kind === 'fault' ? struck : levels;
          for (const when of instants(move, timing)) {
            reached[depth + 1] ??= [];
            reached[depth + 1]?.push(apply(searched, world, move, when).world);
          }
        }
      }
      delete levels[depth];
    }
    levels = struck;
  }
  return { states: done.size, depth: furthest, end: null };
}
