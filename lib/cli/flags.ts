// From the words behind `npm run lab --` to choices that the engine understands. Whatever cannot be read is a `Mistake`, said
// in one line; whether the choices make sense together is for the engine to say.
import { parseArgs } from 'node:util';
import {
  type Choices,
  type FaultChoice,
  type FaultKind,
  FOREVER,
  faultKinds,
  type Timing,
  USUAL,
} from '#lib/lock/index.ts';

/** Something that the person at the terminal can mend; its message is the one line that they see. */
export class Mistake extends Error {}

export type Print = (line: string) => void;

export type Flags = {
  readonly choices: Choices;
  readonly property: string | null;
  readonly json: boolean;
  readonly seed: number | null;
  readonly script: readonly string[] | null;
  /** What was asked for by position, such as the name of a scenario. */
  readonly named: readonly string[];
  /** Was any knob of the experiment turned? Then there is no scenario to take from the list. */
  readonly adHoc: boolean;
  readonly given: ReadonlySet<string>;
};

const TEXT = { type: 'string' } as const;
const KNOBS = {
  lock: TEXT,
  clients: TEXT,
  ttl: TEXT,
  hold: TEXT,
  renew: TEXT,
  release: TEXT,
  fence: TEXT,
  recheck: TEXT,
  margin: TEXT,
  'on-lost': TEXT,
  bound: TEXT,
  patience: TEXT,
  network: TEXT,
  stagger: TEXT,
  within: TEXT,
  fault: { type: 'string', multiple: true },
  option: { type: 'string', multiple: true },
} as const;
const REST = {
  property: TEXT,
  timing: TEXT,
  'max-states': TEXT,
  seed: TEXT,
  script: TEXT,
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

export function readFlags(words: readonly string[]): Flags {
  const { values, positionals } = parsed(words);
  const adHoc = Object.keys(KNOBS).some((name) => name in values);
  const choices: Choices = {
    lock: values.lock ?? USUAL.lock,
    clients: wholeNumber('clients', values.clients) ?? USUAL.clients,
    ttl: wholeNumber('ttl', values.ttl) ?? USUAL.ttl,
    hold: wholeNumber('hold', values.hold) ?? USUAL.hold,
    renew: renewal(values.renew),
    release: oneOf('release', values.release, ['safe', 'blind']) ?? USUAL.release,
    fence: oneOf('fence', values.fence, ['none', 'writes', 'reads-and-writes', 'compare']) ?? USUAL.fence,
    recheck: (oneOf('recheck', values.recheck, ['yes', 'no']) ?? 'yes') === 'yes',
    margin: wholeNumber('margin', values.margin) ?? null,
    onLost: oneOf('on-lost', values['on-lost'], ['stop', 'ignore']) ?? USUAL.onLost,
    bound: wholeNumber('bound', values.bound) ?? null,
    patience: values.patience === 'forever' ? FOREVER : (wholeNumber('patience', values.patience) ?? USUAL.patience),
    network: network(values.network),
    stagger: wholeNumber('stagger', values.stagger) ?? USUAL.stagger,
    within: wholeNumber('within', values.within) ?? null,
    faults: (values.fault ?? []).map(fault),
    options: Object.fromEntries((values.option ?? []).map(option)),
    timing: oneOf<Timing>('timing', values.timing, ['every-ms', 'corners', 'earliest']) ?? USUAL.timing,
    maxStates: wholeNumber('max-states', values['max-states']) ?? USUAL.maxStates,
  };
  return {
    choices,
    property: values.property ?? null,
    json: values.json ?? false,
    seed: wholeNumber('seed', values.seed) ?? null,
    script: values.script === undefined ? null : script(values.script),
    named: positionals,
    adHoc,
    given: new Set(Object.keys(values)),
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: { ...KNOBS, ...REST }, allowPositionals: true });
  } catch (error) {
    throw new Mistake((error as Error).message.split('. ')[0]);
  }
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Mistake(`--${name} must be a whole number, not '${text}'`);
  return Number(text);
}

function oneOf<T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new Mistake(`--${name} must be ${allowed.join(' or ')}, not '${text}'`);
  return found;
}

function renewal(text: string | undefined): Choices['renew'] {
  if (text === undefined) return USUAL.renew;
  if (text === 'none' || text === 'third') return text;
  if (!/^\d{1,9}$/.test(text)) throw new Mistake(`--renew must be none, third or whole milliseconds, not '${text}'`);
  return Number(text);
}

function network(text: string | undefined): Choices['network'] {
  if (text === undefined) return USUAL.network;
  const range = /^(\d{1,6})-(\d{1,6})$/.exec(text);
  if (!range || Number(range[1]) > Number(range[2])) {
    throw new Mistake(`--network must be a range of milliseconds such as 1-2, not '${text}'`);
  }
  return [Number(range[1]), Number(range[2])];
}

/** `pause:1`, `pause:1@A`, `pause:1@A=45`, `partition-in:1@A`. */
function fault(text: string): FaultChoice {
  const found = /^([A-Za-z]+?)(?:-(in|out))?:(\d{1,3})(?:@([\w.-]+))?(?:=(-?\d{1,9}))?$/.exec(text);
  if (!found) throw new Mistake(`--fault must look like pause:1, pause:1@A or pause:1@A=60, not '${text}'`);
  const [, kind, oneWay, atMost, target, lasts] = found;
  if (!faultKinds.includes(kind as FaultKind)) {
    throw new Mistake(`there is no fault '${kind}'; there are ${faultKinds.join(', ')}`);
  }
  return {
    kind: kind as FaultKind,
    atMost: Number(atMost),
    ...(target === undefined ? {} : { target }),
    ...(lasts === undefined ? {} : { lasts: Number(lasts) }),
    ...(oneWay === undefined ? {} : { oneWay: oneWay as 'in' | 'out' }),
  };
}

/** `replicas=5`, `elapsedCheck=false`, `retry=10-20`, `data=inside`. */
function option(text: string): readonly [string, unknown] {
  const found = /^([A-Za-z]+)=(.+)$/.exec(text);
  if (!found) throw new Mistake(`--option must look like replicas=5, not '${text}'`);
  const [, name = '', value = ''] = found;
  const range = /^(\d+)-(\d+)$/.exec(value);
  if (range) return [name, [Number(range[1]), Number(range[2])]];
  if (/^\d+$/.test(value)) return [name, Number(value)];
  return [name, value === 'true' ? true : value === 'false' ? false : value];
}

/** A list as JSON, as `check --json` prints it, or one label a line. */
function script(text: string): readonly string[] {
  if (!text.trimStart().startsWith('[')) return text.split('\n').filter((line) => line.trim() !== '');
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((line) => typeof line === 'string')) return list;
  } catch {
    // Said below.
  }
  throw new Mistake('--script must be a JSON list of labels, or one label a line');
}
