'use client';
// A repair as a hook: how its knobs are set, the run with these settings, and the address of both. The address is read in the browser,
// since the page is built ahead of time for everybody; until then it shows the level as it opens.
import { useEffectEvent, useLayoutEffect, useMemo, useState } from 'react';
import { fromQuery, toQuery } from '#components/demo/demo-url.ts';
import type { Place } from '#components/demo/trace-of.ts';
import { type DemoAction, type DemoState, firstState, useRun } from '#components/demo/use-demo.ts';
import { choicesWith, type Picks, type RepairLevel, repaired } from '#content/levels/repair.ts';
import { FINISHES } from '#content/levels/repair-judgement.ts';
import { compile, type Scenario, type System } from '#lib/lock/index.ts';
import { queryOf } from './level-run.ts';
import { picksFromQuery, picksToPairs } from './repair-url.ts';

export type Repairing = {
  readonly picks: Picks;
  readonly turn: (knob: number, setting: number) => void;
  /** Why these settings make no sense together. */
  readonly refused: string | null;
  readonly system: System;
  readonly state: DemoState;
  readonly send: (action: DemoAction) => void;
  /** Somebody else has turned these knobs. */
  readonly lent: boolean;
  /** Why the address could not be followed. */
  readonly trouble: string | null;
  readonly path: string;
  readonly address: () => string;
};

/** The locks of the level must be at hand (with-locks.tsx). */
export function useRepair(level: RepairLevel): Repairing {
  const [picks, setPicks] = useState<Picks>(level.broken);
  const opening = useMemo(() => openingOf(level), [level]);
  const { system, state, send, change } = useRun(opening, (made) => firstState(made, 'end'));
  const refused = useMemo(() => refusalOf(level, picks), [level, picks]);
  // Knobs that came with a link are tried like any others, but whoever turned them has won with them. One turn of one's own, be
  // it there and back, makes the repair one's own.
  const [lent, setLent] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const open = useEffectEvent(() => {
    const query = queryOf(location.search);
    const asked = picksFromQuery(level, query);
    if (asked.kind === 'bad') return setTrouble(asked.why);
    const to = systemWith(level, asked.picks ?? level.broken);
    const place = to && fromQuery(to, query);
    if (place?.kind === 'bad') return setTrouble(place.why);
    if (asked.picks) {
      setPicks(asked.picks);
      setLent(true);
    }
    if (to && place) change(to, place.kind === 'place' ? place : firstState(to, 'end'));
  });
  useLayoutEffect(() => {
    if (location.search !== '') open();
  }, []);

  const turn = (knob: number, setting: number) => {
    const turned = picks.map((pick, at) => (at === knob ? setting : pick));
    setPicks(turned);
    setLent(false);
    const to = systemWith(level, turned);
    if (to) change(to, firstState(to, 'end'));
  };
  const path = `/demos/fix/${level.id}`;
  const address = () => {
    const pairs = [...picksToPairs(level, picks), ...(refused === null ? placeOf(system, state) : [])];
    return `${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  };
  return { picks, turn, refused, system, state, send, lent, trouble, path, address };
}

/** The run on screen is marked with every promise of the level. */
function scenarioWith(level: RepairLevel, picks: Picks) {
  const [first = FINISHES] = level.promises;
  const asked = repaired(level, picks, first);
  if (asked.kind === 'refused') return asked;
  const expect = Object.fromEntries(level.promises.map((promise) => [promise, 'holds' as const]));
  const lock = choicesWith(level, picks).lock;
  const scenario: Scenario = { ...asked.scenario, id: `${level.id} on ${lock}`, title: level.title, expect };
  return { kind: 'scenario', scenario } as const;
}

/** A level opens with settings that make sense: a test holds that. */
function openingOf(level: RepairLevel): System {
  const made = scenarioWith(level, level.broken);
  if (made.kind === 'refused') throw new Error(`level '${level.id}': ${made.why}`);
  return compile(made.scenario);
}

function systemWith(level: RepairLevel, picks: Picks): System | null {
  const made = scenarioWith(level, picks);
  return made.kind === 'scenario' ? compile(made.scenario) : null;
}

function refusalOf(level: RepairLevel, picks: Picks): string | null {
  const made = scenarioWith(level, picks);
  return made.kind === 'refused' ? made.why : null;
}

/** `moves=…&at=…`; nothing for the run as these settings open with it. */
function placeOf(system: System, { trace, cursor }: Place): readonly string[] {
  const query = toQuery(system, trace, cursor).slice(1);
  return query === `at=${firstState(system, 'end').cursor}` ? [] : [query];
}
