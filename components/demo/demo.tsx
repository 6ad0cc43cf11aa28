'use client';
// A demo: a scenario of the course that can be run, stepped, taken another way and searched. The first picture is computed on
// the server and again, the same, in the page: the engine is deterministic, so nothing waits and nothing jumps.
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { moves, rowsOf, type Scenario, type System, sentence, type Trace, type World } from '#lib/lock/index.ts';
import { AsText } from './as-text.tsx';
import { Controls } from './controls.tsx';
import { CopyLink } from './copy-link.tsx';
import { CROWD, crowdOf } from './crowd.ts';
import { Crowd } from './crowd-picture.tsx';
import { type DemoQuery, fromQuery } from './demo-url.ts';
import { pictureOf } from './layout.ts';
import { Moves } from './moves.tsx';
import { Fold, Panels, WidePanels } from './panels.tsx';
import { ProgramPane } from './program-pane.tsx';
import { fitted, useRoom } from './room.ts';
import { Timeline } from './timeline.tsx';
import { type DemoAction, type DemoState, firstState, isOver, useDemo } from './use-demo.ts';
import { VerdictPane } from './verdict.tsx';

/**
 * What a demo needs. `model` is the scenario that claims about this one are searched on, where that is another. `query` is the
 * address of a demo on a page of its own: it may ask for any run and moment, and follows what is done. `bare` leaves out the title
 * and the point, where the text around it has said both; `controlsFirst` puts Run above the picture, where it must be seen at once,
 * and `next` under it: what to do after this run. It is told whether the reader has come to the end of a run.
 */
export type DemoProps = {
  readonly scenario: Scenario;
  readonly model?: Scenario | undefined;
  readonly lead?: ReactNode;
  readonly query?: DemoQuery | undefined;
  readonly bare?: boolean;
  readonly controlsFirst?: boolean;
  readonly next?: ((ended: boolean) => ReactNode) | undefined;
};

function worldAt(trace: Trace, cursor: number): World {
  return trace.steps[cursor - 1]?.world ?? trace.start;
}

function isCrowd(scenario: Scenario): boolean {
  return Object.keys(scenario.clients).length > CROWD;
}

/** A timeline opens where something breaks, with moves to make from there; a crowd at its start, since counting up is its point. */
function opening(scenario: Scenario): 'start' | 'break' {
  return isCrowd(scenario) ? 'start' : 'break';
}

function openAt(system: System, query: DemoQuery | undefined): DemoState {
  const state = firstState(system, opening(system.scenario));
  const asked = query && fromQuery(system, query);
  return asked?.kind === 'place' ? { ...state, trace: asked.trace, cursor: asked.cursor } : state;
}

/** Arrows step, Home and End jump, space runs; a pressed button keeps its own space. */
export function actionFor(key: string, pressable: boolean, { trace, running }: DemoState): DemoAction | null {
  switch (key) {
    case 'ArrowRight':
      return { do: 'step' };
    case 'ArrowLeft':
      return { do: 'back' };
    case 'Home':
      return { do: 'seek', to: 0 };
    case 'End':
      return { do: 'seek', to: trace.steps.length };
    case ' ':
      return pressable ? null : { do: running ? 'pause' : 'run' };
    default:
      return null;
  }
}

export function DemoFigure({ scenario, model, lead, query, bare = false, controlsFirst = false, next }: DemoProps) {
  const wide = query !== undefined;
  const { system, state, send } = useDemo(scenario, (made) => openAt(made, query));
  const { trace, cursor, running } = state;
  // Where a run opens at its end, nobody has seen it yet.
  const opened = useRef(state);
  const ended = state !== opened.current && !running && cursor === trace.steps.length && isOver(trace);
  const rows = useMemo(() => rowsOf(trace, scenario), [trace, scenario]);
  const row = rows[cursor] ?? rows[0];
  // The panels may lag a little behind while a run plays; the picture may not.
  const calm = useDeferredValue(state);
  const calmWorld = worldAt(calm.trace, calm.cursor);
  const offered = useMemo(() => moves(system, calmWorld), [system, calmWorld]);
  const titleId = useId();
  const figure = useRef<HTMLElement>(null);
  const said = row ? sentence(row) : '';
  const trouble = useMemo(() => {
    const asked = query && fromQuery(system, query);
    return asked?.kind === 'bad' ? asked.why : null;
  }, [system, query]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, select, textarea')) return;
    const pressable = target.closest('button, summary, a') !== null;
    const chosen = actionFor(event.key, pressable, state);
    if (!chosen) return;
    event.preventDefault();
    send(chosen);
  };

  const panels = {
    moves: (
      <>
        <Moves moves={offered} next={calm.trace.steps[calm.cursor]?.move.label ?? null} send={send} />
        <p className="mt-2 flex gap-2">
          <Button size="small" disabled={state.undo.length === 0} onClick={() => send({ do: 'undo' })}>
            Undo
          </Button>
          <Button size="small" disabled={state.redo.length === 0} onClick={() => send({ do: 'redo' })}>
            Redo
          </Button>
        </p>
      </>
    ),
    program: <ProgramPane scenario={scenario} world={calmWorld} />,
    verdict: (
      <VerdictPane
        system={system}
        model={model}
        trace={trace}
        cursor={cursor}
        show={(script) => {
          send({ do: 'load', script, play: true });
          figure.current?.scrollIntoView({ block: 'nearest' });
        }}
      />
    ),
  };

  const controls = (
    <Controls
      state={state}
      send={send}
      describe={said}
      withNext={next !== undefined}
      done={ended && next !== undefined}
    />
  );

  return (
    <section
      ref={figure}
      aria-labelledby={bare ? undefined : titleId}
      aria-label={bare ? scenario.title : undefined}
      onKeyDown={onKeyDown}
      className={`min-w-0 ${wide ? '' : 'my-8 min-[70rem]:[.prose_&]:clear-right min-[70rem]:[.prose_&]:-mr-[15.75rem]'}`}
    >
      {!bare && (
        <header className="mb-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span id={titleId} className="text-lg font-semibold">
              {scenario.title}
            </span>
            <a href={`/demos/${scenario.id}`} className="text-sm">
              Open at full width
            </a>
          </p>
          <p className="max-w-[42rem] text-muted">{scenario.point}</p>
        </header>
      )}
      {lead}
      {trouble && (
        <p role="alert" className="mb-4 border-l-2 border-ink pl-3">
          {trouble} Here is the demo from its start.
        </p>
      )}
      <div className="flex flex-col">
        {controlsFirst && (
          <div className="mb-5">
            {controls}
            {next?.(ended)}
          </div>
        )}
        <Figure system={system} state={state} />
        <Broken state={state} seek={(to) => send({ do: 'seek', to })} />
        {!controlsFirst && <div className="mt-3">{controls}</div>}
        <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-2">
          <p
            role="status"
            aria-live={running ? 'off' : 'polite'}
            className="min-h-12 min-w-60 flex-1 text-[0.9375rem] leading-6"
          >
            <span className="mr-1.5 text-muted tabular-nums">
              {cursor} of {trace.steps.length}
            </span>{' '}
            {said}
          </p>
          {wide && <CopyLink system={system} state={state} />}
        </div>
      </div>
      {wide ? <WidePanels {...panels} /> : <Panels {...panels} />}
      <Fold title="As text">
        <AsText title={scenario.title} rows={rows} cursor={cursor} send={send} />
      </Fold>
    </section>
  );
}

export function Figure({ system, state: { trace, cursor } }: { system: System; state: DemoState }) {
  const { scenario } = system;
  const holder = useRef<HTMLDivElement>(null);
  const room = useRoom(holder);
  const stretch = useMemo(() => fitted(system, room), [system, room]);
  const crowd = useMemo(() => (isCrowd(scenario) ? crowdOf(trace, scenario) : null), [trace, scenario]);
  const picture = useMemo(
    () => (isCrowd(scenario) ? null : pictureOf(trace, scenario, stretch)),
    [trace, scenario, stretch],
  );
  const label = `${scenario.title}: the run as a picture. The table under “As text” says the same.`;
  if (crowd) return <Crowd picture={crowd} cursor={cursor} label={label} />;
  const over = cursor === trace.steps.length && isOver(trace);
  return (
    <div ref={holder}>
      {picture && <Timeline picture={picture} cursor={cursor} title={scenario.title} label={label} over={over} />}
    </div>
  );
}

/**
 * One sentence for each broken guarantee, with its number in the picture. Its place is kept from the start; on a phone, where
 * that is many lines, it comes after the player.
 */
function Broken({ state: { trace, cursor }, seek }: { state: DemoState; seek: (to: number) => void }) {
  if (trace.violations.length === 0) return null;
  return (
    <ol className="mt-2 list-none pl-0 max-sm:order-1">
      {trace.violations.map(({ property, step, words }, at) => (
        <li key={property} className={`mt-0! flex gap-2 py-0.5 ${step < cursor ? '' : 'invisible'}`}>
          <span
            aria-hidden="true"
            className="mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-broken text-xs font-bold text-paper"
          >
            {at + 1}
          </span>
          <span className="min-w-0">
            <span className="font-medium text-broken">{words}</span>{' '}
            <button
              type="button"
              className="text-sm whitespace-nowrap text-accent underline underline-offset-4"
              onClick={() => seek(step + 1)}
            >
              at {trace.steps[step]?.at.$at} ms
            </button>
          </span>
        </li>
      ))}
    </ol>
  );
}
