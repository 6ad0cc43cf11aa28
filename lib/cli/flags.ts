// From the words behind `npm run lab --` to choices that the engine understands. Whatever cannot be read is a `Mistake`, said
// in one line; whether the choices make sense together is for the engine to say.
import { parseArgs } from 'node:util';
import {
  backends,
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
  task: TEXT,
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

/** What each command listens to, beside the knobs; a flag that it would not hear is refused. */
const HEARD: { readonly [command: string]: { readonly rest: readonly string[]; readonly knobs: boolean } } = {
  list: { rest: [], knobs: false },
  matrix: { rest: [], knobs: false },
  check: { rest: ['property', 'timing', 'max-states'], knobs: true },
  run: { rest: ['property', 'seed', 'script'], knobs: true },
};
const SEVERAL = ['fault', 'option'];

export function readFlags(words: readonly string[], command = 'check'): Flags {
  const { values, positionals } = parsed(words);
  const task = oneOf('task', values.task, ['add', 'book']);
  refuseUnheard(command, Object.keys(values), positionals);
  refuseIdle(values);
  const adHoc = Object.keys(KNOBS).some((name) => name in values);
  const choices: Choices = {
    ...(task === undefined ? {} : { task }),
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
    options: options(values.option ?? []),
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
    const { values, positionals, tokens } = parseArgs({
      args: negativesJoined(words),
      options: { ...KNOBS, ...REST },
      allowPositionals: true,
      tokens: true,
    });
    const seen = new Set<string>();
    for (const token of tokens) {
      if (token.kind !== 'option' || SEVERAL.includes(token.name)) continue;
      if (seen.has(token.name)) throw new Mistake(`--${token.name} is there twice; say it once`);
      seen.add(token.name);
    }
    return { values, positionals };
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake((error as Error).message.split(/\. |\n/)[0]?.replace(/\.$/, ''));
  }
}

/** `--seed -1` is a number that is too small, and not two flags. */
function negativesJoined(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (/^-\d/.test(word) && before && /^--[a-z-]+$/.test(before)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

function refuseUnheard(command: string, given: readonly string[], named: readonly string[]): void {
  const heard = HEARD[command];
  if (!heard) return;
  const known = [...heard.rest, 'json', 'help', ...(heard.knobs ? Object.keys(KNOBS) : [])];
  const deaf = given.find((name) => !known.includes(name));
  if (deaf !== undefined) throw new Mistake(`lab ${command} does not know --${deaf}`);
  if (!heard.knobs && named.length > 0) throw new Mistake(`lab ${command} takes no name; '${named[0]}' is too many`);
}

/** What was said and could change nothing. */
function refuseIdle(values: ReturnType<typeof parsed>['values']): void {
  const lock = values.lock ?? USUAL.lock;
  const backend = Object.hasOwn(backends, lock) ? backends[lock] : undefined;
  if (values.release !== undefined && values.option?.some((text) => text.startsWith('release='))) {
    throw new Mistake('say --release or --option release=…, not both');
  }
  if (!backend) return;
  const idle = (names: readonly (keyof typeof values)[], why: string) => {
    const found = names.find((name) => values[name] !== undefined);
    if (found !== undefined) throw new Mistake(`${why}, so --${found} would change nothing`);
  };
  if (backend.locks === false) {
    idle(['margin', 'recheck', 'on-lost', 'patience', 'release'], `'${lock}' takes no lock`);
  } else if (NO_DEADLINE.includes(lock) || (lock === 'sql' && !values.option?.includes('data=outside'))) {
    idle(['margin', 'recheck'], `a holder of '${lock}' is told of no deadline`);
  }
}

/** Their clients are never told until when they may go on. */
const NO_DEADLINE = ['none', 'mutex'];

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

/** `pause:1`, `pause:1@A`, `pause:1@A,B=45`, `partition-in:1@A`, `clockRate:1@redis=3/2`. */
function fault(text: string): FaultChoice {
  const found = /^([A-Za-z]+?)(?:-(in|out))?:(\d{1,3})(?:@([\w.,-]+))?(?:=(-?\d{1,9})(?:\/(\d{1,9}))?)?$/.exec(text);
  if (!found) throw new Mistake(`--fault must look like pause:1, pause:1@A or pause:1@A,B=60, not '${text}'`);
  const [, kind, oneWay, atMost, whom, detail, per] = found;
  if (!faultKinds.includes(kind as FaultKind)) {
    throw new Mistake(`there is no fault '${kind}'; there are ${faultKinds.join(', ')}`);
  }
  const targets = whom?.split(',');
  if (targets?.includes('') || new Set(targets).size !== (targets?.length ?? 0)) {
    throw new Mistake(`--fault must name each target once, as in pause:1@A,B, not '${text}'`);
  }
  return {
    kind: kind as FaultKind,
    atMost: Number(atMost),
    ...(whom === undefined || !targets ? {} : { target: targets.length === 1 ? whom : targets }),
    ...(detail === undefined || per !== undefined ? {} : { lasts: Number(detail) }),
    ...(per === undefined ? {} : { rate: [Number(detail), Number(per)] as const }),
    ...(oneWay === undefined ? {} : { oneWay: oneWay as 'in' | 'out' }),
  };
}

function options(texts: readonly string[]): Choices['options'] {
  const pairs = texts.map(option);
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Mistake(`--option ${twice} is there twice; say it once`);
  return Object.fromEntries(pairs);
}

/** `replicas=5`, `elapsedCheck=false`, `retry=10-20`, `data=inside`, `idleTimeout=forever`. */
function option(text: string): readonly [string, unknown] {
  const found = /^([A-Za-z]+)=(.+)$/.exec(text);
  if (!found) throw new Mistake(`--option must look like replicas=5, not '${text}'`);
  const [, name = '', value = ''] = found;
  const range = /^(\d+)-(\d+)$/.exec(value);
  if (range) return [name, [Number(range[1]), Number(range[2])]];
  if (/^\d+$/.test(value)) return [name, Number(value)];
  if (value === 'forever') return [name, FOREVER];
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
