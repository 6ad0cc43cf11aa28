// The knobs of the lock backends: what they are when nobody turns them, and which values make no sense.
// A backend may have other defaults (`Backend.defaults`), and a scenario has the last word.
import { FOREVER } from './time.ts';
import type { Backend, BackendOptions, Scenario, Window } from './types.ts';

const DEFAULTS: Omit<BackendOptions, 'network'> = {
  release: 'compare-and-delete',
  retry: [10, 10],
  timeout: FOREVER,
  onTimeout: 'give-up',
  replicas: 1,
  waitFor: 0,
  waitTimeout: 10,
  replication: [1, 5],
  elapsedCheck: true,
  driftAllowance: 0,
  durable: true,
  delayedRestart: 0,
  election: 0,
  sweep: 0,
  lockDelay: 0,
  grace: 0,
  renewDeadline: FOREVER,
  data: 'outside',
  rowLock: 'for-update',
  whenLocked: 'wait',
  idleTimeout: FOREVER,
  clockUncertainty: 0,
  commitWait: true,
  beginsFirst: false,
  recheckOwnKey: true,
  token: 'none',
};

export function optionsOf(scenario: Scenario, backend: Backend): BackendOptions {
  return { ...DEFAULTS, network: scenario.network, ...backend.defaults, ...scenario.options };
}

/** Those that belong to a client of any lock, whether or not this one ever has to wait or to ask again. */
const COMMON: readonly (keyof BackendOptions)[] = ['network', 'retry', 'timeout', 'onTimeout'];

/** Does any part of this lock read this option? */
export function understands({ knobs }: Backend, name: string): boolean {
  return [...COMMON, ...knobs].some((knob) => knob === name);
}

/** A knob that nothing reads would let a search say "holds" about something that was never modelled. */
export function knobProblems(chosen: Partial<BackendOptions>, backend: Backend): string[] {
  const { id, knobs, defaults } = backend;
  const usual: { readonly [name: string]: unknown } = { ...DEFAULTS, ...defaults };
  return Object.entries(chosen).flatMap(([name, value]) => {
    if (understands(backend, name) || value === usual[name]) return [];
    const has = knobs.length === 0 ? 'no knob of its own' : `only ${knobs.join(', ')}`;
    return [`'${id}' does not know the option '${name}'; it has ${has}`];
  });
}

/** What each knob may be: a window, a length in whole milliseconds, a count (from 1 or from 0), a switch, or one of some words. */
const KINDS: { readonly [name in keyof BackendOptions]: Kind } = {
  network: 'window',
  release: ['compare-and-delete', 'delete'],
  retry: 'window',
  timeout: 'length',
  onTimeout: ['give-up', 'ask-again', 'ask-whose'],
  replicas: 'some',
  waitFor: 'count',
  waitTimeout: 'length',
  replication: 'window',
  elapsedCheck: 'switch',
  driftAllowance: 'length',
  durable: 'switch',
  delayedRestart: 'length',
  election: 'length',
  sweep: 'length',
  lockDelay: 'length',
  grace: 'length',
  renewDeadline: 'length',
  data: ['inside', 'outside'],
  rowLock: ['for-update', 'advisory-session', 'advisory-transaction'],
  whenLocked: ['wait', 'nowait', 'skip-locked'],
  idleTimeout: 'length',
  clockUncertainty: 'length',
  commitWait: 'switch',
  beginsFirst: 'switch',
  token: ['none', 'record-version', 'counter'],
  recheckOwnKey: 'switch',
};
type Kind = 'window' | 'length' | 'some' | 'count' | 'switch' | readonly string[];

/** What is wrong with the options themselves, whatever the scenario does with them. They may come from outside. */
export function optionProblems(options: { readonly [name: string]: unknown }): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const kind: Kind | undefined = Object.hasOwn(KINDS, name) ? KINDS[name as keyof BackendOptions] : undefined;
    if (kind === undefined) return [`there is no option '${name}'; there are ${Object.keys(KINDS).join(', ')}`];
    const wrong = wrongFor(kind, value);
    return wrong === null ? [] : [`${name} must be ${wrong}`];
  });
}

function wrongFor(kind: Kind, value: unknown): string | null {
  switch (kind) {
    case 'window':
      return isWindow(value) ? null : 'whole milliseconds, earliest before latest, such as 10-20';
    case 'length':
      return isCount(value) ? null : 'whole milliseconds, 0 or more';
    case 'some':
      return isCount(value) && value > 0 && value <= 9 ? null : 'a whole number from 1 to 9';
    case 'count':
      return isCount(value) ? null : 'a whole number, 0 or more';
    case 'switch':
      return typeof value === 'boolean' ? null : 'true or false';
    default:
      return kind.some((one) => one === value) ? null : kind.join(' or ');
  }
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isWindow(value: unknown): value is Window {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [earliest, latest] = value;
  return isCount(earliest) && isCount(latest) && earliest <= latest;
}
