// A demo's state in the address: `?moves=14n.3.2n.5~1.9n&sum=3fa9c1&at=12`. Most of a run is its quiet course, so `14n` stands
// for fourteen natural moves; `3` is move number 3 of those on offer, `~1` a millisecond later than it could be. The index alone would
// open another picture after a change to the engine, so `sum` must agree with what the moves lead to.
// Whoever opens the address may have written it by hand: everything is bounded, and a bad one is a value with a sentence.
import {
  apply,
  type Move,
  moves,
  natural,
  type System,
  scriptOf,
  start,
  type Trace,
  traceHash,
  type World,
} from '#lib/lock/index.ts';
import { exactly, firstTrace, MAX_STEPS } from './trace-of.ts';

export type DemoQuery = { readonly [key: string]: string | readonly string[] | undefined };
export type FromUrl =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'place'; readonly trace: Trace; readonly cursor: number }
  | { readonly kind: 'bad'; readonly why: string };

const MAX_CHARS = 6000;
const TOO_LONG = 'The link is too long to be one of ours.';
const UNREADABLE = 'The moves in the link cannot be read.';
const OTHER_RUN = 'The link was made with another version of this demo, and its moves lead somewhere else now.';
const NO_MOMENT = 'The link names a moment that this run does not have.';

/** `?…` for this place, or '' for the demo as it opens by itself. */
export function toQuery(system: System, trace: Trace, cursor: number): string {
  const pairs: string[] = [];
  if (!sameScript(scriptOf(trace), scriptOf(firstTrace(system)))) {
    pairs.push(`moves=${encode(system, trace)}`, `sum=${sumOf(trace)}`);
  }
  pairs.push(`at=${cursor}`);
  return `?${pairs.join('&')}`;
}

export function fromQuery(system: System, query: DemoQuery): FromUrl {
  const [list, sum, at] = [query.moves, query.sum, query.at];
  if (list === undefined && sum === undefined && at === undefined) return { kind: 'nothing' };
  if (typeof list === 'object' || typeof sum === 'object' || typeof at === 'object') return bad(UNREADABLE);
  let trace: Trace | null = null;
  if (list === undefined) trace = firstTrace(system);
  else {
    if (list.length > MAX_CHARS) return bad(TOO_LONG);
    const script = decode(system, list);
    if (script === null) return bad(UNREADABLE);
    trace = exactly(system, script);
    if (trace === null) return bad(UNREADABLE);
    if (sum !== sumOf(trace)) return bad(OTHER_RUN);
  }
  if (at === undefined) return { kind: 'place', trace, cursor: trace.steps.length };
  if (!/^\d{1,5}$/.test(at) || Number(at) > trace.steps.length) return bad(NO_MOMENT);
  return { kind: 'place', trace, cursor: Number(at) };
}

export function sumOf(trace: Trace): string {
  return traceHash(trace).slice(0, 8);
}

function encode(system: System, trace: Trace): string {
  const parts: string[] = [];
  let quiet = 0;
  let world = trace.start;
  const flush = () => {
    if (quiet > 0) parts.push(`${quiet}n`);
    quiet = 0;
  };
  for (const step of trace.steps) {
    const offered = moves(system, world);
    const usual = natural().pick(offered, world);
    if (usual && usual.move.label === step.move.label && usual.at.$at === step.at.$at) quiet += 1;
    else {
      flush();
      const index = offered.findIndex(({ label }) => label === step.move.label);
      const wait = step.at.$at - step.move.window[0].$at;
      parts.push(wait > 0 ? `${index}~${wait}` : `${index}`);
    }
    world = step.world;
  }
  flush();
  return parts.join('.');
}

/** The script that the parts stand for; null if one of them cannot be read or is not on offer. */
function decode(system: System, text: string): readonly string[] | null {
  const script: string[] = [];
  let world = start(system);
  const make = (move: Move, at: number): void => {
    const earliest = move.window[0].$at;
    script.push(at === earliest ? move.label : `${move.label} @ ${at}`);
    world = apply(system, world, move, { $at: at }).world;
  };
  for (const part of text === '' ? [] : text.split('.')) {
    const quiet = /^([1-9]\d{0,3})n$/.exec(part);
    const chosen = /^(0|[1-9]\d{0,3})(?:~([1-9]\d{0,6}))?$/.exec(part);
    const times = quiet ? Number(quiet[1]) : 1;
    if ((!quiet && !chosen) || script.length + times > MAX_STEPS) return null;
    for (let n = 0; n < times; n += 1) {
      const choice = quiet ? pickNatural(system, world) : pickChosen(system, world, chosen as RegExpExecArray);
      if (!choice) return null;
      make(choice.move, choice.at);
    }
  }
  return script;
}

type Choice = { readonly move: Move; readonly at: number };

function pickNatural(system: System, world: World): Choice | null {
  const choice = natural().pick(moves(system, world), world);
  return choice && { move: choice.move, at: choice.at.$at };
}

function pickChosen(system: System, world: World, [, index, wait]: RegExpExecArray): Choice | null {
  const move = moves(system, world)[Number(index)];
  if (!move) return null;
  const at = move.window[0].$at + Number(wait ?? 0);
  return at <= move.window[1].$at ? { move, at } : null;
}

function bad(why: string): FromUrl {
  return { kind: 'bad', why };
}

function sameScript(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
