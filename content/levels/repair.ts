// What is to be repaired: a standard experiment that breaks, the promises that must hold, and a few knobs with a few settings
// each. A setting is a change of the choices, so that every combination is one experiment that the engine can judge.
import { type Choices, type Experiment, experiment, type PropertyId } from '#lib/lock/index.ts';

export type Setting = { readonly label: string; readonly change: Partial<Choices> };
export type Knob = { readonly name: string; readonly settings: readonly Setting[] };
export type RepairLevel = {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** All of them must hold, and somebody must be able to finish. */
  readonly promises: readonly PropertyId[];
  readonly base: Choices;
  readonly knobs: readonly Knob[];
  /** The settings with which it opens, and breaks. */
  readonly broken: Picks;
  /** Slug of the lesson that explains it. */
  readonly lesson: string;
};

/** For each knob the position of its setting. */
export type Picks = readonly number[];

export function choicesWith({ base, knobs }: RepairLevel, picks: Picks): Choices {
  let choices = base;
  for (const [at, { settings }] of knobs.entries()) {
    const { options = {}, ...change } = settings[picks[at] ?? 0]?.change ?? {};
    choices = { ...choices, ...change, options: { ...choices.options, ...options } };
  }
  return choices;
}

export function repaired(level: RepairLevel, picks: Picks, promise: PropertyId): Experiment {
  return experiment(choicesWith(level, picks), promise);
}

export function allPicks({ knobs }: RepairLevel): readonly Picks[] {
  return knobs.reduce<readonly Picks[]>(
    (known, { settings }) => known.flatMap((picks) => settings.map((_, at) => [...picks, at])),
    [[]],
  );
}

/** Does each knob have a setting, and one that it knows? */
export function arePicks({ knobs }: RepairLevel, picks: Picks): boolean {
  return picks.length === knobs.length && picks.every((pick, at) => knobs[at]?.settings[pick] !== undefined);
}
