'use client';
// Sends a win to be kept, and says when that did not work. The best result comes from what the site knows of the learner.
import { useRef, useState } from 'react';
import { refreshMe, useMe } from '#components/shell/use-me.ts';

export type Kept = { readonly kind: string };
export type Onwards = { readonly href: string; readonly title: string };
export type Keeping = {
  /** This learner's best; 0 for a level won by proof. */
  readonly best: number | null;
  readonly failed: boolean;
  readonly keep: (send: () => Promise<Kept>) => void;
  readonly again: () => void;
};

export function useKeeping(level: string): Keeping {
  const me = useMe();
  const [failed, setFailed] = useState(false);
  const last = useRef<(() => Promise<Kept>) | null>(null);
  const [keep] = useState(() => (send: () => Promise<Kept>) => {
    last.current = send;
    setFailed(false);
    send().then(
      ({ kind }) => (kind === 'saved' ? refreshMe() : setFailed(true)),
      () => setFailed(true),
    );
  });
  const best = me?.levels.find((won) => won.level === level)?.best ?? null;
  return { best, failed, keep, again: () => last.current && keep(last.current) };
}
