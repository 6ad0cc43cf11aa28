'use client';
// A demo in a lesson: a scenario of the course that can be run, stepped, taken another way and searched. The first picture is
// computed on the server and again, the same, in the page: the engine is deterministic, so nothing waits and nothing jumps.
// The knobs are fetched when they are looked at (demo-tuned.tsx): a lesson is read more often than it is turned.
import { type ComponentProps, type ComponentType, useEffect, useMemo, useRef, useState } from 'react';
import { assemble, type Scenario, type System } from '#lib/lock/index.ts';
import type { TunedProps } from './demo-tuned.tsx';
import { type DemoProps, DemoView, type Model, openingOf } from './demo-view.tsx';
import { Fetching } from './panels.tsx';
import { type DemoState, firstState, useRun } from './use-demo.ts';
import type { VerdictPane } from './verdict.tsx';
import { WithLocks } from './with-locks.tsx';

function openAt(system: System, from: number | undefined): DemoState {
  const state = firstState(system, openingOf(system.scenario));
  return from === undefined ? state : { ...state, cursor: from };
}

function modelOf(model: Scenario | undefined): Model | null {
  return model ? { system: assemble(model), address: `/demos/${model.id}` } : null;
}

type VerdictType = typeof VerdictPane;
type Tuned = { readonly TunedDemo: ComponentType<TunedProps>; readonly opened: DemoState };

export function DemoFigure(props: DemoProps) {
  /** Once its knobs have been looked at, the demo is one whose knobs can be turned. */
  const [tuned, setTuned] = useState<Tuned | null>(null);
  if (tuned) return <tuned.TunedDemo {...props} opened={tuned.opened} />;
  const { scenario, model } = props;
  return (
    <WithLocks locks={[scenario.backend, ...(model ? [model.backend] : [])]}>
      <PlainDemo {...props} tune={setTuned} />
    </WithLocks>
  );
}

function PlainDemo({ scenario, model, from, tune, ...view }: DemoProps & { tune: (tuned: Tuned) => void }) {
  const opening = useMemo(() => assemble(scenario), [scenario]);
  const { system, state, send } = useRun(opening, (made) => openAt(made, from));
  const searched = useMemo(() => modelOf(model), [model]);
  const latest = useRef(state);
  latest.current = state;
  const playsOn = useRef(from !== undefined);
  useEffect(() => {
    if (!playsOn.current) return;
    playsOn.current = false;
    send({ do: 'run' });
  }, [send]);
  return (
    <DemoView
      {...view}
      system={system}
      state={state}
      send={send}
      searched={searched}
      address={`/demos/${scenario.id}`}
      Verdict={Verdict}
      knobs={
        <Fetching
          what="knobs"
          fetch={() =>
            import('./demo-tuned.tsx').then(({ TunedDemo }) =>
              tune({ TunedDemo, opened: { ...latest.current, running: false } }),
            )
          }
        />
      }
    />
  );
}

/** The search is fetched when its fold is opened. */
function Verdict(props: ComponentProps<VerdictType>) {
  const [Pane, setPane] = useState<VerdictType | null>(null);
  if (Pane) return <Pane {...props} />;
  const fetch = () => import('./verdict.tsx').then(({ VerdictPane }) => setPane(() => VerdictPane));
  return <Fetching what="search" fetch={fetch} />;
}
