// What is promised, what this run shows, and what a search of all schedules said. The three are kept apart: one run proves
// nothing, and a search is only as good as its bounds, which stand beside its answer.
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  compile,
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

export function VerdictPane({
  system,
  model,
  trace,
  cursor,
  show,
}: {
  system: System;
  /** The smaller scenario that is searched in its place. */
  model: Scenario | undefined;
  trace: Trace;
  cursor: number;
  /** Puts a script of this very scenario on the timeline. */
  show: (script: readonly string[]) => void;
}) {
  const { scenario } = system;
  const ids = Object.keys(scenario.expect);
  const [asked, setAsked] = useState<PropertyId>(ids[0] ?? '');
  const { searching, found, failure, search, stop } = useSearch(model ?? scenario);
  const name = useId();
  const clients = Object.keys(model?.clients ?? {}).length;
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
              </div>
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="mt-3 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
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
        ? `Searching: ${count(progress.states, 'state')}, ${progress.depth} moves deep, ${faultWords(progress.faults)}`
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
  model: Scenario | undefined;
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
        <span className={`font-medium ${look}`}>{verdictWords(verdict, kind)}</span>
      </p>
      {script !== undefined &&
        script.length > 0 &&
        (model ? (
          <a href={`/demos/${model.id}${placeOf(model, script)}`} className="inline-block py-1">
            See it with {Object.keys(model.clients).length} clients
          </a>
        ) : (
          <Button variant="plain" size="small" className="-ml-3" onClick={() => show(script)}>
            Show me
          </Button>
        ))}
    </div>
  );
}

/** The address of a counterexample that belongs to the small model. */
function placeOf(model: Scenario, script: readonly string[]): string {
  const system = compile(model);
  const trace = exactly(system, script);
  return trace ? toQuery(system, trace, trace.steps.length) : '';
}
