// From a script that breaks a property to a shorter one that still does: fewer faults first, then fewer moves, then earlier
// instants. A random run finds a violation in two hundred moves; a person wants to read twenty.
// Greedy, so the result is one that no single removal shortens, not the shortest of all: explore() finds that.

import { start } from './assemble.ts';
import { scriptOf, traceOf } from './run.ts';
import { choose } from './schedulers.ts';
import { apply, moves } from './step.ts';
import { at } from './time.ts';
import type { PropertyId, Step, System, Trace } from './types.ts';

export function shrink(system: System, script: readonly string[], property: PropertyId): readonly string[] {
  const first = attempt(system, script, property);
  if (!first) return script;
  let best = first;
  for (let again = true; again; ) {
    again = false;
    for (const candidate of candidates(scriptOf(best))) {
      const shorter = attempt(system, candidate, property);
      if (!shorter || !better(shorter, best)) continue;
      best = shorter;
      again = true;
      break;
    }
  }
  return scriptOf(best);
}

/** Large cuts first, as in delta debugging (Zeller); then single moves; then the earliest instant for each. */
function* candidates(script: readonly string[]): Generator<readonly string[]> {
  for (let size = script.length >> 1; size >= 1; size >>= 1) {
    for (let from = script.length - size; from >= 0; from -= size) {
      yield [...script.slice(0, from), ...script.slice(from + size)];
    }
  }
  for (const [index, line] of script.entries()) {
    const untimed = line.replace(/ @ \d+$/, '');
    if (untimed !== line) yield script.with(index, untimed);
  }
}

/** Follows what it can of a script and passes over the rest; the run up to the violation, or null if there is none. */
function attempt(system: System, script: readonly string[], property: PropertyId): Trace | null {
  const first = start(system);
  const steps: Step[] = [];
  let world = first;
  for (const line of script) {
    const choice = choose(moves(system, world), line);
    if (choice.kind === 'not offered') continue;
    const [from, to] = choice.move.window;
    const wanted = choice.kind === 'found' ? choice.at.$at : Number(/\d+$/.exec(line)?.[0]);
    const step = apply(system, world, choice.move, at(Math.min(Math.max(wanted, from.$at), to.$at)));
    steps.push(step);
    world = step.world;
  }
  const violation = traceOf(system, first, steps).violations.find((found) => found.property === property);
  return violation ? traceOf(system, first, steps.slice(0, violation.step + 1)) : null;
}

function better(a: Trace, b: Trace): boolean {
  const [faultsA, faultsB] = [faultsIn(a), faultsIn(b)];
  if (faultsA !== faultsB) return faultsA < faultsB;
  if (a.steps.length !== b.steps.length) return a.steps.length < b.steps.length;
  return sum(a) < sum(b);
}

function faultsIn({ steps }: Trace): number {
  return steps.filter(({ move }) => move.kind === 'fault').length;
}

function sum({ steps }: Trace): number {
  return steps.reduce((total, { at }) => total + at.$at, 0);
}
