// A history to be judged: a short run of a scenario, made by chance from a seed, so that it can be repeated and shared, and read as
// a few lines of text. Chance alone seldom meets what is worth asking about, so a run first follows the script of its scenario
// for a while, at instants of its own, and then goes its own way. Whether it is safe is read off the engine's own observers,
// never written down. Pure: the server that draws a page and the page that draws another come to the same.
import {
  compile,
  type LockEvent,
  type Move,
  type PropertyId,
  properties,
  rowsOf,
  run,
  type Scenario,
  type Scheduler,
  type Step,
  type System,
  seeded,
  type Trace,
  traceOf,
  type Violation,
} from '#lib/lock/index.ts';
import { chance } from '#lib/study/chance.ts';

export type Line = {
  readonly at: number;
  readonly text: string;
  /** Index of the step that it tells. */
  readonly step: number;
};

export type History = {
  readonly trace: Trace;
  readonly lines: readonly Line[];
  /** Where the property broke, if it did. Its step is always one of the lines. */
  readonly violation: Violation | null;
};

/** More is not read but searched. */
export const MOST_LINES = 14;
const FEWEST_LINES = 4;
const MOST_STEPS = 160;
/** A run takes well under a millisecond, so so many cost less than a frame or two. */
const ATTEMPTS = 80;
/** So many of the wanted kind are enough to choose from. */
const CHOICE = 5;

export const MAX_SEED = 999_999;

/** Properties of what happened. What should happen some day cannot be judged by a history that ends. */
function canBeJudged(scenario: Scenario, property: PropertyId): boolean {
  const known = properties.find(({ id }) => id === property);
  return known?.kind === 'always' && property !== 'nobody-stuck' && Object.hasOwn(scenario.expect, property);
}

/**
 * The history that belongs to this seed, among those that `fits` lets pass. Half of the seeds want a broken one; where none is found,
 * the other kind does. Null if there is none at all: then the question does not suit the scenario.
 */
export function historyOf(
  scenario: Scenario,
  property: PropertyId,
  seed: number,
  fits: (history: History) => boolean,
): History | null {
  if (!canBeJudged(scenario, property)) return null;
  const system = compile(scenario);
  const next = chance(seed);
  const wantsBroken = next(2) === 0;
  const [wanted, other]: [History[], History[]] = [[], []];
  for (let attempt = 0; attempt < ATTEMPTS && wanted.length < CHOICE; attempt += 1) {
    const history = shortRun(system, property, next);
    if (!history || !fits(history)) continue;
    ((history.violation !== null) === wantsBroken ? wanted : other).push(history);
  }
  const among = wanted.length > 0 ? wanted : other.slice(0, CHOICE);
  return among.reduce<History | null>((best, one) => (best && worth(best) >= worth(one) ? best : one), null);
}

/** How much there is to think about: a fault, and more than one client at the data. */
function worth({ trace, lines }: History): number {
  const struck = trace.steps.filter(({ move }) => move.kind === 'fault').length;
  const events = trace.steps.flatMap((step) => step.events);
  const writers = new Set(events.flatMap((event) => (event.kind === 'accessed' ? [event.who] : [])));
  const holders = new Set(events.flatMap((event) => (event.kind === 'granted' ? [event.who] : [])));
  return Math.min(struck, 2) * 3 + writers.size * 2 + holders.size * 2 + (lines.length > 6 ? 1 : 0);
}

function shortRun(system: System, property: PropertyId, next: (below: number) => number): History | null {
  const whole = run(system, wandering(system.scenario, next), MOST_STEPS);
  const shown: number[] = [];
  whole.steps.forEach((step, index) => {
    const breaks = whole.violations.some((one) => one.property === property && one.step === index);
    if (breaks || isTold(step)) shown.push(index);
  });
  if (shown.length < FEWEST_LINES) return null;
  // Cut where the reader's page ends; what is judged is what is shown.
  const tooMany = shown[MOST_LINES];
  const trace = tooMany === undefined ? whole : traceOf(system, whole.start, whole.steps.slice(0, tooMany));
  const kept = new Set(shown.slice(0, MOST_LINES));
  const lines = rowsOf(trace, system.scenario).flatMap(({ position, at, who, what }) => {
    const step = position - 1;
    return kept.has(step) ? [{ at, step, text: inShort(who, what) }] : [];
  });
  return { trace, lines, violation: trace.violations.find((one) => one.property === property) ?? null };
}

/** Follows the script as long as it likes and as it is offered, at any instant it may; then anything, with a fault now and then. */
function wandering({ script = [] }: Scenario, next: (below: number) => number): Scheduler {
  const following = next(script.length + 1);
  const loose = seeded(next(2 ** 31), 0.08);
  let at = 0;
  return {
    pick(moves, world) {
      const label = at < following ? script[at]?.replace(/ @ \d+$/, '') : undefined;
      const move = moves.find((one) => one.label === label);
      if (!move) {
        at = following;
        return loose.pick(moves, world);
      }
      at += 1;
      return { move, at: someInstant(move, next) };
    },
  };
}

function someInstant({ window: [from, to] }: Move, next: (below: number) => number) {
  return { $at: from.$at + next(to.$at - from.$at + 1) };
}

/** Who has the lock, who believes so, what the store did, and what went wrong; not each message on its way. */
function isTold({ move, events }: Step): boolean {
  return move.kind === 'fault' || events.some(isTelling);
}

function isTelling(event: LockEvent): boolean {
  switch (event.kind) {
    case 'asked':
    case 'finished':
    // A message that goes nowhere shows in what does not happen; where a fault took it, the fault is told.
    case 'lost':
      return false;
    // That a release was answered changes nothing any more, unless it comes as a surprise.
    case 'answered':
      return event.op !== 'release' || (!event.result.ok && event.result.why === 'lost');
    default:
      return true;
  }
}

/** The engine's own sentence without the messages around what happened. What the store was asked stays: it names who asked. */
function inShort(who: string | null, what: string): string {
  // A message may have the separator in its name, which stands in quotes.
  const clauses = what.split(/; (?![^“]*”)/);
  const atStore = clauses.some((clause) => /^(reads|writes|refuses) /.test(clause));
  const passing = atStore ? /^(\S+ )?(answers|sends) “/ : /^(gets|(\S+ )?(answers|sends)) “|^runs: |^ends: /;
  const kept = clauses.filter((clause) => !passing.test(clause));
  const said = (kept.length > 0 ? kept : clauses).join('; ');
  return `${who === null ? said : `${who} ${said}`}.`;
}
