'use client';
// A demo in a lesson: a scenario of the course that can be run, stepped, taken another way and searched. The first picture is
// computed on the server and again, the same, in the page: the engine is deterministic, so nothing waits and nothing jumps.
// The knobs are fetched when they are looked at (demo-tuned.tsx): a lesson is read more often than it is turned.
import { type ComponentType, useEffect, useMemo, useRef, useState } from 'react';
import { compile, type Scenario, type System } from '#lib/lock/index.ts';
import type { TunedProps } from './demo-tuned.tsx';
import { type DemoProps, DemoView, type Model, openingOf } from './demo-view.tsx';
import { type DemoState, firstState, useRun } from './use-demo.ts';
import { WithLocks } from './with-locks.tsx';

function openAt(system: System, from: number | undefined): DemoState {
  const state = firstState(system, openingOf(system.scenario));
  return from === undefined ? state : { ...state, cursor: from };
}

function modelOf(model: Scenario | undefined): Model | null {
  return model ? { system: compile(model), address: `/demos/${model.id}` } : null;
}

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
  const opening = useMemo(() => compile(scenario), [scenario]);
  const { system, state, send } = useRun(opening, (made) => openAt(made, from));
  const searched = useMemo(() => modelOf(model), [model]);
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
      knobs={<Knobs fetched={({ TunedDemo }) => tune({ TunedDemo, opened: { ...state, running: false } })} />}
    />
  );
}

type File = Pick<Tuned, 'TunedDemo'>;

/** Stands in for the knobs in their fold, and fetches them when the fold is opened. */
function Knobs({ fetched }: { fetched: (file: File) => void }) {
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLParagraphElement>(null);
  const latest = useRef(fetched);
  latest.current = fetched;
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      import('./demo-tuned.tsx').then(
        (file) => latest.current(file),
        () => setFailed(true),
      );
    });
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <p ref={place} className="min-h-6 text-muted" role="status">
      {failed
        ? 'The knobs could not be fetched. Look at your connection, then fold and unfold.'
        : 'Fetching the knobs.'}
    </p>
  );
}
