// What is promised, what this run shows, and what a search of all schedules said. The three are kept apart: one run proves
// nothing, and a search is only as good as its bounds, which stand beside its answer.
import { useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  type Bounds,
  count,
  faultWords,
  type PropertyId,
  propertyById,
  type Scenario,
  type System,
  type Trace,
  type Verdict,
  verdictWords,
} from '#lib/lock/index.ts';
import { toQuery } from './demo-url.ts';
import { exactly } from './trace-of.ts';
import { isOver } from './use-demo.ts';
import { type Searching, useSearch } from './use-search.ts';
import { askInstead } from './words.ts';

/** A smaller scenario that is searched in place of a crowd, and where it can be looked at. */
export type Model = { readonly system: System; readonly address: string };

export function VerdictPane({
  system,
  model,
  trace,
  cursor,
  show,
}: {
  system: System;
  model: Model | null;
  trace: Trace;
  cursor: number;
  /** Puts a script of this very scenario on the timeline. */
  show: (script: readonly string[]) => void;
}) {
  const { scenario } = system;
  const ids = Object.keys(scenario.expect);
  const [chosen, setAsked] = useState<PropertyId>(ids[0] ?? '');
  // A knob may have taken away what was asked.
  const asked = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  const { searching, found, failure, search, stop } = useSearch(model?.system.scenario ?? scenario);
  const name = useId();
  const row = useRef<HTMLDivElement>(null);
  const clients = Object.keys(model?.system.scenario.clients ?? {}).length;
  return (
    <div>
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-sm text-muted">{ids.length > 1 ? 'What is promised' : 'The promise'}</legend>
        <ul className="list-none pl-0">
          {ids.map((id) => (
            <li key={id} className="mt-0! border-t border-line py-2.5 last:border-b">
              <div className="flex gap-2.5">
                {ids.length > 1 && (
                  <input
                    id={`${name}${id}`}
                    type="radio"
                    name={name}
                    checked={asked === id}
                    onChange={() => setAsked(id)}
                    className="mt-1 size-4 shrink-0 accent-(--accent)"
                  />
                )}
                <span className="min-w-0">
                  <label htmlFor={ids.length > 1 ? `${name}${id}` : undefined} className="font-medium">
                    {propertyById(id)?.title ?? id}
                  </label>
                  <InThisRun trace={trace} property={id} cursor={cursor} />
                </span>
              </div>
              <div aria-live="polite" className={ids.length > 1 ? 'ml-6.5' : ''}>
                {found[id] && <Answer verdict={found[id]} property={id} model={model} show={show} />}
                {found[id] && !searching && (
                  <Instead
                    scenario={model?.system.scenario ?? scenario}
                    verdict={found[id]}
                    search={(within) => {
                      setAsked(id);
                      search(id, within);
                      // What was pressed goes; the focus goes to what can stop it.
                      row.current?.querySelector('button')?.focus();
                    }}
                  />
                )}
              </div>
            </li>
          ))}
        </ul>
      </fieldset>
      <div ref={row} className="mt-3 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        {/* One button with two faces, so that the focus stays on it. */}
        <Button size="small" onClick={searching ? stop : () => search(asked)}>
          {searching ? 'Stop' : 'Search for a counterexample'}
        </Button>
        {searching && <Progressing searching={searching} />}
        {failure && <p className="text-sm">{failure}</p>}
      </div>
      {model && (
        <p className="mt-2 max-w-[42rem] text-sm text-muted">
          {Object.keys(scenario.clients).length} clients have too many schedules to search them all. The search looks at{' '}
          {clients} clients of the same kind.
        </p>
      )}
    </div>
  );
}

function InThisRun({ trace, property, cursor }: { trace: Trace; property: PropertyId; cursor: number }) {
  if (propertyById(property)?.kind === 'sometimes') return null;
  const violation = trace.violations.find((found) => found.property === property);
  const broken = violation && violation.step < cursor;
  if (broken) {
    return (
      <span className="block text-sm font-medium text-broken">
        This run: broken at {trace.steps[violation.step]?.at.$at} ms.
      </span>
    );
  }
  const end = cursor === trace.steps.length && isOver(trace);
  return (
    <span className="block text-sm text-muted">{end ? 'This run: not broken.' : 'This run: not broken so far.'}</span>
  );
}

function Progressing({ searching: { progress } }: { searching: Searching }) {
  return (
    <p className="text-sm tabular-nums" aria-live="off">
      {progress
        ? `Searching runs with ${faultWords(progress.faults)}: ${count(progress.states, 'state')}, ${count(progress.depth, 'move')} deep`
        : 'Searching'}
    </p>
  );
}

function Answer({
  verdict,
  property,
  model,
  show,
}: {
  verdict: Verdict;
  property: PropertyId;
  model: Model | null;
  show: (script: readonly string[]) => void;
}) {
  const kind = propertyById(property)?.kind ?? 'always';
  const script = 'script' in verdict ? verdict.script : undefined;
  // Only what should always hold can be broken; a run that reaches its aim is good news.
  const look = verdict.kind === 'violated' ? 'text-broken' : verdict.kind === 'holds' ? 'text-held' : 'text-muted';
  return (
    <div className="mt-1 text-sm">
      <p>
        <span className="text-muted">Search: </span>
        <span className={`font-medium ${look}`}>{answerWords(verdict, kind)}</span>
      </p>
      {script !== undefined &&
        script.length > 0 &&
        (model ? (
          <a href={placeOf(model, script)} className="inline-block py-1">
            See it with {Object.keys(model.system.scenario.clients).length} clients
          </a>
        ) : (
          <Button variant="plain" size="small" className="-ml-3" onClick={() => show(script)}>
            Show me
          </Button>
        ))}
    </div>
  );
}

/** An end that says nothing says at least what else could be asked. */
function Instead({
  scenario,
  verdict,
  search,
}: {
  scenario: Scenario;
  verdict: Verdict;
  search: (within: Partial<Bounds>) => void;
}) {
  const instead = askInstead(scenario, verdict);
  if (!instead) return null;
  return (
    <div className="text-sm">
      {instead.searches.map(({ text, within }) => (
        <Button key={text} variant="plain" size="small" className="-ml-3 text-left" onClick={() => search(within)}>
          {text}
        </Button>
      ))}
      <p className="text-muted">{instead.smaller}</p>
    </div>
  );
}

/** Here the way itself is at hand, so a broken promise is said with it. */
function answerWords(verdict: Verdict, kind: 'always' | 'sometimes'): string {
  if (verdict.kind !== 'violated' || verdict.script.length === 0) return verdictWords(verdict, kind);
  const way = count(verdict.script.length, 'move');
  return `Broken with ${faultWords(verdict.faults)}: here is the shortest way, ${way}.`;
}

/** The address of a counterexample that belongs to the small model. */
function placeOf({ system, address }: Model, script: readonly string[]): string {
  const trace = exactly(system, script);
  if (!trace) return address;
  const place = toQuery(system, trace, trace.steps.length);
  return address.includes('?') ? `${address}&${place.slice(1)}` : `${address}${place}`;
}
