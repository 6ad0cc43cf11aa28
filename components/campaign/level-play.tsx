'use client';
// A level being played. It opens at the start of a quiet run in which nothing breaks; the learner steps to a moment and
// chooses otherwise. What counts is the run up to the break: undone moves cost nothing, and neither does looking back.
// The picture, the moves and the player are one board: side by side where there is room, and on a phone between a picture that
// stays at the top and a player that stays at the bottom.
import { type KeyboardEvent, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { AsText } from '#components/demo/as-text.tsx';
import { Controls } from '#components/demo/controls.tsx';
import { CopyLink } from '#components/demo/copy-link.tsx';
import { traceText } from '#components/demo/copy-text.ts';
import { actionFor } from '#components/demo/demo-view.tsx';
import { DownloadSvg } from '#components/demo/download-svg.tsx';
import { Fold } from '#components/demo/panels.tsx';
import { ProgramPane } from '#components/demo/program-pane.tsx';
import { RunPicture } from '#components/demo/run-picture.tsx';
import { isOver } from '#components/demo/use-demo.ts';
import { WithLocks } from '#components/demo/with-locks.tsx';
import { Button } from '#components/ui/button.tsx';
import type { BreakLevel } from '#content/levels/level.ts';
import { moves, rowsOf, scriptOf, sentence, type Trace } from '#lib/lock/index.ts';
import { Claim } from './claim.tsx';
import { Hints } from './hints.tsx';
import { type Kept, type Onwards, useKeeping } from './keeping.ts';
import { LevelMoves } from './level-moves.tsx';
import { BrokenWords, HeldWords, KeepingTrouble, Onward } from './level-result.tsx';
import { breakIn, isBroken, levelQuery } from './level-run.ts';
import { Score } from './level-score.tsx';
import { LinkTrouble } from './link-trouble.tsx';
import { useLevelRun } from './use-level-run.ts';

export type LevelProps = {
  readonly level: BreakLevel;
  /** The moves of the shortest break; null if nothing breaks it. */
  readonly par: number | null;
  readonly next: Onwards | null;
  readonly keepBreak: (input: { level: string; script: string[] }) => Promise<Kept>;
  readonly keepClaim: (input: { level: string }) => Promise<Kept>;
};

/**
 * Wide: the picture, what is said of it and the player on the left, the moves on the right. Narrow: the picture stays at the top, a
 * little smaller and no higher than leaves room for the moves, and the player at the bottom. Neither stays where a screen is low.
 */
const board = {
  all: 'grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_auto_auto_1fr]',
  picture:
    'min-w-0 bg-paper pb-1 max-lg:[@media(min-height:40rem)]:sticky max-lg:[@media(min-height:40rem)]:top-0 max-lg:[@media(min-height:40rem)]:z-10',
  window:
    'max-lg:[@media(min-height:40rem)]:overflow-y-auto max-sm:[@media(min-height:40rem)]:max-h-[21.25rem] sm:max-lg:[@media(min-height:40rem)]:max-h-[32rem]',
  scale: 'max-sm:[zoom:0.77]',
  // Beside the buttons for the zoom.
  score: 'sm:-mt-9 sm:min-h-9 sm:pr-36 sm:pt-1.5 sm:pointer-coarse:-mt-11',
  said: 'my-1.5 min-h-12 text-[0.9375rem] leading-6 max-sm:my-1 max-sm:min-h-10 max-sm:text-sm max-sm:leading-5 lg:row-start-3',
  // What has the focus must not hide behind the picture or the player.
  choice:
    'min-w-0 outline-none lg:col-start-2 lg:row-span-4 lg:row-start-1 max-lg:scroll-mt-[26rem] max-lg:scroll-mb-20 max-sm:[&_legend]:sr-only max-lg:[&_:is(a,button)]:scroll-mt-[26rem] max-lg:[&_:is(a,button)]:scroll-mb-20',
  player:
    'min-w-0 bg-paper py-2 lg:row-start-2 max-lg:[@media(min-height:40rem)]:sticky max-lg:[@media(min-height:40rem)]:bottom-0 max-lg:[@media(min-height:40rem)]:z-10 max-sm:[&_label]:hidden',
  share: 'mt-2 min-w-0 lg:row-start-4',
} as const;

export function LevelPlay(props: LevelProps) {
  return (
    <WithLocks locks={[props.level.scenario.backend]}>
      <Playing {...props} />
    </WithLocks>
  );
}

function Playing({ level, par, next, keepBreak, keepClaim }: LevelProps) {
  const { scenario, breaks } = level;
  const path = `/demos/break/${level.id}`;
  const { system, state, send, lent, trouble } = useLevelRun(level);
  const { trace, cursor, running } = state;
  const rows = useMemo(() => rowsOf(trace, scenario), [trace, scenario]);
  const row = rows[cursor] ?? rows[0];
  const said = row ? sentence(row) : '';
  // The panels may lag a little behind while a run plays; the picture may not.
  const calm = useDeferredValue(state);
  const calmWorld = calm.trace.steps[calm.cursor - 1]?.world ?? calm.trace.start;
  const offered = useMemo(() => moves(system, calmWorld), [system, calmWorld]);
  const script = useMemo(() => scriptOf(trace), [trace]);

  const found = breakIn(trace, breaks);
  const broken = isBroken(state, breaks) ? found : null;
  const used = broken ? broken.step + 1 : null;
  const [held, setHeld] = useState<string | null>(null);
  // Who watches a break again still knows how it ends, so the page stays as it is meanwhile.
  const [seen, setSeen] = useState<Trace | null>(null);
  if (broken && seen !== trace) setSeen(trace);
  const ending = broken ?? (running && seen === trace ? found : null);
  const over = ending !== null || held !== null;

  const keeping = useKeeping(level.id);
  const { keep } = keeping;
  const sent = useRef(Number.MAX_SAFE_INTEGER);
  // A run that was opened by its link is shown as what it is, and not kept: it was won by whoever made the link. Any move of one's
  // own, be it the last one only, makes another run of it, and that one counts.
  useEffect(() => {
    if (used === null || lent || used >= sent.current) return;
    sent.current = used;
    keep(() => keepBreak({ level: level.id, script: script.slice(0, used) }));
  }, [used, lent, script, keep, keepBreak, level.id]);

  const choice = useRef<HTMLElement>(null);
  useInSight(choice, over, !lent);

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
      <LinkTrouble why={trouble} path={path} all="/demos/break" />
      <div className={board.all}>
        <div className={board.picture}>
          <div className={board.window}>
            <div className={board.scale}>
              <RunPicture
                system={system}
                trace={trace}
                cursor={cursor}
                over={broken !== null || (cursor === trace.steps.length && isOver(trace))}
                label={`${level.title}: the run as a picture. The table under “As text” says the same.`}
              />
            </div>
          </div>
          <div className={board.score}>
            <Score world={calmWorld} used={cursor} level={level} par={par} best={keeping.best} />
          </div>
        </div>
        <p className={board.said} role="note" aria-live={running ? 'off' : 'polite'}>
          {row && sentence(broken ? { ...row, broken: [] } : row)}
        </p>
        <section ref={choice} className={board.choice} tabIndex={-1} aria-label={over ? 'How it ended' : 'Your move'}>
          <h2 className={`font-semibold ${over ? 'mb-2' : 'max-sm:sr-only'}`}>
            {ending ? 'Broken' : held ? 'It holds' : 'Your move'}
          </h2>
          <div role="status">
            {ending ? (
              <BrokenWords words={ending.words} used={ending.step + 1} par={par} lent={lent} />
            ) : (
              held && <HeldWords words={held} />
            )}
            <KeepingTrouble keeping={keeping} />
          </div>
          {over ? (
            <p className="mt-4 flex flex-wrap gap-2">
              <Onward next={next} all="/demos/break" />
              {ending && <Button onClick={() => send({ do: 'run' })}>Watch it again</Button>}
              {ending && <Button onClick={() => send({ do: 'reset' })}>Start over</Button>}
              {!ending && <Button onClick={() => setHeld(null)}>Back to the moves</Button>}
            </p>
          ) : (
            <LevelMoves offered={offered} state={calm} send={send} />
          )}
        </section>
        <div className={board.player}>
          <Controls state={state} send={send} describe={said} withNext done={over} over={broken ? true : undefined} />
        </div>
        <div className={board.share}>
          <CopyLink
            state={state}
            turned=""
            address={() => `${path}${levelQuery(system, state)}`}
            text={(address) => traceText({ title: level.title, rows, trace, address })}
          >
            <DownloadSvg system={system} trace={trace} />
          </CopyLink>
        </div>
      </div>
      {/* Not taken away at the end: who steps back from it finds the hints as they were. */}
      <div hidden={over} className="mt-8 grid gap-x-12 gap-y-8 lg:grid-cols-2">
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
          won={(words) => {
            setHeld(words);
            keep(() => keepClaim({ level: level.id }));
          }}
        />
      </div>
      <section className="mt-8 min-w-0" aria-label="Program">
        <h2 className="mb-2 font-semibold">Program</h2>
        <ProgramPane scenario={scenario} world={calmWorld} />
      </section>
      <div className="mt-8">
        <Fold title="As text">
          <AsText title={level.title} rows={rows} cursor={cursor} send={send} />
        </Fold>
      </div>
    </section>
  );
}

/**
 * Moves make room for the end, and the end for moves. Whoever stood on what went away stands on what came, and an end that was
 * played to comes into view; a link opens at its picture.
 */
function useInSight(place: { current: HTMLElement | null }, over: boolean, played: boolean): void {
  const before = useRef(over);
  useLayoutEffect(() => {
    if (before.current === over) return;
    before.current = over;
    const focused = document.activeElement;
    const lost = focused === null || focused === document.body || focused.closest('[hidden]') !== null;
    if (lost) place.current?.focus({ preventScroll: true });
    if (over && played) place.current?.scrollIntoView({ block: 'nearest' });
  }, [place, over, played]);
}
