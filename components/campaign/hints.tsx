'use client';
// Three steps of help: a nudge, the moment that matters, and the exact next move, which is searched for from where the learner
// stands. Each is asked for by itself. Par is behind a press of its own, because it also says whether there is a way at all.
// The focus is never left on nothing: a button that waits stays where it is, and one that goes away hands the focus on.
import { useEffect, useRef, useState } from 'react';
import { moveWords } from '#components/demo/words.ts';
import { Button } from '#components/ui/button.tsx';
import type { Advice } from '#content/levels/judgement.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { count, type Move } from '#lib/lock/index.ts';
import { useLevelWorker } from './use-level-worker.ts';

type Found = { readonly advice: Advice; readonly place: string };

export function Hints({
  level,
  par,
  moves,
  script,
  seek,
}: {
  level: BreakLevel;
  par: number | null;
  /** What is on offer where the learner stands. */
  moves: readonly Move[];
  /** The run up to there. */
  script: readonly string[];
  seek: (to: number) => void;
}) {
  const [open, setOpen] = useState(0);
  const [parOpen, setParOpen] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { busy, ask } = useLevelWorker();
  const parText = useRef<HTMLParagraphElement>(null);
  const help = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (parOpen) parText.current?.focus({ preventScroll: true });
  }, [parOpen]);
  const place = script.join('\n');
  const shown = level.hints.slice(0, open);
  const last = open >= level.hints.length;
  const seekAdvice = () => {
    if (busy) return;
    setFailure(null);
    ask({ ask: 'advice', level, script: [...script] }, (answer) => {
      if (answer.kind === 'advice') setFound({ advice: answer.advice, place });
      else if (answer.kind === 'failed') setFailure(answer.why);
    });
  };
  return (
    <section className="min-w-0" aria-label="Hints">
      <h2 className="mb-2 font-semibold">Stuck?</h2>
      <div aria-live="polite">
        {shown.length > 0 && (
          <ol className="mb-3 list-decimal space-y-1.5 pl-5">
            {shown.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        )}
        {found && found.place === place && (
          <p className="mb-3">
            <Exactly advice={found.advice} moves={moves} />
          </p>
        )}
        {failure && <p className="mb-3">{failure}</p>}
        {parOpen && (
          <p ref={parText} tabIndex={-1} className="mb-3">
            {par === null
              ? 'There is no par: the search has found no schedule that breaks this level.'
              : `Par is ${count(par, 'move')}: the search knows no shorter schedule.`}
          </p>
        )}
      </div>
      <p className="flex flex-wrap gap-2">
        <Button ref={help} size="small" aria-disabled={busy} onClick={last ? seekAdvice : () => setOpen(open + 1)}>
          {last ? 'Show the exact next move' : open === 0 ? 'Give me a hint' : 'Another hint'}
        </Button>
        {found?.place === place && found.advice.kind === 'back' && (
          <Button
            size="small"
            onClick={() => {
              seek(found.advice.kind === 'back' ? found.advice.to : 0);
              help.current?.focus({ preventScroll: true });
            }}
          >
            Go back there
          </Button>
        )}
        {!parOpen && (
          <Button size="small" onClick={() => setParOpen(true)}>
            Show par
          </Button>
        )}
      </p>
      {!parOpen && <p className="mt-2 text-sm text-muted">Par also tells you whether there is a way at all.</p>}
    </section>
  );
}

function Exactly({ advice, moves }: { advice: Advice; moves: readonly Move[] }) {
  if (advice.kind === 'none') {
    return 'No move leads to a break. Look at who may do what, and claim that it holds.';
  }
  if (advice.kind === 'back') {
    return `The shortest way left yours after ${count(advice.to, 'move')}. Go back there, and ask again.`;
  }
  const move = moves.find(({ label }) => label === advice.label);
  if (!move) return `Next: ${advice.label}.`;
  const late = advice.at > move.window[0].$at;
  return (
    <>
      Next: <strong className="font-medium">{moveWords(move)}</strong>
      {late ? `, as late as ${advice.at} ms.` : '.'}
    </>
  );
}
