// What a demo shows, as plain data that fits into an address and into a message to the search worker: a scenario of the course with
// its knobs turned, or the standard experiment with its choices. From it everybody makes the same system.
import {
  backends,
  type Choices,
  compile,
  experiment,
  type FaultChoice,
  faultKinds,
  type Knobs,
  knobsOf,
  type PropertyId,
  propertyById,
  type Scenario,
  type System,
  sameKnobs,
  scriptOf,
  settled,
  tuned,
  USUAL,
} from '#lib/lock/index.ts';
import { ASKED_FIRST, choicesFromQuery, choicesToQuery } from './choices-url.ts';
import { sameFaults, scheduleOf } from './compare-schedule.ts';
import type { DemoQuery } from './demo-url.ts';
import { knobsFromQuery, knobsToPairs } from './knobs-url.ts';
import { firstTrace, opensWith, type Place } from './trace-of.ts';

export type Setting =
  /** `base` is as its author wrote it, and `model` what claims about that are searched on. Null knobs: nothing is turned. */
  | {
      readonly kind: 'scenario';
      readonly base: Scenario;
      readonly model: Scenario | null;
      readonly knobs: Knobs | null;
    }
  | { readonly kind: 'experiment'; readonly choices: Choices; readonly property: PropertyId };

export type MadeSystem =
  | { readonly kind: 'system'; readonly system: System }
  | { readonly kind: 'refused'; readonly why: string };
export type Turned =
  | { readonly kind: 'setting'; readonly setting: Setting; readonly system: System; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

export const FIRST_EXPERIMENT: Setting = { kind: 'experiment', choices: USUAL, property: ASKED_FIRST };

export function scenarioOf(setting: Setting): ReturnType<typeof tuned> {
  if (setting.kind === 'experiment') return experimentOf(setting.choices, setting.property);
  const { base, knobs } = setting;
  return knobs === null ? { kind: 'scenario', scenario: base } : tuned(base, knobs);
}

function experimentOf(choices: Choices, property: PropertyId): ReturnType<typeof tuned> {
  const made = experiment(choices, property);
  if (made.kind === 'refused') return made;
  const title = `${made.scenario.title}: an experiment`;
  return { kind: 'scenario', scenario: { ...made.scenario, title } };
}

/** With turned knobs it opens with the trouble that the demo opens with as it was written. */
export function systemOf(setting: Setting): MadeSystem {
  const made = scenarioOf(setting);
  if (made.kind === 'refused') return made;
  const system = compile(made.scenario);
  if (setting.kind === 'scenario' && setting.base !== made.scenario) {
    const asWritten = compile(setting.base);
    opensWith(system, sameFaults(asWritten, scheduleOf(asWritten, firstTrace(asWritten)), system).trace);
  }
  return { kind: 'system', system };
}

export function knobsOfSetting(setting: Setting): Knobs {
  if (setting.kind === 'scenario') return setting.knobs ?? knobsOf(setting.base);
  const { lock, clients, ttl, renew, hold, fence, release, network, faults } = setting.choices;
  const every = renew === 'third' ? Math.max(1, Math.floor(ttl / 3)) : renew;
  const locks = backends[lock]?.locks !== false;
  return {
    lock,
    clients,
    ttl: locks ? ttl : null,
    renew: locks && every !== 'none' ? every : null,
    work: hold,
    fence,
    release,
    network,
    faults: Object.fromEntries(faults.filter(({ atMost }) => atMost > 0).map(({ kind, atMost }) => [kind, atMost])),
  };
}

/** The knobs that a reset goes back to. */
export function baseOf(setting: Setting): Knobs {
  return setting.kind === 'experiment' ? knobsOfSetting(FIRST_EXPERIMENT) : knobsOf(setting.base);
}

/** These knobs, or the nearest that go together, with a sentence for each that was moved along. The lock must be at hand. */
export function turn(setting: Setting, asked: Knobs): Turned {
  if (setting.kind === 'scenario') {
    const { knobs, notes } = settled(setting.base, asked);
    return made({ ...setting, knobs: sameKnobs(knobs, knobsOf(setting.base)) ? null : knobs }, notes);
  }
  const now = scenarioOf(setting);
  if (now.kind === 'refused') return now;
  const { knobs, notes: moved } = settled(now.scenario, asked);
  const { choices, notes: dropped } = withoutIdleFaults(choicesWith(setting.choices, knobs), setting.property);
  const notes = [...moved, ...dropped];
  const next = made({ ...setting, choices }, notes);
  if (next.kind === 'setting' || setting.property === ASKED_FIRST) return next;
  // What was asked may mean nothing for another lock; what everybody asks always does.
  const title = propertyById(setting.property)?.title ?? setting.property;
  const note = `“${title}” says nothing here, so the question is another.`;
  return made({ ...setting, choices, property: ASKED_FIRST }, [...notes, note]);
}

/** An experiment refuses a fault that could never strike; a knob that asks for one goes back, and says why. */
function withoutIdleFaults(choices: Choices, property: PropertyId): { choices: Choices; notes: readonly string[] } {
  if (experiment({ ...choices, faults: [] }, property).kind === 'refused') return { choices, notes: [] };
  const notes: string[] = [];
  const faults: FaultChoice[] = [];
  for (const fault of choices.faults) {
    const tried = experiment({ ...choices, faults: [...faults, fault] }, property);
    if (tried.kind === 'scenario') faults.push(fault);
    else notes.push(`${tried.why[0]?.toUpperCase()}${tried.why.slice(1)}.`);
  }
  return { choices: { ...choices, faults }, notes };
}

function made(setting: Setting, notes: readonly string[]): Turned {
  const result = systemOf(setting);
  return result.kind === 'refused' ? result : { kind: 'setting', setting, system: result.system, notes };
}

/** Only what was turned is changed, so that a heartbeat of "a third" stays one. */
function choicesWith(choices: Choices, knobs: Knobs): Choices {
  const now = knobsOfSetting({ kind: 'experiment', choices, property: ASKED_FIRST });
  const faults: FaultChoice[] = faultKinds.flatMap((kind) => {
    const atMost = knobs.faults[kind] ?? 0;
    if (atMost === 0) return [];
    const known = choices.faults.filter((fault) => fault.kind === kind);
    return known.length > 0 ? known.map((fault) => ({ ...fault, atMost })) : [{ kind, atMost }];
  });
  return {
    ...choices,
    lock: knobs.lock,
    // What one lock knows, another may refuse.
    options: knobs.lock === now.lock ? choices.options : {},
    clients: knobs.clients,
    ttl: knobs.ttl ?? choices.ttl,
    renew: knobs.renew === now.renew ? (knobs.renew === null ? 'none' : choices.renew) : (knobs.renew ?? 'none'),
    hold: knobs.work,
    fence: knobs.fence,
    release: knobs.release,
    network: knobs.network,
    faults,
  };
}

/** `knob=value` pairs; none for a demo as it was written. */
export function pairsOf(setting: Setting): readonly string[] {
  if (setting.kind === 'experiment') return choicesToQuery(setting.choices, setting.property).split('&');
  return setting.knobs === null ? [] : knobsToPairs(baseOf(setting), setting.knobs);
}

export function pathOf(setting: Setting): string {
  return setting.kind === 'experiment' ? '/demos/experiment' : `/demos/${setting.base.id}`;
}

export type FromSettingQuery =
  | { readonly kind: 'setting'; readonly setting: Setting }
  | { readonly kind: 'bad'; readonly why: string };

/** What an address asks for; `base` is the demo on whose page it was opened, null for the experiment. Asked where all locks are. */
export function settingFromQuery(base: Setting | null, query: DemoQuery): FromSettingQuery {
  let setting: Setting;
  if (base?.kind === 'scenario') {
    const read = knobsFromQuery(knobsOf(base.base), query);
    if (read.kind === 'bad') return read;
    setting = { ...base, knobs: read.knobs };
  } else {
    const read = choicesFromQuery(query);
    if (read.kind === 'bad') return read;
    setting = { kind: 'experiment', choices: read.choices, property: read.property };
  }
  const result = scenarioOf(setting);
  return result.kind === 'refused'
    ? { kind: 'bad', why: `The link asks for what does not go together: ${result.why}.` }
    : { kind: 'setting', setting };
}

/** The run that a system goes on with when it takes the place of another: the same trouble, and the same end of it. */
export function carriedOver(from: System, { trace, cursor }: Place, to: System): Place {
  const asOpened = sameScript(scriptOf(trace), scriptOf(firstTrace(from)));
  const next = asOpened ? firstTrace(to) : sameFaults(from, scheduleOf(from, trace), to).trace;
  const broken = next.violations[0];
  // Whoever stands at the start of a run that broke nothing has not seen what breaks this one.
  const stays = cursor === 0 && !(asOpened && trace.violations.length === 0 && broken);
  return { trace: next, cursor: stays ? 0 : broken ? broken.step + 1 : next.steps.length };
}

export function sameScript(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** What claims about it are searched on, where that is something smaller: a crowd has too many schedules. */
export function modelOf(setting: Setting): Setting | null {
  if (setting.kind === 'experiment') return null;
  const { knobs, model } = setting;
  if (knobs !== null) return knobs.clients > 4 ? { ...setting, model: null, knobs: { ...knobs, clients: 2 } } : null;
  return model && { kind: 'scenario', base: model, model: null, knobs: null };
}
