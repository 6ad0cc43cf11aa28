'use client';
// The run of the settings as they are: quiet at first, and the shortest break once a search has found one.
import type { KeyboardEvent } from 'react';
import { useMemo, useRef } from 'react';
import { AsText } from '#components/demo/as-text.tsx';
import { Controls } from '#components/demo/controls.tsx';
import { actionFor, Figure } from '#components/demo/demo-view.tsx';
import { Fold } from '#components/demo/panels.tsx';
import type { DemoAction, DemoState } from '#components/demo/use-demo.ts';
import { Button } from '#components/ui/button.tsx';
import { rowsOf, type System, sentence } from '#lib/lock/index.ts';

export function RepairRun({
  system,
  state,
  send,
  script,
}: {
  system: System;
  state: DemoState;
  send: (action: DemoAction) => void;
  /** The shortest break, once it is known. */
  script: readonly string[] | null;
}) {
  const { scenario } = system;
  const { trace, cursor, running } = state;
  const figure = useRef<HTMLElement>(null);
  const rows = useMemo(() => rowsOf(trace, scenario), [trace, scenario]);
  const row = rows[cursor] ?? rows[0];
  const said = row ? sentence(row) : '';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, select, textarea')) return;
    const chosen = actionFor(event.key, target.closest('button, summary, a') !== null, state);
    if (!chosen) return;
    event.preventDefault();
    send(chosen);
  };
  return (
    <section ref={figure} aria-label="Run with these settings" onKeyDown={onKeyDown} className="min-w-0">
      <div className="mb-2 flex min-h-11 flex-wrap items-center justify-between gap-x-4">
        <h2 className="font-semibold">Run with these settings</h2>
        {script && (
          <Button
            onClick={() => {
              send({ do: 'load', script, play: true });
              figure.current?.scrollIntoView({ block: 'start' });
            }}
          >
            Show how it breaks
          </Button>
        )}
      </div>
      <Figure system={system} state={state} />
      <div className="mt-3">
        <Controls state={state} send={send} describe={said} withNext />
      </div>
      <p role="note" aria-live={running ? 'off' : 'polite'} className="mt-2 min-h-12 text-[0.9375rem] leading-6">
        <span className="mr-1.5 text-muted tabular-nums">
          {cursor} of {trace.steps.length}
        </span>{' '}
        {said}
      </p>
      <Fold title="As text">
        <AsText title={scenario.title} rows={rows} cursor={cursor} send={send} />
      </Fold>
    </section>
  );
}
