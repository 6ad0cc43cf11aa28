// Which cure stops which failure (locks.md 0.6), computed. Each cure changes the failure's experiment in one respect. It stops the
// bad outcome when no schedule reaches it any more; it makes it rarer when random schedules meet it clearly less often, and
// that is all that a schedule drawn by lot can say. A test compares the table with the fact sheet's.
import {
  backends,
  type Choices,
  check,
  compile,
  experiment,
  type FaultChoice,
  type PropertyId,
  run,
  type Scenario,
  seeded,
  understands,
} from '#lib/lock/index.ts';
import type { Failure } from './failures.ts';

/** '+' stops it, '~' makes it rarer, '-' does not help; 'refused' if cure and failure cannot be put together, with the reason. */
export type Effect = '+' | '~' | '-';
export type Cell =
  | { readonly kind: 'computed'; readonly effect: Effect; readonly bounded: boolean }
  | { readonly kind: 'refused'; readonly why: string };

export type Cure = {
  readonly title: string;
  readonly apply: (failing: Choices, failure: Failure) => Choices;
};

export const cures: readonly Cure[] = [
  {
    title: 'Shorter TTL + renewal',
    apply: (failing) => ({ ...failing, ttl: 15, renew: 'third', options: { retry: [15, 15], ...failing.options } }),
  },
  { title: 'Longer TTL', apply: (failing) => ({ ...failing, ttl: 2 * failing.ttl }) },
  { title: 'Re-check just before the write', apply: (failing) => ({ ...failing, recheck: true }) },
  {
    title: 'Unique value + compare-and-delete',
    apply: (failing) => ({ ...failing, release: 'safe', options: { ...failing.options, onTimeout: 'ask-whose' } }),
  },
  {
    title: '`WAIT` / synchronous replica check',
    apply: (failing) =>
      failing.lock === 'redis' || failing.lock === 'redis-replica'
        ? { ...failing, lock: 'redis-replica', options: { ...failing.options, waitFor: 1 } }
        : failing,
  },
  { title: 'Redlock instead of one node', apply: (failing) => withLock(failing, 'redlock', { replicas: 3 }) },
  { title: 'Consensus store (ZooKeeper, etcd, Consul)', apply: (failing) => withLock(failing, 'etcd', {}) },
  { title: 'Lock-delay', apply: (failing) => withLock(failing, 'consul', { lockDelay: failing.ttl }) },
  { title: 'Fencing, check only (token < max refused)', apply: (failing) => ({ ...failing, fence: 'writes' }) },
  { title: 'Fencing, seal before read', apply: (failing) => ({ ...failing, fence: 'reads-and-writes' }) },
  {
    title: 'Lock and data in one transaction',
    apply: (failing) => withLock({ ...failing, fence: 'none' }, 'sql', { data: 'inside' }),
  },
  {
    title: 'Unique key or conditional update in the resource',
    apply: (failing, { id }) =>
      withLock({ ...failing, fence: 'none' }, id === 'F17' ? 'unique-constraint' : 'conditional-update', {}),
  },
  { title: 'Idempotency key', apply: (failing) => withLock({ ...failing, fence: 'none' }, 'idempotency-key', {}) },
];

/** The same trouble for another kind of lock: its own nodes, and of its own kind where one node of many was lost. */
function withLock(failing: Choices, lock: string, options: Choices['options']): Choices {
  const { replicas: _nodes, ...others } = failing.options;
  const kept = Object.fromEntries(Object.entries(others).filter(([name]) => understands(backends[lock]!, name)));
  const quorum = lock === 'etcd' || lock === 'consul';
  const nodeLost = failing.faults.some(({ kind }) => kind === 'restart' || kind === 'wipe');
  const faults: readonly FaultChoice[] =
    quorum && nodeLost
      ? [{ kind: 'failover', atMost: 1 }]
      : failing.faults.map(({ target: _node, ...fault }) => fault as FaultChoice);
  return { ...failing, lock, release: 'safe', renew: failing.renew, faults, options: { ...kept, ...options } };
}

/** A cure that withstands so many states without an end in sight is judged by the random runs. */
const ENOUGH = 60_000;
const RUNS = 300;
const FAULT_ODDS = 0.06;
/** Below this share of the bad runs that there were without it, a cure is said to make them rarer. */
const CLEARLY_RARER = 0.8;

export function effectOf(cure: Cure, failure: Failure): Cell {
  const bad = failure.harms ?? failure.breaks;
  const cured = experiment({ ...cure.apply(failure.choices, failure), maxStates: ENOUGH }, bad);
  if (cured.kind === 'refused') return { kind: 'refused', why: cured.why };
  const verdict = check(cured.scenario, bad);
  if (verdict.kind === 'holds') return { kind: 'computed', effect: '+', bounded: false };
  const before = experiment(failure.choices, bad);
  if (before.kind === 'refused') throw new Error(`${failure.id} is no experiment: ${before.why}`);
  const rarer = shareOfBadRuns(cured.scenario, bad) < CLEARLY_RARER * shareOfBadRuns(before.scenario, bad);
  return { kind: 'computed', effect: rarer ? '~' : '-', bounded: verdict.kind === 'unknown' };
}

/** Of the random runs in which a fault struck at all. The seeds are fixed, so the share is always the same. */
function shareOfBadRuns(scenario: Scenario, property: PropertyId): number {
  const system = compile(scenario);
  let struck = 0;
  let bad = 0;
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { steps, broken } = run(system, seeded(seed, FAULT_ODDS), 200);
    if (scenario.faults.length > 0 && !steps.some(({ move }) => move.kind === 'fault')) continue;
    struck += 1;
    if (broken.includes(property)) bad += 1;
  }
  return struck === 0 ? 0 : bad / struck;
}
