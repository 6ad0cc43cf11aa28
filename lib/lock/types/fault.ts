// Faults: what may go wrong, how often, and to whom.
import type { Instant, Ms } from './time.ts';
import type { NodeId } from './value.ts';

/** Nothing that `from` sends reaches `to` before `until`; FOREVER means until somebody heals it. */
export type Cut = { readonly from: NodeId; readonly to: NodeId; readonly until: Instant };

/** [3, 2] is a clock that runs half as fast again as it should, [1, 2] one at half speed. */
export type Rate = readonly [ticks: number, per: number];

/** What each of them does is told in faults/, one file for each. */
export type FaultKind =
  | 'pause'
  | 'crash'
  | 'restart'
  | 'wipe'
  | 'partition'
  | 'heal'
  | 'loss'
  | 'delay'
  | 'duplicate'
  | 'clockJump'
  | 'clockRate'
  | 'failover'
  | 'disconnect';
/** A budget: this kind of fault may strike these nodes, all together at most so often. */
export type FaultRule = {
  readonly kind: FaultKind;
  readonly targets: readonly NodeId[];
  readonly atMost: number;
  /** How long a pause, a delay or a partition lasts. A partition without it lasts until it is healed. */
  readonly lasts?: readonly Ms[];
  /** By how much a clock jumps: forward, or back if negative. */
  readonly by?: readonly Ms[];
  readonly rates?: readonly Rate[];
  /** From whom a partition cuts its target off; everybody if left out. */
  readonly from?: readonly NodeId[];
  /** A one-way partition: nothing reaches the target ('in'), or nothing that it sends arrives ('out'). */
  readonly oneWay?: 'in' | 'out';
};

export type Fault =
  | { readonly kind: 'pause'; readonly node: NodeId; readonly lasts: Ms }
  | { readonly kind: 'crash' | 'restart' | 'wipe' | 'failover' | 'disconnect'; readonly node: NodeId }
  | { readonly kind: 'partition'; readonly node: NodeId; readonly cuts: readonly Cut[] }
  | { readonly kind: 'heal' }
  /** `id` is that of the pending message. */
  | { readonly kind: 'loss' | 'duplicate'; readonly id: number }
  | { readonly kind: 'delay'; readonly id: number; readonly lasts: Ms }
  | { readonly kind: 'clockJump'; readonly node: NodeId; readonly by: Ms }
  | { readonly kind: 'clockRate'; readonly node: NodeId; readonly rate: Rate };
