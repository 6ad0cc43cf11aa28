// One run: a scheduler picks until it picks nothing. The trace keeps every world, so stepping back is looking back.

import { start } from './assemble.ts';
import { choose, scriptLine } from './schedulers.ts';
import { apply, ended, moves } from './step.ts';
import type { Scheduler, Step, System, Trace, Violation, World } from './types.ts';

export function run(system: System, scheduler: Scheduler, maxSteps: number): Trace {
  const first = start(system);
  const steps: Step[] = [];
  let world = first;
  while (steps.length < maxSteps) {
    const choice = scheduler.pick(moves(system, world), world);
    if (!choice) break;
    const step = apply(system, world, choice.move, choice.at);
    steps.push(step);
    world = step.world;
  }
  return traceOf(system, first, steps);
}

/** Follows a script to its end, or to the first line that the world does not offer: see `stuck` in the trace. */
export function replay(system: System, script: readonly string[]): Trace {
  const first = start(system);
  const steps: Step[] = [];
  let world = first;
  for (const [index, line] of script.entries()) {
    const offered = moves(system, world);
    const choice = choose(offered, line);
    if (choice.kind !== 'found') {
      const labels = offered.map(({ label, window: [from, to] }) =>
        from.$at === to.$at ? `${label} @ ${from.$at}` : `${label} @ ${from.$at}–${to.$at}`,
      );
      return { ...traceOf(system, first, steps), stuck: { index, label: line, why: choice.kind, offered: labels } };
    }
    const step = apply(system, world, choice.move, choice.at);
    steps.push(step);
    world = step.world;
  }
  return traceOf(system, first, steps);
}

/** The script that replays to this very trace. */
export function scriptOf(trace: Trace): readonly string[] {
  return trace.steps.map(({ move, at }) => scriptLine(move, at));
}

export function labelsOf(trace: Trace): readonly string[] {
  return trace.steps.map(({ move }) => move.label);
}

/** A trace out of steps that were taken elsewhere, as when a learner goes on from the middle of an older run. */
export function traceOf(system: System, first: World, steps: readonly Step[]): Trace {
  const violations: Violation[] = [];
  for (const property of system.properties) {
    if (property.kind !== 'always') continue;
    const step = steps.findIndex(
      ({ world }) => !property.holds(world.observed[property.id] ?? null, world, ended(world)),
    );
    const world = steps[step]?.world;
    if (!world) continue;
    const words = property.violation(world.observed[property.id] ?? null, world);
    violations.push({ property: property.id, step, words });
  }
  violations.sort((a, b) => a.step - b.step);
  return { start: first, steps, broken: violations.map(({ property }) => property), violations };
}
