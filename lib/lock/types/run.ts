// Runs: moves, steps, traces, and the system that makes them.
import type { Actor } from './actor.ts';
import type { Backend } from './backend.ts';
import type { LockEvent } from './event.ts';
import type { Fault } from './fault.ts';
import type { Property } from './property.ts';
import type { Scenario } from './scenario.ts';
import type { Instant } from './time.ts';
import type { NodeId, PropertyId } from './value.ts';
import type { World } from './world.ts';

/** `label` is unique among the moves of one world; `window` says at which instants the move may be made. */
export type Move = { readonly label: string; readonly window: readonly [Instant, Instant] } & (
  | { readonly kind: 'take'; readonly id: number }
  | { readonly kind: 'fault'; readonly fault: Fault }
);

export type Step = {
  readonly move: Move;
  readonly at: Instant;
  readonly world: World;
  readonly events: readonly LockEvent[];
};

export type Violation = {
  readonly property: PropertyId;
  /** Index into the steps of the trace. */
  readonly step: number;
  readonly words: string;
};

/** Why a scripted run could not go on: the expected failure of a hand-written, outdated or mistyped script. */
export type Stuck = {
  /** Index into the script. */
  readonly index: number;
  readonly label: string;
  readonly why: 'not offered' | 'not at that time';
  /** What could have been done instead. */
  readonly offered: readonly string[];
};

export type Trace = {
  readonly start: World;
  readonly steps: readonly Step[];
  readonly broken: readonly PropertyId[];
  /** Where each broken property broke first, and how to say it. */
  readonly violations: readonly Violation[];
  /** Present only when a script named a move that was not on offer; the steps before it are kept. */
  readonly stuck?: Stuck;
};

export type Scheduler = {
  pick(moves: readonly Move[], world: World): { readonly move: Move; readonly at: Instant } | null;
};

/** A scenario that has been checked and put together. Actors are functions, so a system does not travel to a worker. */
export type System = {
  readonly scenario: Scenario;
  readonly backend: Backend;
  /** Names of the lock servers. */
  readonly servers: readonly NodeId[];
  /** Which nodes may fail over, and to whom. */
  readonly failover: { readonly [node: NodeId]: NodeId };
  readonly actors: { readonly [id: NodeId]: Actor };
  /** Those that each run is observed with: what its scenario claims about. */
  readonly properties: readonly Property[];
  /** All that a search may be asked about. */
  readonly observers: readonly Property[];
};
