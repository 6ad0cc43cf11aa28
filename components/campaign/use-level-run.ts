'use client';
// A level's run as a hook: its rules, the beat at which it is played, and the address that it was opened with. The address is read in
// the browser, since the page is built ahead of time for everybody; until then it shows the level as it begins.
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useReducer, useState } from 'react';
import { SLOWER, useSpeed } from '#components/demo/controls-speed.ts';
import { beatOf, type DemoAction, type DemoState, firstState } from '#components/demo/use-demo.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { compile, type System, type Trace } from '#lib/lock/index.ts';
import { levelReducer, placeIn } from './level-run.ts';

export type LevelRun = {
  readonly system: System;
  readonly state: DemoState;
  readonly send: (action: DemoAction) => void;
  /** The run on screen is the one that came with the address, to its last move: nobody has made any of it here. */
  readonly lent: boolean;
  /** Why the address could not be followed. */
  readonly trouble: string | null;
};

/** The lock of the level must be at hand (with-locks.tsx). */
export function useLevelRun({ scenario, breaks }: BreakLevel): LevelRun {
  const system = useMemo(() => compile(scenario), [scenario]);
  const reducer = useMemo(() => levelReducer(system, breaks), [system, breaks]);
  const [state, dispatch] = useReducer(reducer, system, (made) => firstState(made, 'start'));
  const [opened, setOpened] = useState<{ readonly trace: Trace | null; readonly trouble: string | null }>({
    trace: null,
    trouble: null,
  });

  const open = useEffectEvent(() => {
    const asked = placeIn(system, location.search);
    if (asked.kind === 'bad') setOpened({ trace: null, trouble: asked.why });
    if (asked.kind !== 'place') return;
    // Cut here already, so that it is known again when it is on screen.
    const { trace } = reducer(state, { do: 'open', place: asked });
    setOpened({ trace, trouble: null });
    dispatch({ do: 'open', place: { trace, cursor: asked.cursor } });
  });
  useLayoutEffect(() => open(), []);

  const [speed] = useSpeed();
  const { everyMs, by } = beatOf(state.trace.steps.length);
  const beatMs = everyMs * SLOWER[speed];
  useEffect(() => {
    if (!state.running) return;
    const beat = setInterval(() => dispatch({ do: 'tick', by }), beatMs);
    return () => clearInterval(beat);
  }, [state.running, beatMs, by]);

  const send = useCallback((action: DemoAction) => {
    dispatch(action);
    if (action.do !== 'run' || !matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // Who asked for stillness sees the outcome at once; the steps are all still there.
    dispatch({ do: 'tick', by: 1 });
    dispatch({ do: 'seek', to: Number.MAX_SAFE_INTEGER });
  }, []);
  return { system, state, send, lent: state.trace === opened.trace, trouble: opened.trouble };
}
