'use client';
// What static pages know about who is looking, asked for once and shared by everything on the page. Pages are rendered ahead of
// time for everybody; this fills in the few personal marks afterwards.
import { useCallback, useSyncExternalStore } from 'react';
import type { Given } from '#lib/study/quiz.ts';

export type Me = {
  readonly who: { readonly name: string | null; readonly guest: boolean } | null;
  readonly due: number;
  readonly read: readonly string[];
  /** How many corrections are newer than the reading, for each lesson that has some. */
  readonly changed: Readonly<Record<string, number>>;
  /** Cards in the deck and not set aside: of the lesson asked for all of them, of others those that were kept one by one. */
  readonly kept: readonly string[];
  readonly answers: readonly { readonly quizId: string; readonly given: Given; readonly correct: boolean }[];
  /** Levels of the campaign that were won, with the best result of each. */
  readonly levels: readonly { readonly level: string; readonly best: number }[];
};

type Entry = {
  value: Me | null;
  /** Requests sent so far, and the newest of them whose answer is in `value`. */
  asked: number;
  answered: number;
  /** Something was kept while nobody looked here. */
  old: boolean;
  readonly listeners: Set<() => void>;
};
const entries = new Map<string, Entry>();

async function ask(address: string, entry: Entry): Promise<void> {
  entry.asked += 1;
  entry.old = false;
  const number = entry.asked;
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!response.ok) return;
    const value = (await response.json()) as Me;
    // A slow answer says what was true before the one that is here already.
    if (number < entry.answered) return;
    entry.answered = number;
    entry.value = value;
    for (const listener of entry.listeners) listener();
  } catch {
    // Offline: the page works without its personal marks.
  }
}

function entryOf(address: string): Entry {
  const entry = entries.get(address) ?? { value: null, asked: 0, answered: 0, old: false, listeners: new Set() };
  entries.set(address, entry);
  return entry;
}

const nobody = () => null;

/** The viewer's marks, or null until they are known. `lesson` also asks for the answers given in that lesson. */
export function useMe(lesson?: string): Me | null {
  const address = lesson === undefined ? '/api/me' : `/api/me?lesson=${encodeURIComponent(lesson)}`;
  const subscribe = useCallback(
    (listener: () => void) => {
      const entry = entryOf(address);
      entry.listeners.add(listener);
      if (entry.asked === 0 || entry.old) void ask(address, entry);
      return () => {
        entry.listeners.delete(listener);
      };
    },
    [address],
  );
  return useSyncExternalStore(subscribe, () => entryOf(address).value, nobody);
}

/** Asks again, after something was kept: at once where somebody looks, elsewhere when somebody does. */
export function refreshMe(): void {
  for (const [address, entry] of entries) {
    if (entry.listeners.size > 0) void ask(address, entry);
    else entry.old = true;
  }
}
