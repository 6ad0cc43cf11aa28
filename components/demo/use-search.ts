'use client';
// One search at a time for one demo: starts the worker, keeps its progress and the verdicts found so far, and stops it. What was
// found before the page was made, as for the matrix, need not be searched again.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import {
  type Bounds,
  boundsOf,
  compile,
  type Progress,
  type PropertyId,
  type Scenario,
  traceHash,
  type Verdict,
} from '#lib/lock/index.ts';
import type { SearchNews, SearchOrder } from './search-protocol.ts';
import { firstTrace } from './trace-of.ts';

export type Searching = { readonly property: PropertyId; readonly progress: Progress | null };
export type Found = { readonly [property: PropertyId]: Verdict };
export type SearchHook = {
  readonly searching: Searching | null;
  readonly found: Found;
  readonly failure: string | null;
  /** Within the bounds of the scenario, but for those named here. */
  readonly search: (property: PropertyId, within?: Partial<Bounds>) => void;
  readonly stop: () => void;
};

const FAILURE = 'The search could not be run in this browser. Reload the page and try again.';
const OTHER_ENGINE = 'The page and its search are of different versions. Reload the page and try again.';

/** What is known about the very scenario that it names. */
export const KnownAnswers = createContext<{ readonly scenario: Scenario; readonly found: Found } | null>(null);

const NOTHING: Found = {};

/** `scenario` is what is searched: of a crowd, the small model. */
export function useSearch(scenario: Scenario): SearchHook {
  const known = useContext(KnownAnswers);
  const before = known?.scenario === scenario ? known.found : NOTHING;
  const [searching, setSearching] = useState<Searching | null>(null);
  const [since, setFound] = useState<Found>(NOTHING);
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
      setFound(NOTHING);
      setFailure(null);
    },
    [scenario],
  );

  const timing = useRef(boundsOf(scenario).timing);
  const search = (property: PropertyId, within: Partial<Bounds> = {}) => {
    worker.current?.terminate();
    const bounds = { ...boundsOf(scenario), ...within };
    timing.current = bounds.timing;
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
    const order: SearchOrder = { scenario: { ...scenario, bounds }, property };
    made.postMessage(order);
  };

  const stop = () => {
    if (!searching) return;
    const progress = searching.progress ?? { states: 0, depth: 0, queued: 0, faults: 0 };
    setFound((known) => ({
      ...known,
      [searching.property]: { kind: 'unknown', timing: timing.current, stoppedBy: 'cancel', ...progress },
    }));
    end();
  };

  return { searching, found: { ...before, ...since }, failure, search, stop };
}
