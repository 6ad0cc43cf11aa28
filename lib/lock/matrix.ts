// Every lock against every fault, with and without fencing: what holds, what breaks, and the shortest way to break it. It is
// the standard experiment, asked many times. One cell at a time, so that a terminal or a worker can show how far it is.
import { backends } from './backends/index.ts';
import { check } from './check.ts';
import { type Choices, experiment, USUAL } from './experiment.ts';
import type { FaultChoice } from './experiment-faults.ts';
import type { BackendId, PropertyId, Verdict } from './types.ts';

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

export type Cell = {
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
  return Object.keys(backends).flatMap((lock) =>
    TROUBLES.flatMap((trouble) =>
      [false, true].flatMap((fenced) => ASKED.map((property) => ({ lock, trouble, fenced, property }))),
    ),
  );
}

export function answer(cell: Cell): Answer {
  const choices = choicesOf(cell);
  const asked = experiment(choices, cell.property);
  if (asked.kind === 'refused') return { ...cell, choices, kind: 'refused', why: asked.why };
  return { ...cell, choices, kind: 'searched', verdict: check(asked.scenario, cell.property) };
}

export function choicesOf({ lock, trouble, fenced }: Cell): Choices {
  const fault = FAULTS[trouble];
  return {
    ...USUAL,
    lock,
    // Each message takes the same time, and still any order of them is tried; more is for who asks about one lock.
    network: [1, 1],
    fence: fenced ? 'reads-and-writes' : 'none',
    faults: fault === null ? [] : [fault],
    timing: 'corners',
    maxStates: 300_000,
  };
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
