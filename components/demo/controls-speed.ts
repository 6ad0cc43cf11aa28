// How fast a run is played: one choice for all demos of a reader, kept in this browser.
import { useCallback, useSyncExternalStore } from 'react';

export const SPEEDS = ['slow', 'normal', 'fast'] as const;
export type Speed = (typeof SPEEDS)[number];
/** How many times as long a beat takes. */
export const SLOWER: { readonly [speed in Speed]: number } = { slow: 2.5, normal: 1, fast: 0.4 };

const KEY = 'demo-speed';
const listeners = new Set<() => void>();
/** Where nothing may be kept, the choice still holds as long as the page is open. */
let chosen: Speed | null = null;

export function useSpeed(): readonly [Speed, (speed: Speed) => void] {
  const speed = useSyncExternalStore(subscribe, read, () => 'normal' as const);
  const choose = useCallback((next: Speed) => {
    chosen = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Kept above.
    }
    for (const tell of listeners) tell();
  }, []);
  return [speed, choose];
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

function read(): Speed {
  if (chosen !== null) return chosen;
  try {
    chosen = SPEEDS.find((speed) => speed === localStorage.getItem(KEY)) ?? 'normal';
  } catch {
    chosen = 'normal';
  }
  return chosen;
}
