// The standard experiment: some clients each add one to a number, or book a seat, under a lock of your choice, while something goes
// wrong.
// From a few plain choices it makes a scenario, or says in one line why the choices make no sense together. The terminal,
// the matrix of all locks and the knobs of a demo all ask here, so that "redis, one pause, no fencing" is one thing.
import { backends } from './backends/index.ts';
import type { Choices } from './choices.ts';
import { comingBack, idleDetail, usualFault } from './experiment-faults.ts';
import { programsOf } from './experiment-program.ts';
import { idleFault } from './idle-faults.ts';
import { isCount, optionsOf } from './options.ts';
import { problems } from './problems.ts';
import { propertyById } from './properties/index.ts';
import { FOREVER } from './time.ts';
import type { Backend, BackendOptions, FaultKind, Ms, NodeId, PropertyId, Scenario } from './types.ts';

export { type Choices, USUAL } from './choices.ts';

export type Experiment =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'refused'; readonly why: string };

const NAMES: readonly NodeId[] = ['A', 'B', 'C', 'D'];

/** The scenario of these choices, expecting nothing but the property that is asked about. */
export function experiment(choices: Choices, property: PropertyId): Experiment {
  const backend = Object.hasOwn(backends, choices.lock) ? backends[choices.lock] : undefined;
  if (!backend) return refused(`there is no lock '${choices.lock}'; there are ${Object.keys(backends).join(', ')}`);
  const why = firstRefusal(choices, backend, property);
  if (why !== null) return refused(why);
  const scenario = scenarioOf(choices, backend, property);
  const nobody = scenario.faults.find(({ kind, targets }) => kind !== 'heal' && targets.length === 0);
  if (nobody) return refused(`'${backend.id}' has nothing that a ${nobody.kind} could strike`);
  const options = optionsOf(scenario, backend);
  const problem = problems(scenario)[0] ?? idleFault(scenario.faults, backend, options, Object.keys(scenario.clients));
  return problem === null ? { kind: 'scenario', scenario } : refused(problem);
}

function refused(why: string): Experiment {
  return { kind: 'refused', why };
}

function firstRefusal(choices: Choices, backend: Backend, property: PropertyId): string | null {
  const { clients, ttl, hold, renew, release, fence } = choices;
  if (!(isCount(clients) && clients >= 1 && clients <= NAMES.length)) return `clients must be 1 to ${NAMES.length}`;
  if (!(isCount(ttl) && ttl > 0)) return 'ttl must be whole milliseconds above 0';
  if (!isCount(hold)) return 'hold must be whole milliseconds';
  if (typeof renew === 'number' && !(isCount(renew) && renew > 0 && renew < ttl)) {
    return 'renew must be none, third, or whole milliseconds above 0 and below the ttl';
  }
  if (!(choices.bound === null || (isCount(choices.bound) && choices.bound > 0))) {
    return 'bound must be whole milliseconds above 0';
  }
  if (choices.options.network !== undefined) return 'the network is a choice of its own, and no option of the lock';
  if (!propertyById(property)) return `there is no property '${property}'`;
  const detail = choices.faults.map(idleDetail).find((why) => why !== null);
  if (detail !== undefined) return detail;
  const options = optionsOf(scenarioOf({ ...choices, faults: [] }, backend, property), backend);
  return (
    meaningless(property, backend, options) ?? unfitting({ renew: renew !== 'none', release, fence }, backend, options)
  );
}

/** Why this property says nothing about such a lock; null if it does. */
export function meaningless(property: PropertyId, backend: Backend, options: BackendOptions): string | null {
  const tokens = backend.tokens(options);
  if (backend.locks === false && ABOUT_LOCKS.includes(property)) {
    return `'${backend.id}' takes no lock, so '${property}' says nothing about it`;
  }
  if (property === 'external-consistency' && !backend.timestamps) {
    return `'${backend.id}' gives no timestamps, so 'external-consistency' says nothing about it`;
  }
  if (property === 'rising-tokens' && tokens === 'none') return `'${backend.id}' gives no tokens, so none can rise`;
  if (property === 'no-stale-write' && tokens !== 'rising') {
    return `'no-stale-write' is judged by tokens, and '${backend.id}' gives none that rise; ask for 'no-lost-update'`;
  }
  return null;
}

/** Why such a lock cannot be released, renewed or fenced in this way; null if it can. */
export function unfitting(
  { renew, release, fence }: { readonly renew: boolean } & Pick<Choices, 'release' | 'fence'>,
  backend: Backend,
  options: BackendOptions,
): string | null {
  if (release === 'blind' && !backend.knobs.includes('release')) {
    return `the service of '${backend.id}' frees a lock only for whoever holds it, so no release of it is blind`;
  }
  if (release === 'blind' && backend.defaults?.release === 'delete') {
    return `'${backend.id}' always deletes by name, and the name is that of one acquisition; 'blind' would change nothing`;
  }
  if (renew && (backend.locks === false || !backend.expires(options))) {
    return `'${backend.id}' has no lease or session to renew`;
  }
  if ((fence === 'writes' || fence === 'reads-and-writes') && backend.tokens(options) === 'unordered') {
    return `the tokens of '${backend.id}' have no order, so a resource cannot compare them`;
  }
  return null;
}

const ABOUT_LOCKS: readonly PropertyId[] = [
  'one-believer',
  'one-holder',
  'rising-tokens',
  'only-owner-releases',
  'nobody-stuck',
  'no-stale-write',
];

export function scenarioOf(choices: Choices, backend: Backend, property: PropertyId): Scenario {
  const names = NAMES.slice(0, choices.clients);
  const [, slowest] = choices.network;
  const doubtful = choices.faults.some(({ kind }) => SILENCING.includes(kind));
  const half = Math.max(1, Math.floor(choices.ttl / 2));
  const base: Scenario = {
    id: `${choices.lock} experiment`,
    title: backend.title,
    lesson: 'none',
    point: 'The standard experiment.',
    backend: backend.id,
    options: {
      retry: [half, half],
      ...idleTimeout(choices, backend),
      ...(choices.release === 'blind' ? { release: 'delete' as const } : {}),
      // Long enough for an answer that is merely slow.
      ...(doubtful ? { timeout: 2 * slowest + 2, onTimeout: 'ask-whose' as const } : {}),
      ...choices.options,
    },
    clients: {},
    resource: choices.fence,
    network: choices.network,
    linePace: [0, 0],
    faults: [],
    expect: { [property]: 'holds' },
    bounds: { states: choices.maxStates, depth: choices.maxStates, timing: choices.timing },
  };
  const options = optionsOf(base, backend);
  // What is promised across servers can only be broken across servers.
  const keys = property === 'external-consistency' ? (backend.keysApart?.(options) ?? []) : [];
  return {
    ...base,
    clients: programsOf(choices, backend, names, property, keys),
    within: choices.within ?? whileNothingIsWrong(choices, options),
    faults: comingBack(
      choices.faults,
      choices.faults.map((fault) => usualFault(fault, choices.ttl, backend, options, names)),
      backend.failover?.(options) ?? {},
    ),
  };
}

/**
 * Where a database only locks, what it guards goes on when its session is gone. That a session may idle for ever would hide it,
 * so one ends after the lease that was asked for, unless the asker says otherwise.
 */
function idleTimeout({ ttl, options }: Choices, backend: Backend): Partial<BackendOptions> {
  const outside = options.data === 'outside' && backend.locks !== false && backend.knobs.includes('idleTimeout');
  return outside && backend.defaults?.idleTimeout === undefined ? { idleTimeout: ttl } : {};
}

/** The options of the lock under these choices. */
export function optionsFor(choices: Choices, backend: Backend): BackendOptions {
  return optionsOf(scenarioOf({ ...choices, faults: [] }, backend, 'no-lost-update'), backend);
}

/** After these, an answer may never come. */
export const SILENCING: readonly FaultKind[] = [
  'loss',
  'partition',
  'crash',
  'failover',
  'wipe',
  'restart',
  'disconnect',
];

/** The longest that a sound lock of this kind keeps somebody waiting: a dead holder's lease, noticed late, asked for late. */
function whileNothingIsWrong({ ttl, hold, network, clients }: Choices, options: BackendOptions): Ms {
  const finite = (length: Ms) => (length >= FOREVER ? 0 : length);
  const service = options.lockDelay + options.grace + options.sweep + options.delayedRestart + options.election;
  const asking = 2 * options.retry[1] + 2 * finite(options.timeout) + 8 * network[1];
  return 2 * ttl + finite(options.idleTimeout) + service + asking + clients * hold;
}
