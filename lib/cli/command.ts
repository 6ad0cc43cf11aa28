// From choices back to the words at a terminal that make them: the inverse of flags.ts. With it every answer carries the question.
import { type Choices, type FaultChoice, FOREVER, type PropertyId, USUAL } from '#lib/lock/index.ts';

const START = 'npm run lab -- check';

/** What asks the same again; what is as usual is left out. */
export function commandOf(choices: Choices, property: PropertyId): string {
  const words = [START, '--lock', choices.lock];
  const say = (flag: string, text: (choices: Choices) => string) => {
    if (text(choices) !== text(USUAL)) words.push(`--${flag}`, text(choices));
  };
  say('clients', ({ clients }) => `${clients}`);
  say('task', ({ task }) => task ?? '');
  say('ttl', ({ ttl }) => `${ttl}`);
  say('hold', ({ hold }) => `${hold}`);
  say('renew', ({ renew }) => `${renew}`);
  say('release', ({ release }) => release);
  say('fence', ({ fence }) => fence);
  say('recheck', ({ recheck }) => (recheck ? 'yes' : 'no'));
  say('margin', ({ margin }) => `${margin}`);
  say('on-lost', ({ onLost }) => onLost);
  say('bound', ({ bound }) => `${bound}`);
  say('patience', ({ patience }) => length(patience));
  say('network', ({ network }) => network.join('-'));
  say('stagger', ({ stagger }) => `${stagger}`);
  say('within', ({ within }) => `${within}`);
  for (const fault of choices.faults) words.push('--fault', faultText(fault));
  for (const [name, value] of Object.entries(choices.options)) words.push('--option', `${name}=${optionText(value)}`);
  words.push('--property', property);
  say('timing', ({ timing }) => timing);
  say('max-states', ({ maxStates }) => `${maxStates}`);
  return words.join(' ');
}

/** The same for a scenario of the course. */
export function commandOn(scenario: string, property: PropertyId, timing: string, states: number): string {
  return `${START} ${scenario} --property ${property} --timing ${timing} --max-states ${states}`;
}

function length(ms: number): string {
  return ms >= FOREVER ? 'forever' : `${ms}`;
}

function faultText({ kind, atMost, target, lasts, rate, oneWay }: FaultChoice): string {
  const way = oneWay === undefined ? '' : `-${oneWay}`;
  const whom = target === undefined ? '' : `@${typeof target === 'string' ? target : target.join(',')}`;
  const detail = rate?.join('/') ?? lasts;
  return `${kind}${way}:${atMost}${whom}${detail === undefined ? '' : `=${detail}`}`;
}

function optionText(value: unknown): string {
  if (Array.isArray(value)) return value.join('-');
  return typeof value === 'number' ? length(value) : String(value);
}
