'use client';
// One question at a time to the worker of a level: its progress, its answer, and a way to stop it.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '#lib/lock/index.ts';
import type { LevelAnswer, LevelNews, LevelOrder } from './level-protocol.ts';

export type LevelWorker = {
  readonly busy: boolean;
  readonly progress: Progress | null;
  readonly ask: (order: LevelOrder, answered: (answer: LevelAnswer) => void) => void;
  readonly stop: () => void;
};

export function useLevelWorker(): LevelWorker {
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const worker = useRef<Worker | null>(null);

  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setBusy(false);
    setProgress(null);
  }, []);
  // A level that leaves the page takes its search with it.
  useEffect(() => () => worker.current?.terminate(), []);

  const ask = useCallback(
    (order: LevelOrder, answered: (answer: LevelAnswer) => void) => {
      stop();
      setBusy(true);
      const made = new Worker(new URL('./level.worker.ts', import.meta.url));
      worker.current = made;
      const end = (answer: LevelAnswer) => {
        if (worker.current !== made) return;
        stop();
        answered(answer);
      };
      made.onmessage = ({ data }: MessageEvent<LevelNews>) => {
        if (data.kind !== 'progress') end(data);
        else if (worker.current === made) setProgress(data.progress);
      };
      made.onerror = () =>
        end({
          kind: 'failed',
          why: 'The search could not be run in this browser. Reload the page and try again.',
        });
      made.postMessage(order);
    },
    [stop],
  );
  return { busy, progress, ask, stop };
}
