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
  replication: [1, 5],
  elapsedCheck: true,
  driftAllowance: 0,
  durable: true,
  delayedRestart: 0,
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
  recheckOwnKey: true,
  token: 'none',
};

export function optionsOf(scenario: Scenario, backend: Backend): BackendOptions {
  return { ...DEFAULTS, network: scenario.network, ...backend.defaults, ...scenario.options };
}

/** What is wrong with the options themselves, whatever the scenario does with them. */
export function optionProblems(options: BackendOptions): string[] {
  const found: string[] = [];
  for (const name of ['network', 'retry', 'replication'] as const) {
    if (!isWindow(options[name])) found.push(`${name} must be whole milliseconds, earliest before latest`);
  }
  for (const name of LENGTHS) if (!isCount(options[name])) found.push(`${name} must be whole milliseconds, 0 or more`);
  if (!(isCount(options.replicas) && options.replicas > 0)) found.push('replicas must be a whole number above 0');
  if (!isCount(options.waitFor)) found.push('waitFor must be a whole number, 0 or more');
  return found;
}

const LENGTHS = [
  'timeout',
  'driftAllowance',
  'delayedRestart',
  'sweep',
  'lockDelay',
  'grace',
  'renewDeadline',
  'idleTimeout',
  'clockUncertainty',
] as const;

export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

export function isWindow([earliest, latest]: Window): boolean {
  return isCount(earliest) && isCount(latest) && earliest <= latest;
}
