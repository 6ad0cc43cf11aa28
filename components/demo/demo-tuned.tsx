'use client';
// A demo whose knobs can be turned: on a page of its own, where the address says how they are set, or in a lesson, once somebody has
// looked at the knobs. Another lock, another lease, other faults: the run changes at once, and what can be kept of it is kept.
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import {
  type BackendId,
  compile,
  count,
  faultWords,
  type PropertyId,
  propertyById,
  type Scenario,
  type System,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import { CopyLink } from './copy-link.tsx';
import { traceText } from './copy-text.ts';
import { type DemoQuery, fromQuery, toQuery } from './demo-url.ts';
import { type DemoProps, DemoView, type DemoViewProps, type Model, openingOf } from './demo-view.tsx';
import { DownloadSvg } from './download-svg.tsx';
import { KnobsPane, KnobsSummary } from './knobs.tsx';
import { KnobsResult } from './knobs-result.tsx';
import { carriedOver, knobsOfSetting, modelOf, pairsOf, pathOf, type Setting, systemOf } from './knobs-setting.ts';
import { useKnobs } from './knobs-state.ts';
import { troubleWords } from './trouble-words.ts';
import { type DemoState, firstState, useRun } from './use-demo.ts';
import { KnownAnswers } from './use-search.ts';
import { VerdictPane } from './verdict.tsx';
import { WithLocks } from './with-locks.tsx';

const Compare = lazy(() => import('./compare.tsx').then((file) => ({ default: file.Compare })));

/** `query` is the address of a demo on a page of its own: it may ask for any run and moment, and follows what is done. */
export type TunedProps = Omit<DemoProps, 'from'> & {
  /** What the address asks for, where it turns a knob or is about an experiment; left out, the scenario as it is. */
  readonly setting?: Setting | undefined;
  /** Locks to compare with. */
  readonly compare?: readonly BackendId[] | undefined;
  /** Why the address could not be followed. */
  readonly trouble?: string | undefined;
  readonly query?: DemoQuery | undefined;
  /** What a search of this very setting has found already. */
  readonly answer?: Known | undefined;
  /** Where its reader was when it became one whose knobs can be turned. */
  readonly opened?: DemoState;
};

export type Known = { readonly property: PropertyId; readonly verdict: Verdict };

/** An experiment that breaks nothing by itself opens at its start, where there are moves to choose from. */
function openAt(system: System, setting: Setting, query: DemoQuery | undefined): DemoState {
  const state = firstState(system, openingOf(system.scenario));
  const quiet = setting.kind === 'experiment' && state.trace.violations.length === 0;
  const asked = query && fromQuery(system, query);
  if (asked?.kind === 'place') return { ...state, trace: asked.trace, cursor: asked.cursor };
  return quiet ? { ...state, cursor: 0 } : state;
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

export function TunedDemo(props: TunedProps) {
  const { scenario: base, model, setting, compare = [] } = props;
  const first: Setting = setting ?? { kind: 'scenario', base, model: model ?? null, knobs: null };
  return (
    <WithLocks locks={[base.backend, knobsOfSetting(first).lock, ...(model ? [model.backend] : []), ...compare]}>
      <Tuning {...props} first={first} />
    </WithLocks>
  );
}

function Tuning({
  scenario: base,
  first: asked,
  compare: comparedFirst = [],
  trouble: misread,
  query,
  opened,
  answer,
  ...view
}: TunedProps & { first: Setting }) {
  const [first] = useState(asked);
  const opening = useMemo(() => madeOf(first, base), [first, base]);
  const { system, state, send, change } = useRun(opening, (made) => opened ?? openAt(made, first, query));
  const { trace, cursor } = state;
  const knobs = useKnobs(first, system, (made, by) => change(made, carriedOver(system, state, made), by));
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
  // The panels may lag a little behind while a run plays.
  const calm = useDeferredValue(state);
  const trouble = useMemo(() => {
    const place = query && fromQuery(opening, query);
    return misread ?? (place?.kind === 'bad' ? place.why : null);
  }, [opening, query, misread]);
  const known = useMemo(
    () => answer && { scenario: opening.scenario, found: { [answer.property]: answer.verdict } },
    [answer, opening],
  );
  const above = (
    <>
      {answer && <Answered {...answer} still={system === opening} />}
      {trouble && (
        <p role="alert" className="mb-4 border-l-2 border-ink pl-3">
          {trouble} {setting.kind === 'experiment' ? 'The usual experiment' : 'The demo as it was written'} stands here
          instead. <a href={pathOf(setting)}>Go on with it</a>, or <a href="/demos">choose another demo</a>.
        </p>
      )}
      {query !== undefined && <KnobsSummary {...knobs} />}
      {query !== undefined && setting.kind === 'experiment' && (
        <p className="-mt-1 mb-3 min-h-6 text-sm leading-6">{troubleWords(system.scenario, calm.trace)}</p>
      )}
    </>
  );
  const wide: DemoViewProps['wide'] = query && {
    compare: (
      <Suspense fallback={<p className="text-muted">Fetching the comparison.</p>}>
        <Compare setting={setting} system={system} trace={calm.trace} locks={compared} choose={setCompared} />
      </Suspense>
    ),
    share: (rows) => (
      <CopyLink
        state={state}
        turned={pairs.join('&')}
        address={() => addressOf(toQuery(system, trace, cursor).slice(1))}
        text={(address) => traceText({ title: system.scenario.title, rows, trace, address })}
      >
        <DownloadSvg system={system} trace={trace} />
      </CopyLink>
    ),
  };
  return (
    <KnownAnswers value={known ?? null}>
      <DemoView
        {...view}
        system={system}
        state={state}
        send={send}
        searched={searched}
        Verdict={VerdictPane}
        address={addressOf('')}
        knobs={
          <>
            <KnobsResult system={system} trace={calm.trace} />
            <KnobsPane {...knobs} />
          </>
        }
        unfolded={opened !== undefined}
        wide={wide}
        above={above}
      />
    </KnownAnswers>
  );
}

function enough(faults: number): string {
  if (faults === 0) return 'No fault is needed';
  return faults === 1 ? 'One fault is enough' : `With ${faultWords(faults)}`;
}

const SIGNS = {
  holds: { sign: '✓', word: 'Holds', look: 'text-held', edge: 'border-held' },
  violated: { sign: '✗', word: 'Broken', look: 'text-broken', edge: 'border-broken' },
  unknown: { sign: '?', word: 'Unknown', look: 'text-muted', edge: 'border-muted' },
} as const;

/** What was found before, above everything else; it says no longer so once a knob has made another experiment of it. */
function Answered({ property, verdict, still }: Known & { still: boolean }) {
  const { sign, word, look, edge } = SIGNS[verdict.kind];
  const kind = propertyById(property)?.kind ?? 'always';
  return (
    <p role="status" className={`mb-5 max-w-[42rem] border-l-2 pl-3 ${still ? edge : 'border-ink'}`}>
      {still ? (
        <>
          <strong className={`font-semibold ${look}`}>
            <span aria-hidden="true">{sign} </span>
            {word}.
          </strong>{' '}
          {verdict.kind === 'violated'
            ? `${enough(verdict.faults)}: the shortest way, ${count(verdict.script.length, 'move')}, stands below, up to where it breaks.`
            : verdictWords(verdict, kind)}
        </>
      ) : (
        <>
          You have turned a knob, so this is another experiment now, and nothing has been searched yet. Undo goes back.
        </>
      )}
    </p>
  );
}
