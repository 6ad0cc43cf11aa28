'use client';
// A demo: a scenario of the course that can be run, stepped, taken another way and searched. The first picture is computed on
// the server and again, the same, in the page: the engine is deterministic, so nothing waits and nothing jumps.
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  type BackendId,
  compile,
  moves,
  rowsOf,
  type Scenario,
  type System,
  sentence,
  type Trace,
  type World,
} from '#lib/lock/index.ts';
import { AsText } from './as-text.tsx';
import { Controls } from './controls.tsx';
import { CopyLink } from './copy-link.tsx';
import { traceText } from './copy-text.ts';
import { CROWD, crowdOf } from './crowd.ts';
import { Crowd } from './crowd-picture.tsx';
import { type DemoQuery, fromQuery, toQuery } from './demo-url.ts';
import { DownloadSvg } from './download-svg.tsx';
import { KnobsPane, KnobsSummary } from './knobs.tsx';
import { carriedOver, knobsOfSetting, modelOf, pairsOf, pathOf, type Setting, systemOf } from './knobs-setting.ts';
import { useKnobs } from './knobs-state.ts';
import { Moves } from './moves.tsx';
import { Fold, Panels, WidePanels } from './panels.tsx';
import { ProgramPane } from './program-pane.tsx';
import { RunPicture } from './run-picture.tsx';
import { type DemoAction, type DemoState, firstState, isOver, useRun } from './use-demo.ts';
import { useLocks } from './use-locks.ts';
import { type Model, VerdictPane } from './verdict.tsx';

/** Only at full width, so a lesson does not fetch it. */
const Compare = lazy(() => import('./compare.tsx').then((file) => ({ default: file.Compare })));

/**
 * What a demo needs. `model` is the scenario that claims about this one are searched on, where that is another. `query` is the
 * address of a demo on a page of its own: it may ask for any run and moment, and follows what is done. `bare` leaves out the title
 * and the point, where the text around it has said both; `controlsFirst` puts Run above the picture, where it must be seen at once,
 * and `next` under it: what to do after this run. It is told whether the reader has come to the end of a run.
 */
export type DemoProps = {
  readonly scenario: Scenario;
  readonly model?: Scenario | undefined;
  /** What the address asks for, where it turns a knob or is about an experiment; left out, the scenario as it is. */
  readonly setting?: Setting | undefined;
  /** Locks to compare with. */
  readonly compare?: readonly BackendId[] | undefined;
  /** Why the address could not be followed. */
  readonly trouble?: string | undefined;
  readonly lead?: ReactNode;
  readonly query?: DemoQuery | undefined;
  readonly bare?: boolean;
  readonly controlsFirst?: boolean;
  /** Plays on from this moment of its first run, as soon as it is there. */
  readonly from?: number;
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

function openAt(system: System, query: DemoQuery | undefined, from: number | undefined): DemoState {
  const state = firstState(system, opening(system.scenario));
  if (from !== undefined) return { ...state, cursor: from, running: true };
  const asked = query && fromQuery(system, query);
  return asked?.kind === 'place' ? { ...state, trace: asked.trace, cursor: asked.cursor } : state;
}

/** The server has looked at the address, so what it asks for can be made; if not, the demo is shown as it was written. */
function madeOf(setting: Setting, base: Scenario): System {
  const made = systemOf(setting);
  return made.kind === 'system' ? made.system : compile(base);
}

function searchedFor(setting: Setting): Model | null {
  const model = modelOf(setting);
  const made = model && systemOf(model);
  if (!model || made?.kind !== 'system') return null;
  const pairs = pairsOf(model).join('&');
  return { system: made.system, address: `${pathOf(model)}${pairs && `?${pairs}`}` };
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

export function DemoFigure({
  scenario: base,
  model,
  setting: asked,
  compare: comparedFirst = [],
  trouble: misread,
  lead,
  query,
  bare = false,
  controlsFirst = false,
  from,
  next,
}: DemoProps) {
  const wide = query !== undefined;
  const [first] = useState<Setting>(() => asked ?? { kind: 'scenario', base, model: model ?? null, knobs: null });
  useLocks([base.backend, knobsOfSetting(first).lock, model?.backend ?? base.backend, ...comparedFirst]);
  const opening = useMemo(() => madeOf(first, base), [first, base]);
  const { system, state, send, change } = useRun(opening, (made) => openAt(made, query, from));
  const { trace, cursor, running } = state;
  const { scenario } = system;
  const knobs = useKnobs(first, (made) => change(made, carriedOver(system, state, made)));
  const { setting } = knobs;
  const [compared, setCompared] = useState(comparedFirst);
  const searched = useMemo(() => searchedFor(setting), [setting]);
  const pairs = useMemo(
    () => [...pairsOf(setting), ...(compared.length > 0 ? [`compare=${compared.join(',')}`] : [])],
    [setting, compared],
  );
  const addressOf = (place: string) => {
    const query = [...pairs, place].filter((pair) => pair !== '').join('&');
    return `${pathOf(setting)}${query && `?${query}`}`;
  };
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
    const place = query && fromQuery(opening, query);
    return misread ?? (place?.kind === 'bad' ? place.why : null);
  }, [opening, query, misread]);

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
    knobs: <KnobsPane {...knobs} />,
    verdict: (
      <VerdictPane
        system={system}
        model={searched}
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
            <a href={addressOf('')} className="text-sm">
              Open at full width
            </a>
          </p>
          <p className="max-w-[42rem] text-muted">{scenario.point}</p>
        </header>
      )}
      {lead}
      {trouble && (
        <p role="alert" className="mb-4 border-l-2 border-ink pl-3">
          {trouble} Here is {setting.kind === 'experiment' ? 'the usual experiment' : 'the demo from its start'}.{' '}
          <a href={pathOf(setting)}>Open it without the link’s wishes</a>, or <a href="/demos">choose another demo</a>.
        </p>
      )}
      {wide && <KnobsSummary {...knobs} />}
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
          {wide && (
            <CopyLink
              state={state}
              turned={pairs.join('&')}
              address={() => addressOf(toQuery(system, trace, cursor).slice(1))}
              text={(address) => traceText({ title: scenario.title, rows, trace, address })}
            >
              {!isCrowd(scenario) && <DownloadSvg system={system} trace={trace} />}
            </CopyLink>
          )}
        </div>
      </div>
      {wide ? (
        <WidePanels
          {...panels}
          compare={
            <Suspense fallback={<p className="text-muted">Fetching the comparison.</p>}>
              <Compare setting={setting} system={system} trace={calm.trace} locks={compared} choose={setCompared} />
            </Suspense>
          }
        />
      ) : (
        <Panels {...panels} />
      )}
      <Fold title="As text">
        <AsText title={scenario.title} rows={rows} cursor={cursor} send={send} />
      </Fold>
    </section>
  );
}

export function Figure({ system, state: { trace, cursor } }: { system: System; state: DemoState }) {
  const { scenario } = system;
  const crowd = useMemo(() => (isCrowd(scenario) ? crowdOf(trace, scenario) : null), [trace, scenario]);
  const label = `${scenario.title}: the run as a picture. The table under “As text” says the same.`;
  if (crowd) return <Crowd picture={crowd} cursor={cursor} label={label} />;
  const over = cursor === trace.steps.length && isOver(trace);
  return <RunPicture system={system} trace={trace} cursor={cursor} over={over} label={label} />;
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
