// A stopwatch that counts up and never urges. It starts with the first keystroke unless the learner has stopped it by hand.
import { useCallback, useEffect, useRef, useState } from 'react';

export type Stopwatch = {
  readonly seconds: number;
  readonly running: boolean;
  /** For the first keystroke: does nothing after a pause by hand. */
  readonly nudge: () => void;
  readonly toggle: () => void;
  readonly reset: (seconds?: number) => void;
};

export function useStopwatch(): Stopwatch {
  const [before, setBefore] = useState(0);
  const [since, setSince] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  const stoppedByHand = useRef(false);

  useEffect(() => {
    if (since === null) return;
    const tick = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(tick);
  }, [since]);

  const passed = since === null ? before : before + Math.max(0, now - since) / 1000;
  const start = useCallback(() => {
    const at = performance.now();
    setNow(at);
    setSince((running) => running ?? at);
  }, []);
  return {
    seconds: Math.floor(passed),
    running: since !== null,
    nudge: () => {
      if (since === null && !stoppedByHand.current) start();
    },
    toggle: () => {
      if (since === null) {
        stoppedByHand.current = false;
        start();
        return;
      }
      stoppedByHand.current = true;
      setBefore(before + (performance.now() - since) / 1000);
      setSince(null);
    },
    reset: useCallback((seconds = 0) => {
      stoppedByHand.current = false;
      setBefore(seconds);
      setSince(null);
    }, []),
  };
}
