// How a demo gets its runs: by following a script and then letting things take their course. The engine decides nothing, so
// this is the one place where the interface chooses a scheduler.
import { natural, replay, run, type Scheduler, type System, scripted, type Trace } from '#lib/lock/index.ts';

/** Far above any run that can be looked at; a program that loops for ever still ends here. */
export const MAX_STEPS = 3000;

/** A run and a moment of it. */
export type Place = { readonly trace: Trace; readonly cursor: number };

/** What a demo shows first: the script that makes its point, where it has one, and then the quiet course of things. */
export function firstTrace(system: System): Trace {
  const known = firsts.get(system) ?? onwards(system, system.scenario.script ?? []);
  firsts.set(system, known);
  return known;
}

/** A system made out of another opens with a run that was made out of the other's. */
export function opensWith(system: System, trace: Trace): void {
  firsts.set(system, trace);
}

/** Asked for on every change of the address; a memo, not a state. */
const firsts = new WeakMap<System, Trace>();

/** Follows the script and then goes on naturally to the end. */
export function onwards(system: System, script: readonly string[]): Trace {
  const [scheduled, quiet] = [scripted(script), natural()];
  const scheduler: Scheduler = {
    pick: (moves, world) => scheduled.pick(moves, world) ?? quiet.pick(moves, world),
  };
  return run(system, scheduler, MAX_STEPS);
}

/** Follows the script and stops there; null if the world does not offer one of its moves. */
export function exactly(system: System, script: readonly string[]): Trace | null {
  if (script.length > MAX_STEPS) return null;
  const trace = replay(system, script);
  return trace.stuck ? null : trace;
}
