// The standard experiment in an address: `lock=redlock&ttl=20&faults=pause:1@A,clockJump:1@r3=40&property=one-believer`. The words are
// those of `npm run lab`, and what is as usual is left out. Whoever opens an address may have written it by hand: every length
// is bounded, and what cannot be read is a value with a sentence. Whether the choices make sense together the engine says.
import {
  type Choices,
  compile,
  experiment,
  type FaultChoice,
  FOREVER,
  faultKinds,
  lockIds,
  type Ms,
  type PropertyId,
  propertyById,
  USUAL,
  type Window,
} from '#lib/lock/index.ts';
import { type DemoQuery, toQuery } from './demo-url.ts';
import { exactly } from './trace-of.ts';

export type FromChoicesQuery =
  | { readonly kind: 'choices'; readonly choices: Choices; readonly property: PropertyId }
  | { readonly kind: 'bad'; readonly why: string };

/** What an address that names no property is about. */
export const ASKED_FIRST: PropertyId = 'no-lost-update';

/** A run of a browser must end soon, and so must a search: these are far beyond what shows anything. */
export const MOST = { clients: 4, lengthMs: 60_000, networkMs: 2000, faults: 9, states: 2_000_000 } as const;
const MOST_CHARS = 600;

/** `lock=…&property=…`, without a question mark. */
export function choicesToQuery(choices: Choices, property: PropertyId): string {
  const pairs: string[] = [`lock=${choices.lock}`];
  const say = (name: keyof Choices, text: (choices: Choices) => string) => {
    if (text(choices) !== text(USUAL)) pairs.push(`${name}=${text(choices)}`);
  };
  if (choices.task) pairs.push(`task=${choices.task}`);
  say('clients', ({ clients }) => `${clients}`);
  say('ttl', ({ ttl }) => `${ttl}`);
  say('hold', ({ hold }) => `${hold}`);
  say('renew', ({ renew }) => `${renew}`);
  say('release', ({ release }) => release);
  say('fence', ({ fence }) => fence);
  say('recheck', ({ recheck }) => (recheck ? 'yes' : 'no'));
  say('margin', ({ margin }) => lengthText(margin));
  say('onLost', ({ onLost }) => onLost);
  say('bound', ({ bound }) => lengthText(bound));
  say('patience', ({ patience }) => lengthText(patience));
  say('network', ({ network }) => network.join('-'));
  say('stagger', ({ stagger }) => `${stagger}`);
  say('faults', ({ faults }) => faults.map(faultText).join(','));
  say('within', ({ within }) => lengthText(within));
  say('options', ({ options }) => Object.entries(options).map(optionText).join(','));
  say('timing', ({ timing }) => timing);
  say('maxStates', ({ maxStates }) => `${maxStates}`);
  pairs.push(`property=${property}`);
  return pairs.join('&');
}

/** Where these choices can be looked at; with a script, at the end of the run that it leads to. */
export function experimentLink(choices: Choices, property: PropertyId, script: readonly string[] | null): string {
  const address = `/demos/experiment?${choicesToQuery(choices, property)}`;
  const made = script === null ? null : experiment(choices, property);
  if (script === null || made?.kind !== 'scenario') return address;
  const system = compile(made.scenario);
  const trace = exactly(system, script);
  return trace ? `${address}&${toQuery(system, trace, trace.steps.length).slice(1)}` : address;
}

export function choicesFromQuery(query: DemoQuery): FromChoicesQuery {
  const problems: string[] = [];
  const refuse = (sentence: string): null => {
    problems.push(sentence);
    return null;
  };
  const textOf = (name: string): string | null => {
    const value = query[name];
    if (value === undefined) return null;
    if (typeof value !== 'string') return refuse(`The link says “${name}” twice.`);
    if (value.length > MOST_CHARS) return refuse(`What the link says for “${name}” is too long.`);
    return value;
  };
  const read = <T>(name: string, usual: T, reader: (text: string) => T | null, form: string): T => {
    const text = textOf(name);
    if (text === null) return usual;
    const value = reader(text);
    if (value !== null) return value;
    refuse(`The link’s “${name}” must be ${form}.`);
    return usual;
  };
  const word = <T extends string>(name: string, usual: T, words: readonly T[]): T =>
    read(name, usual, (text) => words.find((one) => one === text) ?? null, listed(words));
  const whole = (name: string, usual: number, least: number, most: number): number =>
    read(name, usual, wholeIn(least, most), `a whole number from ${least} to ${grouped(most)}`);
  const length = (name: string, usual: Ms, least: Ms): Ms => whole(name, usual, least, MOST.lengthMs);
  const maybe = (name: string, usual: Ms | null, least: Ms): Ms | null =>
    read<Ms | null>(name, usual, wholeIn(least, MOST.lengthMs), `${least} to ${grouped(MOST.lengthMs)} milliseconds`);

  /** Eighteen names would not help anybody who meant one of them; the knobs offer them by their titles. */
  const lockIn = (text: string | null): string | null =>
    text === null || lockIds.includes(text) ? text : refuse(noSuchLock(text));

  const task = read<Choices['task'] | null>(
    'task',
    null,
    (text) => (['add', 'book'] as const).find((one) => one === text) ?? null,
    'add or book',
  );
  const choices: Choices = {
    ...(task ? { task } : {}),
    lock: lockIn(textOf('lock')) ?? USUAL.lock,
    clients: whole('clients', USUAL.clients, 1, MOST.clients),
    ttl: length('ttl', USUAL.ttl, 1),
    hold: length('hold', USUAL.hold, 0),
    renew: read<Choices['renew']>(
      'renew',
      USUAL.renew,
      (text) => (text === 'none' || text === 'third' ? text : wholeIn(1, MOST.lengthMs)(text)),
      'none, third, or milliseconds',
    ),
    release: word('release', USUAL.release, ['safe', 'blind']),
    fence: word('fence', USUAL.fence, ['none', 'writes', 'reads-and-writes', 'compare']),
    recheck: word('recheck', 'yes', ['yes', 'no']) === 'yes',
    margin: maybe('margin', USUAL.margin, 0),
    onLost: word('onLost', USUAL.onLost, ['stop', 'ignore']),
    bound: maybe('bound', USUAL.bound, 1),
    patience: read('patience', USUAL.patience, lengthOrForever, 'milliseconds or forever'),
    network: read('network', USUAL.network, windowIn(MOST.networkMs), `a range such as 1-2, up to ${MOST.networkMs}`),
    stagger: length('stagger', USUAL.stagger, 0),
    faults: read('faults', USUAL.faults, listOf(faultFrom), 'a list such as pause:1@A,crash:1'),
    within: maybe('within', USUAL.within, 0),
    options: read('options', USUAL.options, optionsFrom, 'a list such as replicas:5,durable:false'),
    timing: word('timing', USUAL.timing, ['earliest', 'corners', 'every-ms']),
    maxStates: whole('maxStates', USUAL.maxStates, 1, MOST.states),
  };
  const property = read(
    'property',
    ASKED_FIRST,
    (text) => (propertyById(text) ? text : null),
    'the name of a property that the engine knows',
  );
  const [why] = problems;
  return why === undefined ? { kind: 'choices', choices, property } : { kind: 'bad', why };
}

function lengthText(length: Ms | null): string {
  return length === null ? 'none' : length >= FOREVER ? 'forever' : `${length}`;
}

/** The whole number that a text is, if it lies within. */
export function wholeIn(least: number, most: number) {
  return (text: string): number | null => {
    if (!/^(0|[1-9]\d{0,8})$/.test(text)) return null;
    const value = Number(text);
    return value >= least && value <= most ? value : null;
  };
}

function lengthOrForever(text: string): Ms | null {
  return text === 'forever' ? FOREVER : wholeIn(0, MOST.lengthMs)(text);
}

export function windowIn(most: Ms) {
  return (text: string): Window | null => {
    const [from, to, ...rest] = text.split('-').map(wholeIn(0, most));
    if (from === null || to === null || from === undefined || to === undefined || rest.length > 0) return null;
    return from <= to ? [from, to] : null;
  };
}

/** One line, whatever was typed: what could be a name is said back. */
export function noSuchLock(text: string): string {
  if (text === '') return 'The link names no lock.';
  const isName = /^[\w-]{1,24}$/.test(text);
  return `The link asks for a lock ${isName ? `called “${text}”, and there is none` : 'that does not exist'}.`;
}

function listOf<T>(reader: (text: string) => T | null) {
  return (text: string): readonly T[] | null => {
    if (text === '') return [];
    const items = text.split(',').map(reader);
    const read = items.filter((item) => item !== null);
    return read.length === items.length ? read : null;
  };
}

/** `pause:1`, `pause:1@A`, `pause:1@A~B=45`, `partition-in:1@A`, `clockRate:1@redis=3/2`. */
function faultText({ kind, oneWay, atMost, target, lasts, rate }: FaultChoice): string {
  const way = oneWay === undefined ? '' : `-${oneWay}`;
  const whom = target === undefined ? '' : `@${typeof target === 'string' ? target : target.join('~')}`;
  const detail = rate?.join('/') ?? lasts;
  return `${kind}${way}:${atMost}${whom}${detail === undefined ? '' : `=${detail}`}`;
}

function faultFrom(text: string): FaultChoice | null {
  const found =
    /^([A-Za-z]{1,20}?)(?:-(in|out))?:(\d)(?:@([\w.~-]{1,99}))?(?:=(-?\d{1,5})(?:\/([1-9]\d{0,2}))?)?$/.exec(text);
  const kind = faultKinds.find((one) => one === found?.[1]);
  if (!found || kind === undefined) return null;
  const [, , oneWay, atMost, whom, detail, per] = found;
  const rate = per === undefined ? undefined : ([Number(detail), Number(per)] as const);
  const lasts = per === undefined ? detail : undefined;
  const target = whom?.includes('~') ? whom.split('~') : whom;
  if (rate && !(rate[0] > 0)) return null;
  if (lasts !== undefined && (Math.abs(Number(lasts)) > MOST.lengthMs || `${Number(lasts)}` !== lasts)) return null;
  return {
    kind,
    atMost: Number(atMost),
    ...(target === undefined ? {} : { target }),
    ...(lasts === undefined ? {} : { lasts: Number(lasts) }),
    ...(rate === undefined ? {} : { rate }),
    ...(oneWay === 'in' || oneWay === 'out' ? { oneWay } : {}),
  };
}

/** `replicas:5`, `elapsedCheck:false`, `retry:10-20`, `data:inside`, `timeout:forever`. */
function optionText([name, value]: readonly [string, unknown]): string {
  if (Array.isArray(value)) return `${name}:${value.join('-')}`;
  return `${name}:${typeof value === 'number' ? lengthText(value) : String(value)}`;
}

/** Which names and values there are the engine says; here only the form is looked at. */
function optionsFrom(text: string): Choices['options'] | null {
  const pairs = listOf((part) => {
    const found = /^([A-Za-z]{1,24}):([A-Za-z-]{1,30}|\d[\d-]{0,20})$/.exec(part);
    if (!found) return null;
    const [, name = '', value = ''] = found;
    if (value === 'true' || value === 'false') return [name, value === 'true'] as const;
    if (!/^\d/.test(value)) return [name, value === 'forever' ? FOREVER : value] as const;
    const read = value.includes('-') ? windowIn(MOST.lengthMs)(value) : wholeIn(0, MOST.lengthMs)(value);
    return read === null ? null : ([name, read] as const);
  })(text);
  if (pairs === null || new Set(pairs.map(([name]) => name)).size < pairs.length) return null;
  return Object.fromEntries(pairs);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export function grouped(n: number): string {
  return n.toLocaleString('en-US');
}
