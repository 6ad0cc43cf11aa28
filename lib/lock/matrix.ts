// Every lock against every fault, with and without fencing: what holds, what breaks, and the shortest way to break it. It is
// the standard experiment, asked many times. One cell at a time, so that a terminal or a worker can show how far it is.
import { backends } from './backends/index.ts';
import { check } from './check.ts';
import { type Choices, experiment, optionsFor, USUAL } from './experiment.ts';
import type { FaultChoice } from './experiment-faults.ts';
import type { Backend, BackendId, BackendOptions, Ms, PropertyId, Verdict } from './types.ts';

/** What can go wrong, in the order of the columns. */
export const TROUBLES = [
  'no fault',
  'client pause',
  'holder crash',
  'delayed message',
  'lost reply',
  'failover',
  'clock jump',
  'partition',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export const ASKED = ['one-believer', 'no-lost-update', 'nobody-stuck'] as const satisfies readonly PropertyId[];

/**
 * A row: a lock as it comes, or a database that locks and has the data elsewhere. That is another lock altogether: all that the
 * transaction did for the data is gone, and there is something to fence.
 */
export type MatrixRow = {
  readonly row: string;
  readonly lock: BackendId;
  readonly options: Partial<BackendOptions>;
};

const OUTSIDE: { readonly [lock: BackendId]: Partial<BackendOptions> } = {
  // A sequence, so that with fencing on there are tokens to check.
  sql: { data: 'outside', token: 'counter' },
  spanner: { data: 'outside' },
};

export function matrixRows(): readonly MatrixRow[] {
  return Object.keys(backends).flatMap((lock) => {
    const outside = Object.hasOwn(OUTSIDE, lock) ? OUTSIDE[lock] : undefined;
    const plain = { row: lock, lock, options: {} };
    return outside ? [plain, { row: `${lock}-outside`, lock, options: outside }] : [plain];
  });
}

export type Cell = {
  readonly row: string;
  readonly lock: BackendId;
  readonly trouble: Trouble;
  /** With fencing the resource checks and installs tokens on reads and writes. */
  readonly fenced: boolean;
  readonly property: PropertyId;
};
/** `choices` replay it: the script is one of the very experiment that they describe. */
export type Answer = Cell & { readonly choices: Choices } & (
    | { readonly kind: 'searched'; readonly verdict: Verdict }
    | { readonly kind: 'refused'; readonly why: string }
  );

export function cells(): readonly Cell[] {
  return matrixRows().flatMap(({ row, lock }) =>
    TROUBLES.flatMap((trouble) =>
      [false, true].flatMap((fenced) => ASKED.map((property) => ({ row, lock, trouble, fenced, property }))),
    ),
  );
}

export function answer(cell: Cell): Answer {
  const choices = choicesOf(cell);
  const asked = experiment(choices, cell.property);
  if (asked.kind === 'refused') return { ...cell, choices, kind: 'refused', why: asked.why };
  return { ...cell, choices, kind: 'searched', verdict: check(asked.scenario, cell.property) };
}

export function choicesOf({ row, lock, trouble, fenced }: Cell): Choices {
  const fault = FAULTS[trouble];
  const choices: Choices = {
    ...USUAL,
    lock,
    // Each message takes the same time, and still any order of them is tried; more is for who asks about one lock.
    network: [1, 1],
    fence: fenced ? 'reads-and-writes' : 'none',
    faults: fault === null ? [] : [fault],
    options: matrixRows().find((one) => one.row === row)?.options ?? {},
    timing: 'corners',
    maxStates: 300_000,
  };
  return trouble === 'partition' ? { ...choices, ...whileCutOff(choices) } : choices;
}

/** As long as the cut lasts, so that whoever counts a whole lease from the last sign of life is served meanwhile. */
const CUT_OFF: Ms = 2 * USUAL.ttl;

/**
 * Work that is over before any lease is cannot outlive one, cut off or not. So here it takes longer and is kept up by renewals, and
 * the client goes on: it neither stops at bad news nor looks at its clock before it writes (F10 of the fact sheet).
 */
function whileCutOff(choices: Choices): Partial<Choices> {
  const backend = backends[choices.lock] as Backend;
  const leased = backend.locks !== false && backend.expires(optionsFor(choices, backend));
  return leased ? { hold: CUT_OFF, renew: 'third', onLost: 'ignore', recheck: false } : { hold: CUT_OFF };
}

const FAULTS: { readonly [trouble in Trouble]: FaultChoice | null } = {
  'no fault': null,
  'client pause': { kind: 'pause', atMost: 1 },
  'holder crash': { kind: 'crash', atMost: 1 },
  'delayed message': { kind: 'delay', atMost: 1 },
  'lost reply': { kind: 'loss', atMost: 1, oneWay: 'in' },
  failover: { kind: 'failover', atMost: 1 },
  'clock jump': { kind: 'clockJump', atMost: 1 },
  partition: { kind: 'partition', atMost: 1 },
};
