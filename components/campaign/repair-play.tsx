'use client';
// “Fix it”: turn the knobs until the search finds nothing. The run in the picture is the quiet one with these settings, whose cost is
// counted at once; only the search, on request, says whether the promise is kept.
import { useDeferredValue, useMemo, useState } from 'react';
import { WithLocks } from '#components/demo/with-locks.tsx';
import { Button } from '#components/ui/button.tsx';
import { choicesWith, type Picks, type RepairLevel, repaired } from '#content/levels/repair.ts';
import { type Cost, costOf, FINISHES, type Judged } from '#content/levels/repair-judgement.ts';
import { count, faultWords, propertyById, type Scenario, verdictWords } from '#lib/lock/index.ts';
import { type Kept, type Onwards, useKeeping } from './keeping.ts';
import type { LevelAnswer } from './level-protocol.ts';
import { KeepingTrouble, Onward } from './level-result.tsx';
import { RepairRun } from './repair-run.tsx';
import { useLevelWorker } from './use-level-worker.ts';

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
  const [picks, setPicks] = useState<Picks>(level.broken);
  const [said, setSaid] = useState<Said | null>(null);
  const { busy, progress, ask, stop } = useLevelWorker();
  const keeping = useKeeping(level.id);
  // A radio answers at once; the run behind it may come a moment later.
  const calm = useDeferredValue(picks);
  const cost = useMemo(() => costOf(level, calm), [level, calm]);
  const made = useMemo(() => scenarioWith(level, calm), [level, calm]);
  const answer = said && samePicks(said.picks, picks) ? said.answer : null;
  const judged = answer?.kind === 'repair' ? answer.judged : null;

  const turn = (knob: number, setting: number) => {
    stop();
    setPicks(picks.map((pick, at) => (at === knob ? setting : pick)));
  };
  const checkAll = () => {
    setSaid(null);
    ask({ ask: 'repair', level, picks }, (found) => {
      setSaid({ picks, answer: found });
      if (found.kind === 'repair' && found.judged.kind === 'holds') {
        keeping.keep(() => keepRepair({ level: level.id, picks: [...picks] }));
      }
    });
  };

  return (
    <section aria-label={level.title} className="min-w-0">
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
        {judged && <Verdict judged={judged} cost={cost} best={best} />}
        <KeepingTrouble keeping={keeping} />
      </div>
      {judged?.kind === 'holds' && (
        <p className="mt-3">
          <Onward next={next} all="/demos/fix" />
        </p>
      )}
      <div className="mt-6">
        {made.kind === 'refused' ? (
          <p>These settings make no sense together: {made.why}.</p>
        ) : (
          <RepairRun
            key={calm.join()}
            scenario={made.scenario}
            script={judged?.kind === 'fails' && judged.verdict.kind === 'violated' ? judged.verdict.script : null}
          />
        )}
      </div>
    </section>
  );
}

function Bill({ cost, best, own }: { cost: Cost | null; best: number; own: number | null }) {
  const lines: readonly (readonly [string, number | undefined])[] = [
    ['Messages of a run in which nothing goes wrong', cost?.messages],
    ['ms until all are done', cost?.quietMs],
    ['ms until the next is done if A dies', cost?.deadMs],
  ];
  return (
    <section aria-label="Cost" className="min-w-0">
      <h2 className="mb-1 font-semibold">What it costs</h2>
      <table className="w-full text-[0.9375rem]">
        <tbody>
          {lines.map(([name, value]) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal text-muted">
                {name}
              </th>
              <td className="py-1.5 text-right tabular-nums">{value ?? '–'}</td>
            </tr>
          ))}
          <tr className="border-y border-ink">
            <th scope="row" className="py-1.5 pr-4 text-left font-semibold">
              Sum
            </th>
            <td className="py-1.5 text-right font-semibold tabular-nums">{cost?.total ?? '–'}</td>
          </tr>
        </tbody>
      </table>
      <p className="mt-2 text-sm text-muted tabular-nums">
        The cheapest repair with these knobs costs {best}.{own === null ? '' : ` Your best so far: ${own}.`}
      </p>
    </section>
  );
}

function Verdict({ judged, cost, best }: { judged: Judged; cost: Cost | null; best: number }) {
  if (judged.kind === 'refused') return <p>These settings make no sense together: {judged.why}.</p>;
  if (judged.kind === 'fails') {
    const { promise, verdict } = judged;
    return (
      <>
        <p>
          Not yet. <q>{propertyById(promise)?.title}</q>{' '}
          {promise === FINISHES ? verdictWords(verdict, 'sometimes') : ''}
        </p>
        {verdict.kind === 'violated' && promise !== FINISHES && (
          <>
            <p className="font-medium text-broken">{verdict.words}</p>
            <p>{verdictWords(verdict, 'always')} The picture below can show it.</p>
          </>
        )}
        {verdict.kind === 'unknown' && <p>{verdictWords(verdict, 'always')}</p>}
      </>
    );
  }
  const over = cost === null ? 0 : cost.total - best;
  return (
    <>
      {judged.promises.map(({ promise, verdict }) => (
        <p key={promise}>
          <q>{propertyById(promise)?.title}</q>{' '}
          <span className="font-medium text-held">
            {verdictWords(verdict, promise === FINISHES ? 'sometimes' : 'always')}
          </span>
        </p>
      ))}
      <p className="mt-1">
        Fixed, at a cost of {cost?.total}.{' '}
        {over <= 0 ? 'No repair with these knobs is cheaper.' : `One that costs ${over} less exists.`}
      </p>
    </>
  );
}

function locksOf({ base, knobs }: RepairLevel): readonly string[] {
  const turned = knobs.flatMap(({ settings }) => settings.flatMap(({ change }) => change.lock ?? []));
  return [...new Set([base.lock, ...turned])];
}

/** The run on screen is marked with every promise of the level. */
function scenarioWith(level: RepairLevel, picks: Picks) {
  const [first = FINISHES] = level.promises;
  const asked = repaired(level, picks, first);
  if (asked.kind === 'refused') return asked;
  const expect = Object.fromEntries(level.promises.map((promise) => [promise, 'holds' as const]));
  const lock = choicesWith(level, picks).lock;
  const scenario: Scenario = { ...asked.scenario, id: `${level.id} on ${lock}`, title: level.title, expect };
  return { kind: 'scenario', scenario } as const;
}

function samePicks(a: Picks, b: Picks): boolean {
  return a.length === b.length && a.every((pick, at) => pick === b[at]);
}
