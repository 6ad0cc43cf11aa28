'use client';
// An optional clock for one question. It does not tick: it says the time left in quarters of a minute, speaks up twice, and when it
// is over it only notes that it is. A quiz that hurries measures hurry.
import { useEffect, useRef, useState } from 'react';
import type { Quiz } from '#lib/study/quiz.ts';

const STEP = 15_000;
const USUAL = 90_000;
const WITH_MORE_TO_READ = 150_000;
const LAST_CALL = 30_000;

export function limitOf({ kind }: Pick<Quiz, 'kind'>): number {
  return kind === 'trace' || kind === 'order' ? WITH_MORE_TO_READ : USUAL;
}

/** `90000` is “1 min 30 s”. */
export function timeWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 ? `${rest} s` : ''].filter(Boolean).join(' ');
}

export function RoundClock({ limit, stop, over }: { limit: number; stop: () => void; over: () => void }) {
  const [left, setLeft] = useState(limit);
  const told = useRef(over);
  told.current = over;
  useEffect(() => {
    const began = performance.now();
    const beat = setInterval(() => {
      // Time that a laptop slept through has passed all the same.
      const rest = Math.max(0, limit - (performance.now() - began));
      setLeft(Math.ceil(rest / STEP) * STEP);
      if (rest > 0) return;
      clearInterval(beat);
      told.current();
    }, 1000);
    return () => clearInterval(beat);
  }, [limit]);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3">
      <span className="tabular-nums">
        {left > 0 ? `About ${timeWords(left)} left` : 'Over time; answer all the same'}
      </span>
      <button type="button" onClick={stop} className="min-h-11 text-accent underline underline-offset-4">
        Stop the clock
      </button>
      <span role="status" className="sr-only">
        {left === 0 ? 'The time is over. You can answer all the same.' : left <= LAST_CALL ? 'Half a minute left.' : ''}
      </span>
    </span>
  );
}
