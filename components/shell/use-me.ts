'use client';
// What static pages know about who is looking, asked for once and shared by everything on the page. Pages are rendered ahead of
// time for everybody; this fills in the few personal marks afterwards.
import { useSyncExternalStore } from 'react';
import type { Given } from '#lib/study/quiz.ts';

export type Me = {
  readonly who: { readonly name: string | null; readonly guest: boolean } | null;
  readonly due: number;
  readonly read: readonly string[];
  readonly kept: readonly string[];
  readonly answers: readonly { readonly quizId: string; readonly given: Given; readonly correct: boolean }[];
};

type Entry = { value: Me | null; asked: boolean };
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

async function ask(address: string, entry: Entry): Promise<void> {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!response.ok) return;
    entry.value = (await response.json()) as Me;
    tell();
  } catch {
    // Offline: the page works without its personal marks.
  }
}

function entryOf(address: string): Entry {
  const entry = entries.get(address) ?? { value: null, asked: false };
  entries.set(address, entry);
  return entry;
}

/** The viewer's marks, or null until they are known. `lesson` also asks for the answers given in that lesson. */
export function useMe(lesson?: string): Me | null {
  const address = lesson === undefined ? '/api/me' : `/api/me?lesson=${encodeURIComponent(lesson)}`;
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      const entry = entryOf(address);
      if (!entry.asked) {
        entry.asked = true;
        void ask(address, entry);
      }
      return () => listeners.delete(listener);
    },
    () => entryOf(address).value,
    () => null,
  );
}

/** Asks again, after something was kept. */
export function refreshMe(): void {
  for (const [address, entry] of entries) void ask(address, entry);
}
