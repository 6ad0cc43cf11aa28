'use client';
// A level being played. It opens at the start of a quiet run in which nothing breaks; the learner steps to a moment and
// chooses otherwise. What counts is the run up to the break: undone moves cost nothing, and neither does looking back.
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { AsText } from '#components/demo/as-text.tsx';
import { Controls } from '#components/demo/controls.tsx';
import { actionFor, Figure } from '#components/demo/demo-view.tsx';
import { Moves } from '#components/demo/moves.tsx';
import { Fold } from '#components/demo/panels.tsx';
import { ProgramPane } from '#components/demo/program-pane.tsx';
import { firstState, useDemo } from '#components/demo/use-demo.ts';
import { WithLocks } from '#components/demo/with-locks.tsx';
import { Button } from '#components/ui/button.tsx';
import { faultName } from '#content/levels/fault-words.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { count, type FaultKind, moves, rowsOf, scriptOf, sentence, type World } from '#lib/lock/index.ts';
import { Claim } from './claim.tsx';
import { Hints } from './hints.tsx';
import { type Kept, type Onwards, useKeeping } from './keeping.ts';
import { KeepingTrouble, Onward } from './level-result.tsx';

export type LevelProps = {
  readonly level: BreakLevel;
  /** The moves of the shortest break; null if nothing breaks it. */
  readonly par: number | null;
  readonly next: Onwards | null;
  readonly keepBreak: (input: { level: string; script: string[] }) => Promise<Kept>;
  readonly keepClaim: (input: { level: string }) => Promise<Kept>;
};

export function LevelPlay(props: LevelProps) {
  return (
    <WithLocks locks={[props.level.scenario.backend]}>
      <Playing {...props} />
    </WithLocks>
  );
}

function Playing({ level, par, next, keepBreak, keepClaim }: LevelProps) {
  const { scenario, breaks } = level;
  const { system, state, send } = useDemo(scenario, (made) => firstState(made, 'start'));
  const { trace, cursor, running } = state;
  const rows = useMemo(() => rowsOf(trace, scenario), [trace, scenario]);
  const row = rows[cursor] ?? rows[0];
  const said = row ? sentence(row) : '';
  // The panels may lag a little behind while a run plays; the picture may not.
  const calm = useDeferredValue(state);
  const calmWorld = calm.trace.steps[calm.cursor - 1]?.world ?? calm.trace.start;
  const offered = useMemo(() => moves(system, calmWorld), [system, calmWorld]);
  const script = useMemo(() => scriptOf(trace), [trace]);

  const broken = trace.violations.find(({ property, step }) => property === breaks && step < cursor);
  const used = broken ? broken.step + 1 : null;
  const keeping = useKeeping(level.id);
  const { keep } = keeping;
  const sent = useRef(Number.MAX_SAFE_INTEGER);
  useEffect(() => {
    if (used === null || used >= sent.current) return;
    sent.current = used;
    keep(() => keepBreak({ level: level.id, script: script.slice(0, used) }));
  }, [used, script, keep, keepBreak, level.id]);
  const [held, setHeld] = useState(false);

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
    <section aria-label={level.title} onKeyDown={onKeyDown} className="min-w-0">
      <Figure system={system} state={state} />
      <div className="flex min-h-24 flex-wrap items-start justify-between gap-x-8 gap-y-2 py-3 max-sm:min-h-36">
        <div role="status" className="min-w-60 max-w-[42rem] flex-1">
          {broken && used !== null ? (
            <Won words={broken.words} used={used} par={par} />
          ) : (
            <Score world={calmWorld} used={cursor} level={level} par={par} best={keeping.best} />
          )}
          <KeepingTrouble keeping={keeping} />
        </div>
        {(used !== null || held) && (
          <p className="flex flex-wrap gap-2">
            <Onward next={next} all="/demos/break" />
            <Button onClick={() => send({ do: 'reset' })}>Play again</Button>
          </p>
        )}
      </div>
      <Controls state={state} send={send} describe={said} withNext done={used !== null || held} />
      <p role="note" aria-live={running ? 'off' : 'polite'} className="mt-2 min-h-12 text-[0.9375rem] leading-6">
        <span className="mr-1.5 text-muted tabular-nums">
          {cursor} of {trace.steps.length}
        </span>{' '}
        {said}
      </p>
      <div className="mt-5 grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <section className="min-w-0" aria-label="Your move">
          <h2 className="font-semibold">Your move</h2>
          <p className="mb-2 text-[0.9375rem]">
            Step follows the quiet run. A move from this list is made instead of what comes next.
          </p>
          <Moves moves={offered} next={calm.trace.steps[calm.cursor]?.move.label ?? null} send={send} />
          <p className="mt-2 flex gap-2">
            <Button size="small" disabled={state.undo.length === 0} onClick={() => send({ do: 'undo' })}>
              Undo
            </Button>
            <Button size="small" disabled={state.redo.length === 0} onClick={() => send({ do: 'redo' })}>
              Redo
            </Button>
          </p>
        </section>
        <div className="flex min-w-0 flex-col gap-y-8">
          <Hints
            key={level.id}
            level={level}
            par={par}
            moves={offered}
            script={script.slice(0, cursor)}
            seek={(to) => send({ do: 'seek', to })}
          />
          <Claim
            level={level}
            won={() => {
              setHeld(true);
              keep(() => keepClaim({ level: level.id }));
            }}
          />
        </div>
        <section className="min-w-0 lg:col-span-2" aria-label="Program">
          <h2 className="mb-2 font-semibold">Program</h2>
          <ProgramPane scenario={scenario} world={calmWorld} />
        </section>
      </div>
      <div className="mt-8">
        <Fold title="As text">
          <AsText title={level.title} rows={rows} cursor={cursor} send={send} />
        </Fold>
      </div>
    </section>
  );
}

function Won({ words, used, par }: { words: string; used: number; par: number | null }) {
  return (
    <>
      <p className="font-medium text-broken">{words}</p>
      <p>
        Broken in {count(used, 'move')}.{' '}
        {par === null
          ? ''
          : used <= par
            ? 'That is par: no schedule that the search knows is shorter.'
            : `Par is ${par}: a way with ${count(used - par, 'move')} less exists.`}
      </p>
    </>
  );
}

function Score({
  world,
  used,
  level,
  par,
  best,
}: {
  world: World;
  used: number;
  level: BreakLevel;
  par: number | null;
  /** This learner's earlier best; 0 for a level won by proof. */
  best: number | null;
}) {
  const kinds = [...new Set(level.scenario.faults.map(({ kind }) => kind))];
  const left = kinds.map((kind: FaultKind) => faultName(kind, world.faultsLeft[kind] ?? 0));
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-1">
      <Figures term="Moves so far">
        {used}
        {best !== null && par !== null && (
          <span className="font-normal text-muted">
            {' '}
            (your best {best}, par {par})
          </span>
        )}
      </Figures>
      <Figures term="Faults left">{left.length === 0 ? 'none, and none needed' : left.join(', ')}</Figures>
    </dl>
  );
}

function Figures({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}
