'use client';
// How a demo looks: its title, the picture, what is broken, the player, and the parts beside it. It is given a run and draws it; where
// the run comes from, and whether its knobs can be turned, is decided by demo.tsx and demo-tuned.tsx.
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  moves,
  type Row,
  rowsOf,
  type Scenario,
  type System,
  sentence,
  type Trace,
  type World,
} from '#lib/lock/index.ts';
import { AsText } from './as-text.tsx';
import { Controls } from './controls.tsx';
import { CROWD, crowdOf } from './crowd.ts';
import { Crowd } from './crowd-picture.tsx';
import { Moves } from './moves.tsx';
import { Fold, Panels, WidePanels } from './panels.tsx';
import { ProgramPane } from './program-pane.tsx';
import { RunPicture } from './run-picture.tsx';
import { type DemoAction, type DemoState, isOver } from './use-demo.ts';
import type { Model, VerdictPane } from './verdict.tsx';

export type { Model } from './verdict.tsx';

/** What stands above the picture; it may go by where its reader is in the run. */
export type Lead = ReactNode | ((at: Seen) => ReactNode);
export type Seen = {
  readonly ended: boolean;
  readonly running: boolean;
  readonly cursor: number;
  readonly steps: number;
  /** The moment in words. */
  readonly said: string;
};
/** A title and a sentence that give nothing away; `seen` says that there is nothing left to give away. */
export type Veiled = { readonly title: string; readonly point: string; readonly seen: boolean };

/**
 * What a demo needs. `model` is the scenario that claims about this one are searched on, where that is another. `bare` leaves out the
 * title and the point, where the text around it has said both; `controlsFirst` puts Run above the picture, where it must be seen
 * at once, and `next` under it: what to do after this run. It is told whether the reader has come to the end of a run.
 */
export type DemoProps = {
  readonly scenario: Scenario;
  readonly model?: Scenario | undefined;
  readonly lead?: Lead;
  /** In place of its title and its point while they would say how it ends. */
  readonly veiled?: Veiled | undefined;
  readonly bare?: boolean;
  readonly controlsFirst?: boolean;
  /** Plays on from this moment of its first run, as soon as it is there. */
  readonly from?: number;
  readonly next?: ((ended: boolean) => ReactNode) | undefined;
};

function worldAt(trace: Trace, cursor: number): World {
  return trace.steps[cursor - 1]?.world ?? trace.start;
}

export function isCrowd(scenario: Scenario): boolean {
  return Object.keys(scenario.clients).length > CROWD;
}

/** A timeline opens where something breaks, with moves to make from there; a crowd at its start, since counting up is its point. */
export function openingOf(scenario: Scenario): 'start' | 'break' {
  return isCrowd(scenario) ? 'start' : 'break';
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

export type DemoViewProps = {
  readonly system: System;
  readonly state: DemoState;
  readonly send: (action: DemoAction) => void;
  /** What is searched in its place. */
  readonly searched: Model | null;
  /** What searches; in a lesson it is fetched when it is asked for. */
  readonly Verdict: typeof VerdictPane;
  /** Where it stands at full width. */
  readonly address: string;
  readonly knobs: ReactNode;
  /** Opens with its knobs unfolded. */
  readonly unfolded?: boolean;
  /** Only on a page of its own: what it is compared with, and how the run can be taken along. */
  readonly wide?: { readonly compare: ReactNode; readonly share: (rows: readonly Row[]) => ReactNode };
  readonly above?: ReactNode;
  readonly lead?: Lead;
  readonly veiled?: Veiled | undefined;
  readonly bare?: boolean;
  readonly controlsFirst?: boolean;
  readonly next?: ((ended: boolean) => ReactNode) | undefined;
};

export function DemoView({
  system,
  state,
  send,
  searched,
  Verdict,
  address,
  knobs,
  unfolded = false,
  wide,
  above,
  lead,
  veiled,
  bare = false,
  controlsFirst = false,
  next,
}: DemoViewProps) {
  const { scenario } = system;
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
  const picture = useRef<HTMLDivElement>(null);
  const said = row ? sentence(row) : '';
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
          <Button size="small" aria-disabled={state.undo.length === 0} onClick={() => send({ do: 'undo' })}>
            Undo
          </Button>
          <Button size="small" aria-disabled={state.redo.length === 0} onClick={() => send({ do: 'redo' })}>
            Redo
          </Button>
        </p>
      </>
    ),
    program: <ProgramPane scenario={scenario} world={calmWorld} />,
    knobs,
    verdict: (
      <Verdict
        system={system}
        model={searched}
        trace={trace}
        cursor={cursor}
        show={(script) => {
          send({ do: 'load', script, play: true });
          // The section is longer than a screen: what is to be seen is its picture.
          picture.current?.scrollIntoView({ block: 'start' });
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
      data-demo=""
      aria-labelledby={bare ? undefined : titleId}
      aria-label={bare ? scenario.title : undefined}
      onKeyDown={onKeyDown}
      className={`min-w-0 ${wide ? '' : 'my-8 min-[70rem]:[.prose_&]:clear-right min-[70rem]:[.prose_&]:-mr-[15.75rem]'}`}
    >
      {!bare && (
        <header className="mb-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span id={titleId} className="text-lg font-semibold">
              <Instead of={scenario.title} veiled={veiled && { text: veiled.title, seen: veiled.seen }} />
            </span>
            <a href={address} className={`text-sm ${veiled?.seen === false ? 'invisible' : ''}`}>
              Open at full width
            </a>
          </p>
          <p className="max-w-[42rem] text-muted">
            <Instead of={scenario.point} veiled={veiled && { text: veiled.point, seen: veiled.seen }} />
          </p>
        </header>
      )}
      {typeof lead === 'function' ? lead({ ended, running, cursor, steps: trace.steps.length, said }) : lead}
      {above}
      <div ref={picture} data-picture="" className="flex scroll-mt-4 flex-col">
        {controlsFirst && (
          <div className="mb-5">
            {controls}
            {next?.(ended)}
          </div>
        )}
        <Figure system={system} state={state} title={veiled?.seen === false ? veiled.title : undefined} />
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
          {wide?.share(rows)}
        </div>
      </div>
      {wide ? <WidePanels {...panels} compare={wide.compare} /> : <Panels {...panels} unfolded={unfolded} />}
      <Fold title="As text">
        <AsText title={scenario.title} rows={rows} cursor={cursor} send={send} />
      </Fold>
    </section>
  );
}

/** One of two texts, in the room of the longer: when one takes the place of the other, nothing jumps. */
function Instead({ of, veiled }: { of: string; veiled: { text: string; seen: boolean } | undefined }) {
  if (!veiled) return of;
  const [shown, other] = veiled.seen ? [of, veiled.text] : [veiled.text, of];
  return (
    <span className="grid *:[grid-area:1/1]">
      <span>{shown}</span>
      <span className="invisible">{other}</span>
    </span>
  );
}

export function Figure({
  system,
  state: { trace, cursor },
  title = system.scenario.title,
}: {
  system: System;
  state: DemoState;
  /** What the picture is called, where the demo's own title would say too much. */
  title?: string | undefined;
}) {
  const { scenario } = system;
  const crowd = useMemo(() => (isCrowd(scenario) ? crowdOf(trace, scenario) : null), [trace, scenario]);
  const label = `${title}: the run as a picture. The table under “As text” says the same.`;
  if (crowd) return <Crowd picture={crowd} cursor={cursor} label={label} />;
  const over = cursor === trace.steps.length && isOver(trace);
  return <RunPicture system={system} trace={trace} cursor={cursor} over={over} title={title} label={label} />;
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
