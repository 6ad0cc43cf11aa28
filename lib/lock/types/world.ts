// The world: one plain JSON value with everything in it that can differ from one moment to the next.
import type { Input } from './actor.ts';
import type { Cut, FaultKind, Rate } from './fault.ts';
import type { Instant, Ms } from './time.ts';
import type { Json, NodeId, PropertyId } from './value.ts';

export type World = {
  /** True time. No actor is ever given it. */
  readonly now: Instant;
  readonly nextId: number;
  readonly nodes: { readonly [id: NodeId]: NodeState };
  /** Messages in flight, timers and program lines that are ready; always in order of id. */
  readonly pending: readonly Pending[];
  /** Links that a partition has cut, each in one direction. */
  readonly cuts: readonly Cut[];
  readonly faultsLeft: { readonly [kind in FaultKind]?: number };
  /** Folded observers: part of the state on purpose, so that a property about the past is a property of the state. */
  readonly observed: { readonly [property: PropertyId]: Json };
};

export type NodeState = {
  readonly up: boolean;
  /** A node whose `resumesAt` lies ahead is paused until then. */
  readonly resumesAt: Instant;
  /** How far its wall clock is ahead of its monotonic clock. */
  readonly wallOffset: Ms;
  /** Null while both its clocks run at the right speed; else since when they tick `rate[0]` times in `rate[1]` true ms. */
  readonly drift: Drift | null;
  /** Lost in a crash. */
  readonly memory: Json;
  /** Kept in a crash. */
  readonly disk: Json;
};

export type Drift = { readonly since: Instant; readonly rate: Rate };

export type Pending = {
  readonly id: number;
  readonly to: NodeId;
  /**
   * What a person calls it: 'SET lock A1 NX PX 30', 'OK token 1', 'write'. Beyond house.md: labels and arrows need a
   * name that the sender knows best, and it must not be made up again in each view.
   */
  readonly name: string;
  readonly input: Input;
  readonly earliest: Instant;
  readonly latest: Instant;
};
