'use client';
// The knobs of one demo as a hook: what is set, what was moved along with the last turn, and why a turn was not possible. A lock that
// this page has not needed so far is fetched first; everything else answers at once.
import { useCallback, useRef, useState } from 'react';
import { backends, type Knobs, loadBackend, type System } from '#lib/lock/index.ts';
import { knobsOfSetting, type Setting, turn } from './knobs-setting.ts';

export type KnobsHook = {
  readonly setting: Setting;
  readonly knobs: Knobs;
  readonly notes: readonly string[];
  readonly fetching: boolean;
  readonly set: (change: Partial<Knobs>) => void;
  /** Other choices of the experiment than its knobs. */
  readonly replace: (setting: Setting) => void;
};

export function useKnobs(first: Setting, changed: (system: System) => void): KnobsHook {
  const [setting, setSetting] = useState(first);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const [fetching, setFetching] = useState(false);
  const latest = useRef({ setting, changed, turns: 0 });
  latest.current.setting = setting;
  latest.current.changed = changed;

  const turned = useCallback((from: Setting, knobs: Knobs) => {
    const result = turn(from, knobs);
    if (result.kind === 'refused') return setNotes([`Not possible: ${result.why}.`]);
    setSetting(result.setting);
    latest.current.setting = result.setting;
    setNotes(result.notes);
    latest.current.changed(result.system);
  }, []);

  /** Only the last turn counts: one that waited for its lock must not undo another that came after it. */
  const whenHere = useCallback(async (lock: string, go: () => void) => {
    latest.current.turns += 1;
    const mine = latest.current.turns;
    if (Object.hasOwn(backends, lock)) return go();
    setFetching(true);
    try {
      await loadBackend(lock);
      if (latest.current.turns === mine) go();
    } catch {
      setNotes(['This lock could not be fetched. Look at your connection and choose it again.']);
    } finally {
      setFetching(false);
    }
  }, []);

  const replace = useCallback(
    (to: Setting) => {
      const knobs = knobsOfSetting(to);
      whenHere(knobs.lock, () => turned(to, knobs));
    },
    [whenHere, turned],
  );
  const set = useCallback(
    (change: Partial<Knobs>) => {
      const knobs = { ...knobsOfSetting(latest.current.setting), ...change };
      whenHere(knobs.lock, () => turned(latest.current.setting, knobs));
    },
    [whenHere, turned],
  );
  return { setting, knobs: knobsOfSetting(setting), notes, fetching, set, replace };
}
