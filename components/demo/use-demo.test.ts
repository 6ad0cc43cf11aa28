import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { compile, moves, scriptOf, traceHash } from '#lib/lock/index.ts';
import { exactly, firstTrace } from './trace-of.ts';
import {
  type Change,
  type DemoAction,
  type DemoState,
  demoReducer,
  firstState,
  type Held,
  held,
  isOver,
} from './use-demo.ts';

const paused = compile(scenarioById('pause-no-fence') ?? (scenarios[0] as never));
const reduce = demoReducer(paused);
const pressed = (state: DemoState, ...actions: DemoAction[]) => actions.reduce(reduce, state);
const start = firstState(paused, 'start');

/** The moves on offer at the place of a state. */
function offered({ trace, cursor }: DemoState) {
  return moves(paused, trace.steps[cursor - 1]?.world ?? trace.start);
}

describe('going through a run', () => {
  test('stepping forward and back comes to the same place', () => {
    expect(pressed(start, { do: 'step' }, { do: 'step' }, { do: 'back' }).cursor).toBe(1);
    expect(pressed(start, { do: 'back' }).cursor).toBe(0);
  });

  test('a run plays to its end and stops there', () => {
    let state = pressed(start, { do: 'run' });
    for (let beat = 0; state.running; beat += 1) {
      expect(beat).toBeLessThan(200);
      state = pressed(state, { do: 'tick', by: 1 });
    }
    expect(state.cursor).toBe(state.trace.steps.length);
  });

  test('a run that is over plays again from its start', () => {
    const again = pressed(firstState(paused, 'end'), { do: 'run' });
    expect(again).toMatchObject({ cursor: 0, running: true });
  });

  test('opens just after the first broken guarantee, with a way on, or at the end of a run that breaks none', () => {
    const { trace, cursor } = firstState(paused, 'break');
    expect(cursor).toBe((trace.violations[0]?.step ?? -1) + 1);
    expect(cursor).toBeLessThan(trace.steps.length);
    const quiet = firstState(compile(scenarioById('seat-14a-locked-two') ?? (scenarios[0] as never)), 'break');
    expect(quiet.cursor).toBe(quiet.trace.steps.length);
  });

  test('a place outside the run is brought inside', () => {
    expect(pressed(start, { do: 'seek', to: -4 }).cursor).toBe(0);
    expect(pressed(start, { do: 'seek', to: 1e9 }).cursor).toBe(start.trace.steps.length);
    expect(pressed(start, { do: 'seek', to: Number.NaN }).cursor).toBe(0);
  });
});

describe('taking another move', () => {
  const here = pressed(start, { do: 'seek', to: 4 });
  const choice = offered(here).find((move) => move.label.startsWith('pause')) ?? (offered(here)[0] as never);
  const taken = pressed(here, { do: 'take', move: choice, at: choice.window[0].$at });

  test('keeps the past and cuts the future', () => {
    expect(scriptOf(taken.trace).slice(0, 4)).toEqual(scriptOf(here.trace).slice(0, 4));
    expect(taken.trace.steps).toHaveLength(5);
    expect(taken.cursor).toBe(5);
    expect(taken.trace.steps[4]?.move.label).toBe(choice.label);
  });

  test('goes on naturally when it is stepped or run', () => {
    expect(isOver(taken.trace)).toBe(false);
    const on = pressed(taken, { do: 'step' });
    expect(on.cursor).toBe(6);
    expect(isOver(on.trace)).toBe(true);
    expect(scriptOf(on.trace).slice(0, 5)).toEqual(scriptOf(taken.trace));
  });

  test('can be undone and done again', () => {
    const undone = pressed(taken, { do: 'undo' });
    expect(undone.trace).toBe(here.trace);
    expect(undone.cursor).toBe(4);
    expect(pressed(undone, { do: 'redo' }).trace).toBe(taken.trace);
    expect(pressed(start, { do: 'undo' }, { do: 'redo' })).toEqual(start);
  });

  test('a move that is not on offer changes nothing', () => {
    const late = { ...choice, label: 'pause A for 61 ms' };
    expect(pressed(here, { do: 'take', move: late, at: 3 })).toBe(here);
  });
});

test('a counterexample is loaded, played, and can be left again', () => {
  const script = firstTrace(paused).steps.map(({ move }) => move.label);
  const loaded = pressed(start, { do: 'load', script, play: true });
  expect(loaded).toMatchObject({ cursor: 0, running: true });
  expect(pressed(loaded, { do: 'undo' }).trace).toBe(start.trace);
  expect(pressed(start, { do: 'load', script: ['open the pod bay doors'], play: true })).toBe(start);
});

test('reset leads back to the run that the demo opened with', () => {
  const away = pressed(start, { do: 'seek', to: 3 }, { do: 'step' }, { do: 'reset' });
  expect(traceHash(away.trace)).toBe(traceHash(start.trace));
  expect(away.cursor).toBe(0);
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  '%s replays to the same hash from its script',
  (_id, scenario) => {
    const system = compile(scenario);
    const trace = firstTrace(system);
    const again = exactly(compile(scenario), scriptOf(trace));
    expect(again && traceHash(again)).toBe(traceHash(trace));
  },
);

test('whatever is pressed, the place is inside the run and the run replays', () => {
  const press = fc.oneof(
    fc
      .constantFrom<DemoAction['do']>('run', 'pause', 'step', 'back', 'reset', 'undo', 'redo')
      .map((one) => ({ do: one }) as DemoAction),
    fc.record({ do: fc.constant('seek' as const), to: fc.integer({ min: -5, max: 60 }) }),
    fc.record({ do: fc.constant('tick' as const), by: fc.integer({ min: 1, max: 4 }) }),
    fc.nat({ max: 20 }),
  );
  fc.assert(
    fc.property(fc.array(press, { maxLength: 25 }), (presses) => {
      let state = start;
      for (const one of presses) {
        if (typeof one === 'number') {
          const list = offered(state);
          const move = list[one % Math.max(1, list.length)];
          if (move) state = pressed(state, { do: 'take', move, at: move.window[1].$at });
        } else state = pressed(state, one);
        expect(state.cursor).toBeGreaterThanOrEqual(0);
        expect(state.cursor).toBeLessThanOrEqual(state.trace.steps.length);
      }
      const again = exactly(paused, scriptOf(state.trace));
      expect(again && traceHash(again)).toBe(traceHash(state.trace));
    }),
    { numRuns: 60 },
  );
});

describe('undoing a turned knob', () => {
  const other = compile(scenarioById('pause-fence-writes') ?? (scenarios[0] as never));
  const third = compile(scenarioById('slow-packet') ?? (scenarios[0] as never));
  const to = (system: typeof paused, by?: string): Change => ({
    do: 'change',
    system,
    by,
    place: { trace: firstTrace(system), cursor: 2 },
  });
  const begun: Held = { system: paused, state: firstState(paused, 'break') };
  const given = (...actions: readonly (DemoAction | Change)[]) => actions.reduce(held, begun);
  const shown = ({ system, state: { trace, cursor } }: Held) => ({ system, trace, cursor });
  /** The first move on offer at the start, whatever it is. */
  const anotherMove = ({ system, state }: Held): DemoAction => {
    const move = moves(system, state.trace.start).at(-1) as never;
    return { do: 'take', move, at: (move as { window: readonly [{ $at: number }] }).window[0].$at };
  };

  test('brings back the run, the moment and the system that it was of; redo brings the turn back', () => {
    const turned = given(to(other));
    expect(turned.state.undo).toHaveLength(1);
    const undone = held(turned, { do: 'undo' });
    expect(shown(undone)).toEqual(shown(begun));
    expect(undone.system).toBe(paused);
    const redone = held(undone, { do: 'redo' });
    expect(redone.system).toBe(other);
    expect(shown(redone)).toEqual(shown(turned));
    expect(redone.state.redo).toEqual([]);
  });

  test('goes through knobs and moves in the order in which they were made', () => {
    const moved = held(given({ do: 'seek', to: 0 }), anotherMove(given({ do: 'seek', to: 0 })));
    const turned = [to(other), { do: 'seek', to: 0 } as const].reduce(held, moved);
    const movedAgain = held(turned, anotherMove(turned));
    const back = (state: Held) => held(state, { do: 'undo' });
    expect(shown(back(movedAgain))).toEqual(shown(turned));
    expect(shown(back(back(movedAgain)))).toEqual(shown(moved));
    expect(back(back(back(movedAgain))).system).toBe(paused);
    const on = (state: Held) => held(state, { do: 'redo' });
    expect(shown(on(on(on(back(back(back(movedAgain)))))))).toEqual(shown(movedAgain));
  });

  test('takes a slider back in one go, but only as far as it was turned at once', () => {
    const slid = given(to(other, 'ttl'), to(third, 'ttl'));
    expect(slid.state.undo).toHaveLength(1);
    expect(held(slid, { do: 'undo' }).system).toBe(paused);
    const interrupted = given(to(other, 'ttl'), { do: 'seek', to: 1 }, to(third, 'ttl'));
    expect(interrupted.state.undo).toHaveLength(2);
    expect(given(to(other, 'ttl'), to(third, 'work')).state.undo).toHaveLength(2);
    expect(given(to(other), to(third)).state.undo).toHaveLength(2);
  });
});
