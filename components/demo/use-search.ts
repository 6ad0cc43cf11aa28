'use client';
// One search at a time for one demo: starts the worker, keeps its progress and the verdicts found so far, and stops it.
import { useCallback, useEffect, useRef, useState } from 'react';
import { compile, type Progress, type PropertyId, type Scenario, traceHash, type Verdict } from '#lib/lock/index.ts';
import type { SearchNews, SearchOrder } from './search-protocol.ts';
import { firstTrace } from './trace-of.ts';

export type Searching = { readonly property: PropertyId; readonly progress: Progress | null };
export type Found = { readonly [property: PropertyId]: Verdict };
export type SearchHook = {
  readonly searching: Searching | null;
  readonly found: Found;
  readonly failure: string | null;
  readonly search: (property: PropertyId) => void;
  readonly stop: () => void;
};

const FAILURE = 'The search could not be run in this browser. Reload the page and try again.';
const OTHER_ENGINE = 'The page and its search are of different versions. Reload the page and try again.';

/** `scenario` is what is searched: of a crowd, the small model. */
export function useSearch(scenario: Scenario): SearchHook {
  const [searching, setSearching] = useState<Searching | null>(null);
  const [found, setFound] = useState<Found>({});
  const [failure, setFailure] = useState<string | null>(null);
  const worker = useRef<Worker | null>(null);

  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setSearching(null);
  }, []);

  // What was found is about that scenario; and a demo that leaves the page takes its search with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scenario is what makes it start anew
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
      setSearching(null);
      setFound({});
      setFailure(null);
    },
    [scenario],
  );

  const search = (property: PropertyId) => {
    worker.current?.terminate();
    setFailure(null);
    setSearching({ property, progress: null });
    const made = new Worker(new URL('./search.worker.ts', import.meta.url));
    worker.current = made;
    made.onmessage = ({ data }: MessageEvent<SearchNews>) => {
      if (worker.current !== made) return;
      if (data.kind === 'begun') {
        // A page that was left open over a new version may fetch a newer worker, whose verdicts are about another engine.
        if (data.hash === traceHash(firstTrace(compile(scenario)))) return;
        setFailure(OTHER_ENGINE);
        return end();
      }
      if (data.kind === 'progress') return setSearching({ property, progress: data.progress });
      if (data.kind === 'verdict') setFound((known) => ({ ...known, [property]: data.verdict }));
      else setFailure(FAILURE);
      end();
    };
    made.onerror = () => {
      if (worker.current !== made) return;
      setFailure(FAILURE);
      end();
    };
    const order: SearchOrder = { scenario, property };
    made.postMessage(order);
  };

  const stop = () => {
    if (!searching) return;
    const progress = searching.progress ?? { states: 0, depth: 0, queued: 0, faults: 0 };
    const timing = scenario.bounds?.timing ?? 'corners';
    setFound((known) => ({
      ...known,
      [searching.property]: { kind: 'unknown', timing, stoppedBy: 'cancel', ...progress },
    }));
    end();
  };

  return { searching, found, failure, search, stop };
}
