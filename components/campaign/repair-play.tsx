'use client';
// “Fix it”: turn the knobs until the search finds nothing. The run in the picture is the quiet one with these settings, whose cost is
// counted at once; only the search, on request, says whether the promise is kept.
import { useDeferredValue, useMemo, useState } from 'react';
import { CopyLink } from '#components/demo/copy-link.tsx';
import { traceText } from '#components/demo/copy-text.ts';
import { DownloadSvg } from '#components/demo/download-svg.tsx';
import { WithLocks } from '#components/demo/with-locks.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Picks, RepairLevel } from '#content/levels/repair.ts';
import { costOf } from '#content/levels/repair-judgement.ts';
import { count, faultWords, rowsOf } from '#lib/lock/index.ts';
import { type Kept, type Onwards, useKeeping } from './keeping.ts';
import type { LevelAnswer } from './level-protocol.ts';
import { KeepingTrouble, Onward } from './level-result.tsx';
import { LinkTrouble } from './link-trouble.tsx';
import { Bill, Verdict } from './repair-result.tsx';
import { RepairRun } from './repair-run.tsx';
import { useLevelWorker } from './use-level-worker.ts';
import { useRepair } from './use-repair.ts';

export type RepairProps = {
  readonly level: RepairLevel;
  /** The least that a repair with these knobs costs. */
  readonly best: number;
  readonly next: Onwards | null;
  readonly keepRepair: (input: { level: string; picks: number[] }) => Promise<Kept>;
};

type Said = { readonly picks: Picks; readonly answer: LevelAnswer };

export function RepairPlay(props: RepairProps) {
  return (
    <WithLocks locks={locksOf(props.level)}>
      <Repairing {...props} />
    </WithLocks>
  );
}

function Repairing({ level, best, next, keepRepair }: RepairProps) {
  const repair = useRepair(level);
  const { picks, refused, lent, trouble, system, state, send } = repair;
  const [said, setSaid] = useState<Said | null>(null);
  const { busy, progress, ask, stop } = useLevelWorker();
  const keeping = useKeeping(level.id);
  // A radio answers at once; the run behind it may come a moment later.
  const calm = useDeferredValue(picks);
  const cost = useMemo(() => costOf(level, calm), [level, calm]);
  const answer = said && samePicks(said.picks, picks) ? said.answer : null;
  const judged = answer?.kind === 'repair' ? answer.judged : null;

  const turn = (knob: number, setting: number) => {
    stop();
    repair.turn(knob, setting);
  };
  const checkAll = () => {
    setSaid(null);
    ask({ ask: 'repair', level, picks }, (found) => {
      setSaid({ picks, answer: found });
      if (found.kind === 'repair' && found.judged.kind === 'holds' && !lent) {
        keeping.keep(() => keepRepair({ level: level.id, picks: [...picks] }));
      }
    });
  };

  return (
    <section aria-label={level.title} className="min-w-0">
      <LinkTrouble why={trouble} path={repair.path} all="/demos/fix" />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[1fr_20rem]">
        <div className="grid content-start gap-x-8 gap-y-5 sm:grid-cols-2">
          {level.knobs.map(({ name, settings }, knob) => (
            <fieldset key={name} className="min-w-0">
              <legend className="mb-1 font-medium">{name}</legend>
              {settings.map(({ label }, setting) => (
                <label key={label} className="flex min-h-9 items-start gap-2.5 py-1.5 pointer-coarse:min-h-11">
                  <input
                    type="radio"
                    name={`${level.id} ${name}`}
                    checked={picks[knob] === setting}
                    onChange={() => turn(knob, setting)}
                    className="mt-1 size-4 shrink-0 accent-(--accent)"
                  />
                  <span className="min-w-0">{label}</span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <Bill cost={cost} best={best} own={keeping.best} />
      </div>
      <div className="mt-6 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        {/* One button with two faces, so that the focus stays on it. */}
        <Button variant={busy ? 'quiet' : 'primary'} onClick={busy ? stop : checkAll}>
          {busy ? 'Stop' : 'Search every schedule'}
        </Button>
        {busy && (
          <span className="text-sm tabular-nums">
            {progress
              ? `${count(progress.states, 'state')}, ${progress.depth} moves deep, ${faultWords(progress.faults)}`
              : 'Searching'}
          </span>
        )}
      </div>
      <div role="status" className="mt-3 min-h-24 max-w-[44rem]">
        {answer?.kind === 'failed' && <p>{answer.why}</p>}
        {judged && <Verdict judged={judged} cost={cost} best={best} lent={lent} />}
        <KeepingTrouble keeping={keeping} />
      </div>
      {judged?.kind === 'holds' && (
        <p className="mt-3">
          <Onward next={next} all="/demos/fix" />
        </p>
      )}
      <div className="mt-6">
        {refused !== null ? (
          <p>{nonsense(refused)}</p>
        ) : (
          <RepairRun
            system={system}
            state={state}
            send={send}
            script={judged?.kind === 'fails' && judged.verdict.kind === 'violated' ? judged.verdict.script : null}
          />
        )}
      </div>
      {/* Outside of the run, since settings that make none have an address, too. */}
      <div className="mt-4">
        <CopyLink
          state={state}
          turned={picks.join()}
          address={repair.address}
          text={(address) =>
            refused === null
              ? traceText({
                  title: level.title,
                  rows: rowsOf(state.trace, system.scenario),
                  trace: state.trace,
                  address,
                })
              : `${level.title}\n\n${nonsense(refused)}\n${address}\n`
          }
        >
          {refused === null && <DownloadSvg system={system} trace={state.trace} />}
        </CopyLink>
      </div>
    </section>
  );
}

function nonsense(why: string): string {
  return `These settings make no sense together: ${why}.`;
}

function locksOf({ base, knobs }: RepairLevel): readonly string[] {
  const turned = knobs.flatMap(({ settings }) => settings.flatMap(({ change }) => change.lock ?? []));
  return [...new Set([base.lock, ...turned])];
}

function samePicks(a: Picks, b: Picks): boolean {
  return a.length === b.length && a.every((pick, at) => pick === b[at]);
}
