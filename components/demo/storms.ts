// Runs to try a picture on: every lock under every fault that makes sense for it, in the quiet course of things with the fault
// struck early, and in random orders. For tests; the site draws none of it.
import {
  backends,
  type Choices,
  compile,
  experiment,
  type FaultChoice,
  type FaultKind,
  faultKinds,
  natural,
  run,
  type Scenario,
  type Scheduler,
  seeded,
  type Trace,
  USUAL,
} from '#lib/lock/index.ts';

export type Storm = { readonly name: string; readonly scenario: Scenario; readonly trace: Trace };

/** What must have gone wrong before this can. */
const AFTER: { readonly [kind in FaultKind]?: FaultKind } = { restart: 'crash', wipe: 'crash', heal: 'partition' };

export function scenarioOf(choices: Partial<Choices>): Scenario | null {
  const made = experiment({ ...USUAL, ...choices }, 'no-lost-update');
  return made.kind === 'scenario' ? made.scenario : null;
}

/** A lock under a fault: on its clients, and where that is possible on each of its servers. */
export function scenariosOf(lock: string, kind: FaultKind): readonly Scenario[] {
  const bare = scenarioOf({ lock });
  const servers = bare ? compile(bare).servers : [];
  return [undefined, ...servers].flatMap((target) => {
    const aim = target === undefined ? {} : { target };
    const first = AFTER[kind];
    const faults: FaultChoice[] = [
      ...(first ? [{ kind: first, atMost: 2, ...aim }] : []),
      { kind, atMost: 2, ...(kind === 'heal' ? {} : aim) },
    ];
    const choices = { lock, faults, renew: 'third', hold: 20 } as const;
    const scenario = scenarioOf(choices) ?? scenarioOf({ ...choices, renew: 'none' });
    return scenario ? [scenario] : [];
  });
}

/** Every lock under every fault: faults as soon as they can from the sixth step on, and then in two random orders. */
export function storms(): readonly Storm[] {
  return Object.keys(backends).flatMap((lock) =>
    faultKinds.flatMap((kind) =>
      scenariosOf(lock, kind).flatMap((scenario, at): Storm[] => {
        const named = (how: string, trace: Trace) => ({ name: `${lock} ${kind} ${at} ${how}`, scenario, trace });
        return [
          named('early', run(compile(scenario), struckEarly(), 200)),
          named('seed 1', run(compile(scenario), seeded(at + 1, 0.15), 120)),
          named('seed 2', run(compile(scenario), seeded(at + 99, 0.4), 60)),
        ];
      }),
    ),
  );
}

function struckEarly(): Scheduler {
  const quietly = natural();
  let steps = 0;
  return {
    pick(moves, world) {
      steps += 1;
      const fault = steps > 6 ? moves.find((move) => move.kind === 'fault') : undefined;
      return fault ? { move: fault, at: fault.window[0] } : quietly.pick(moves, world);
    },
  };
}
