'use client';
// How deep a reader wants to go: mid, senior or staff. Like the theme, the choice is kept in the browser and put on <html> before
// the first paint; without script everything is shown. Passages, cards and questions that are deeper are hidden by globals.css.
import { useSyncExternalStore } from 'react';
import { type Depth, depths } from '#lib/study/card.ts';
import { DEPTH_KEY } from './chosen.ts';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Depth {
  const chosen = document.documentElement.dataset.depth;
  return chosen === 'mid' || chosen === 'senior' ? chosen : 'staff';
}

const NAMES: Readonly<Record<Depth, string>> = { mid: 'Mid', senior: 'Senior', staff: 'Staff' };

export function chooseDepth(depth: Depth): void {
  document.documentElement.dataset.depth = depth;
  try {
    localStorage.setItem(DEPTH_KEY, depth);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Null until the browser has said it. */
export function useDepth(): Depth | null {
  return useSyncExternalStore(subscribe, current, () => null);
}

/** Inside a form it is sent along as `depth`. */
export function DepthChoice({ legend = 'Read for' }: { legend?: string }) {
  const chosen = useDepth();
  return (
    <fieldset className="flex flex-wrap items-center gap-x-5 text-[0.9375rem]" disabled={chosen === null}>
      <legend className="float-left mr-5 flex min-h-11 items-center text-muted">{legend}</legend>
      {depths.map((depth) => (
        <label key={depth} className="flex min-h-11 items-center gap-2">
          <input
            type="radio"
            name="depth"
            value={depth}
            checked={chosen === depth}
            onChange={() => chooseDepth(depth)}
            className="size-4 accent-accent"
          />
          {NAMES[depth]}
        </label>
      ))}
    </fieldset>
  );
}
