'use client';
// A demo as a value: a run, a place in it, and the runs that were left for another. Every touch is RaftScope's gesture: go to
// a moment, do something else there, and the future is rewritten from that moment. The reducer is pure and knows no screen;
// the hook below only adds the beat at which a run is played.
import { useCallback, useEffect, useMemo, useReducer } from 'react';
import { ended, type Move, type Ms, type System, scriptOf, type Trace } from '#lib/lock/index.ts';
import { SLOWER, useSpeed } from './controls-speed.ts';
import { exactly, firstTrace, MAX_STEPS, onwards, type Place } from './trace-of.ts';

/** A run that was left for another; with its system, where a turned knob made another of that, too. */
export type Left = Place & { readonly system?: System };

export type DemoState = Place & {
  readonly running: boolean;
  readonly undo: readonly Left[];
  readonly redo: readonly Left[];
};

export type DemoAction =
  | { readonly do: 'run' | 'pause' | 'step' | 'back' | 'reset' | 'undo' | 'redo' }
  /** One beat of a run that is being played. */
  | { readonly do: 'tick'; readonly by: number }
  | { readonly do: 'seek'; readonly to: number }
  /** At the cursor, make this move at this time instead of what follows now. */
  | { readonly do: 'take'; readonly move: Move; readonly at: Ms }
  /** A run found elsewhere, such as a counterexample; `play` starts it from its beginning. */
  | { readonly do: 'load'; readonly script: readonly string[]; readonly play: boolean };

/** `break` is the moment just after the first broken guarantee, or the end of a run that breaks none. */
export function firstState(system: System, place: 'start' | 'break' | 'end'): DemoState {
  const trace = firstTrace(system);
  const last = trace.steps.length;
  const firstBreak = trace.violations[0];
  const cursor = { start: 0, break: firstBreak ? firstBreak.step + 1 : last, end: last }[place];
  return { trace, cursor, running: false, undo: [], redo: [] };
}

export function demoReducer(system: System) {
  return (state: DemoState, action: DemoAction): DemoState => {
    const { trace, cursor } = state;
    const last = trace.steps.length;
    switch (action.do) {
      case 'run': {
        // At the very end there is nothing to go on with, so it is played again.
        const again = cursor === last && isOver(trace);
        return { ...state, cursor: again ? 0 : cursor, running: last > 0 || !again };
      }
      case 'pause':
        return state.running ? { ...state, running: false } : state;
      case 'tick': {
        if (!state.running) return state;
        const next = ahead(system, state);
        const end = next.trace.steps.length;
        const to = Math.min(end, next.cursor + action.by - 1);
        return { ...next, cursor: to, running: to < end };
      }
      case 'step':
        return { ...ahead(system, state), running: false };
      case 'back':
        return { ...state, cursor: Math.max(0, cursor - 1), running: false };
      case 'seek':
        return { ...state, cursor: Math.min(Math.max(0, Math.trunc(action.to) || 0), last), running: false };
      case 'take': {
        const label =
          action.at === action.move.window[0].$at ? action.move.label : `${action.move.label} @ ${action.at}`;
        const forked = exactly(system, [...scriptOf(trace).slice(0, cursor), label]);
        return forked ? left(state, { trace: forked, cursor: forked.steps.length }, false) : state;
      }
      case 'load': {
        const loaded = exactly(system, action.script);
        if (!loaded || loaded.steps.length === 0) return state;
        return left(state, { trace: loaded, cursor: action.play ? 0 : loaded.steps.length }, action.play);
      }
      case 'reset':
        return { ...firstState(system, 'start') };
      case 'undo': {
        const before = state.undo.at(-1);
        if (!before) return state;
        return { ...before, running: false, undo: state.undo.slice(0, -1), redo: [...state.redo, { trace, cursor }] };
      }
      case 'redo': {
        const after = state.redo.at(-1);
        if (!after) return state;
        return { ...after, running: false, redo: state.redo.slice(0, -1), undo: [...state.undo, { trace, cursor }] };
      }
    }
  };
}

/** Nothing more can happen by itself. */
export function isOver(trace: Trace): boolean {
  const world = trace.steps.at(-1)?.world ?? trace.start;
  return ended(world) || trace.steps.length >= MAX_STEPS;
}

/** One step on. Where a fork or a counterexample ends, things take their natural course from there. */
function ahead(system: System, state: DemoState): DemoState {
  const { trace, cursor } = state;
  if (cursor < trace.steps.length) return { ...state, cursor: cursor + 1 };
  if (isOver(trace)) return state;
  const longer = onwards(system, scriptOf(trace));
  return longer.steps.length > cursor ? { ...state, trace: longer, cursor: cursor + 1 } : state;
}

function left(state: DemoState, place: Place, running: boolean): DemoState {
  const { trace, cursor } = state;
  return { ...place, running, undo: pushed(state.undo, { trace, cursor }), redo: [] };
}

function pushed(undo: readonly Left[], place: Left): readonly Left[] {
  return [...undo, place].slice(-50);
}

/** Slow enough to read; a crowd of hundreds of steps is watched, not read, and takes about six seconds in all. */
export function beatOf(steps: number): { readonly everyMs: Ms; readonly by: number } {
  if (steps <= 80) return { everyMs: 380, by: 1 };
  return { everyMs: 40, by: Math.ceil(steps / 150) };
}

export type DemoHook = {
  readonly system: System;
  readonly state: DemoState;
  readonly send: (action: DemoAction) => void;
};
export type RunHook = DemoHook & {
  /** Goes on with another system, as when a knob is turned. `by` names what was turned: turned on at once, it counts as one. */
  readonly change: (system: System, place: Place, by?: string) => void;
};

/** `turned` is what the last action turned, if it did. */
export type Held = { readonly system: System; readonly state: DemoState; readonly turned?: string | undefined };
export type Change = {
  readonly do: 'change';
  readonly system: System;
  readonly place: Place;
  readonly by?: string | undefined;
};

/** Knobs and moves are undone alike, newest first: what was left with its system comes back with it. */
export function held({ system, state, turned }: Held, action: DemoAction | Change): Held {
  const here: Left = { trace: state.trace, cursor: state.cursor, system };
  if (action.do === 'change') {
    const { place, by } = action;
    // A slider passes many stops on its way, and nobody wants to go back through them all.
    const undo = by !== undefined && by === turned ? state.undo : pushed(state.undo, here);
    return { system: action.system, turned: by, state: { ...place, running: false, undo, redo: [] } };
  }
  const back = action.do === 'undo' ? state.undo.at(-1) : action.do === 'redo' ? state.redo.at(-1) : undefined;
  if (back?.system === undefined) return { system, state: demoReducer(system)(state, action) };
  const { system: to, ...place } = back;
  const [undo, redo] =
    action.do === 'undo'
      ? [state.undo.slice(0, -1), [...state.redo, here]]
      : [[...state.undo, here], state.redo.slice(0, -1)];
  return { system: to, state: { ...place, running: false, undo, redo } };
}

export function useRun(first: System, opening: (system: System) => DemoState): RunHook {
  const [{ system, state }, dispatch] = useReducer(
    held,
    first,
    (made): Held => ({
      system: made,
      state: opening(made),
    }),
  );
  const [speed] = useSpeed();
  const { everyMs, by } = beatOf(state.trace.steps.length);
  const beatMs = everyMs * SLOWER[speed];

  useEffect(() => {
    if (!state.running) return;
    const beat = setInterval(() => dispatch({ do: 'tick', by }), beatMs);
    return () => clearInterval(beat);
  }, [state.running, beatMs, by]);

  const send = useMemo(
    () => (action: DemoAction) => {
      dispatch(action);
      const plays = action.do === 'run' || (action.do === 'load' && action.play);
      // Who asked for stillness sees the outcome at once; the steps are all still there.
      if (plays && matchMedia('(prefers-reduced-motion: reduce)').matches) {
        if (action.do === 'run') dispatch({ do: 'tick', by: 1 });
        dispatch({ do: 'seek', to: Number.MAX_SAFE_INTEGER });
      }
    },
    [],
  );
  const change = useCallback(
    (to: System, place: Place, by?: string) => dispatch({ do: 'change', system: to, place, by }),
    [],
  );
  return { system, state, send, change };
}
