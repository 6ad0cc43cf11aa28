'use client';
// “It holds”: said on any level, and answered by looking at every schedule. Who is right has won the level, and the level says so
// where it ends; who is not learns only that there is a way, and not which.
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { budgetWords } from '#content/levels/fault-words.ts';
import type { BreakLevel } from '#content/levels/level.ts';
import { count, faultWords, propertyById } from '#lib/lock/index.ts';
import type { LevelAnswer } from './level-protocol.ts';
import { useLevelWorker } from './use-level-worker.ts';

export function Claim({ level, won }: { level: BreakLevel; won: (words: string) => void }) {
  const [answer, setAnswer] = useState<LevelAnswer | null>(null);
  const { busy, progress, ask, stop } = useLevelWorker();
  const claim = () => {
    setAnswer(null);
    ask({ ask: 'holds', level }, (said) => {
      setAnswer(said);
      if (said.kind === 'holds') won(said.words);
    });
  };
  return (
    <section className="min-w-0" aria-label="Claim that it holds">
      <h2 className="mb-2 font-semibold">No way?</h2>
      <p className="mb-3">
        Some levels cannot be broken. The promise is: <q>{propertyById(level.breaks)?.title}</q> Faults allowed:{' '}
        {budgetWords(level.scenario.faults)}.
      </p>
      <p className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        {/* One button with two faces, so that the focus stays on it. */}
        <Button size="small" onClick={busy ? stop : claim}>
          {busy ? 'Stop' : 'It holds'}
        </Button>
        {busy && (
          <span className="text-sm tabular-nums">
            {progress
              ? `Searching: ${count(progress.states, 'state')}, ${progress.depth} moves deep, ${faultWords(progress.faults)}`
              : 'Searching'}
          </span>
        )}
      </p>
      <div role="status" className="mt-2 min-h-12">
        {answer?.kind === 'breaks' && (
          <p>It does not hold: a schedule that breaks it exists, within these faults. Keep looking.</p>
        )}
        {answer?.kind === 'unknown' && <p>{answer.words}</p>}
        {answer?.kind === 'failed' && <p>{answer.why}</p>}
      </div>
    </section>
  );
}
