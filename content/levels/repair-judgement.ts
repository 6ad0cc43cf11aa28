// What a repair is worth. It is a repair when searches to their end find nothing against any promise and a way to finish. It
// costs the messages of a run in which nothing goes wrong, the time of that run, and the time until the next one is done when the
// holder dies: so a longer lease is not free, nor is asking more often.
import {
  apply,
  check,
  chronicle,
  compile,
  experiment,
  FOREVER,
  moves,
  natural,
  type PropertyId,
  run,
  type System,
  start,
  type Verdict,
} from '#lib/lock/index.ts';
import { allPicks, choicesWith, type Picks, type RepairLevel, repaired } from './repair.ts';

export type Cost = {
  readonly messages: number;
  /** Until everybody is done. */
  readonly quietMs: number;
  /** Until the other one is done when A dies with the lock, or just after its read where there is none. */
  readonly deadMs: number;
  readonly total: number;
};
export type Judged =
  | {
      readonly kind: 'holds';
      readonly promises: readonly { readonly promise: PropertyId; readonly verdict: Verdict }[];
    }
  | { readonly kind: 'fails'; readonly promise: PropertyId; readonly verdict: Verdict }
  | { readonly kind: 'refused'; readonly why: string };

/** Guards against a promise that is kept because nobody can do anything. */
export const FINISHES: PropertyId = 'somebody-finishes';

const LONGEST_RUN = 2000;

export function judge(level: RepairLevel, picks: Picks): Judged {
  const name = `${level.id} ${picks}`;
  const known = judged.get(name) ?? judgeWith(check, level, picks);
  judged.set(name, known);
  return known;
}

/** Searched once for each level, setting and process. */
const judged = new Map<string, Judged>();

/** `search` is how a scenario is searched to its end: at once, or with news of how far it is. */
export function judgeWith(search: typeof check, level: RepairLevel, picks: Picks): Judged {
  const promises: { promise: PropertyId; verdict: Verdict }[] = [];
  for (const promise of [...level.promises, FINISHES]) {
    const asked = repaired(level, picks, promise);
    if (asked.kind === 'refused') return asked;
    const verdict = search(asked.scenario, promise);
    if (verdict.kind !== 'holds') return { kind: 'fails', promise, verdict };
    promises.push({ promise, verdict });
  }
  return { kind: 'holds', promises };
}

/** Null for settings that make no experiment, or with which a dead holder is never survived. */
export function costOf(level: RepairLevel, picks: Picks): Cost | null {
  const [promise = FINISHES] = level.promises;
  const asked = repaired(level, picks, promise);
  const withCrash = {
    ...choicesWith(level, picks),
    patience: FOREVER,
    faults: [{ kind: 'crash', atMost: 1, target: 'A' }] as const,
  };
  const dying = experiment(withCrash, FINISHES);
  if (asked.kind === 'refused' || dying.kind === 'refused') return null;
  const quiet = run(compile(asked.scenario), natural(), LONGEST_RUN);
  const deadMs = afterDeath(compile(dying.scenario));
  if (deadMs === null) return null;
  const messages = chronicle(quiet).messages.length;
  const quietMs = quiet.steps.at(-1)?.at.$at ?? 0;
  return { messages, quietMs, deadMs, total: messages + quietMs + deadMs };
}

/** A dies as soon as it has the lock, or has read; whoever needs neither of the two leaves nothing behind. */
function afterDeath(system: System): number | null {
  const scheduler = natural();
  let world = start(system);
  let dies = false;
  for (let step = 0; step < LONGEST_RUN; step += 1) {
    const offered = moves(system, world);
    const crash = dies ? offered.find(({ label }) => label === 'crash A') : undefined;
    const choice = crash ? { move: crash, at: crash.window[0] } : scheduler.pick(offered, world);
    if (!choice) return null;
    const taken = apply(system, world, choice.move, choice.at);
    world = taken.world;
    for (const event of taken.events) {
      if (event.kind === 'finished' && event.who !== 'A') return taken.at.$at;
      dies ||= event.kind === 'answered' && event.who === 'A' && event.op === 'acquire' && event.result.ok;
      dies ||= event.kind === 'accessed' && event.who === 'A' && event.what === 'read';
    }
  }
  return null;
}

export type Repair = { readonly picks: Picks; readonly cost: Cost };

const bests = new Map<string, Repair | null>();

/** The cheapest repair: settings are tried from the cheapest on until some hold, once for each level and process. */
export function bestRepair(level: RepairLevel): Repair | null {
  const known = bests.get(level.id);
  if (known !== undefined) return known;
  const priced = allPicks(level).flatMap((picks) => {
    const cost = costOf(level, picks);
    return cost ? [{ picks, cost }] : [];
  });
  priced.sort((a, b) => a.cost.total - b.cost.total);
  const best = priced.find(({ picks }) => judge(level, picks).kind === 'holds') ?? null;
  bests.set(level.id, best);
  return best;
}
