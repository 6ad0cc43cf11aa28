'use client';
// The knobs of one demo as a hook: what is set, what was moved along with the last turn, and why a turn was not possible. A lock that
// this page has not needed so far is fetched first; everything else answers at once. How they are set belongs to the system that was
// made so: whoever takes a run back has its knobs back with it.
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

/** A slider passes many stops. */
const SLIDERS: readonly (keyof Knobs)[] = ['clients', 'ttl', 'renew', 'work'];

/** `system` is the one that is shown; `changed` shows another, and `by` is the slider that made it. */
export function useKnobs(
  first: Setting,
  system: System,
  changed: (system: System, by: string | undefined) => void,
): KnobsHook {
  const [settings] = useState(() => new WeakMap<System, Setting>());
  const setting = settings.get(system) ?? first;
  const [said, setSaid] = useState<{ readonly of: System; readonly notes: readonly string[] } | null>(null);
  const [fetching, setFetching] = useState(false);
  const latest = useRef({ setting, system, changed, turns: 0, waiting: {} as Partial<Knobs> });
  latest.current.setting = setting;
  latest.current.system = system;
  latest.current.changed = changed;
  const setNotes = useCallback((notes: readonly string[]) => setSaid({ of: latest.current.system, notes }), []);

  const turned = useCallback(
    (from: Setting, knobs: Knobs, by?: string) => {
      const result = turn(from, knobs);
      if (result.kind === 'refused') return setNotes([`Not possible: ${result.why}.`]);
      settings.set(result.system, result.setting);
      latest.current.setting = result.setting;
      latest.current.system = result.system;
      setNotes(result.notes);
      latest.current.changed(result.system, by);
    },
    [settings, setNotes],
  );

  /** Only the last turn counts: one that waited for its lock must not undo another that came after it. It takes along what waited. */
  const whenHere = useCallback(
    async (lock: string, go: () => void) => {
      latest.current.turns += 1;
      const mine = latest.current.turns;
      const last = () => latest.current.turns === mine;
      const arrived = () => {
        latest.current.waiting = {};
        go();
      };
      if (Object.hasOwn(backends, lock)) return arrived();
      setFetching(true);
      try {
        await loadBackend(lock);
        if (last()) arrived();
      } catch {
        if (!last()) return;
        const { lock: _, ...others } = latest.current.waiting;
        const { setting: now } = latest.current;
        latest.current.waiting = {};
        if (Object.keys(others).length > 0) turned(now, { ...knobsOfSetting(now), ...others });
        setNotes(['This lock could not be fetched. Look at your connection and choose it again.']);
      } finally {
        if (last()) setFetching(false);
      }
    },
    [setNotes, turned],
  );

  const replace = useCallback(
    (to: Setting) => {
      const knobs = { ...knobsOfSetting(to), ...latest.current.waiting };
      whenHere(knobs.lock, () => turned(to, knobs));
    },
    [whenHere, turned],
  );
  const set = useCallback(
    (change: Partial<Knobs>) => {
      const asked = { ...latest.current.waiting, ...change };
      latest.current.waiting = asked;
      const by = SLIDERS.find((name) => Object.keys(asked).every((one) => one === name));
      const lock = asked.lock ?? knobsOfSetting(latest.current.setting).lock;
      whenHere(lock, () => {
        const { setting: now } = latest.current;
        turned(now, { ...knobsOfSetting(now), ...asked }, by);
      });
    },
    [whenHere, turned],
  );
  const notes = said?.of === system ? said.notes : [];
  return { setting, knobs: knobsOfSetting(setting), notes, fetching, set, replace };
}
