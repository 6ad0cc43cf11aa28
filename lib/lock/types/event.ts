// What an outside observer can see happen.
import type { Cut, Rate } from './fault.ts';
import type { LockOp, LockResult } from './operation.ts';
import type { Outcome } from './program.ts';
import type { Instant, Ms } from './time.ts';
import type { Fence, NodeId } from './value.ts';

export type LockEvent =
  /** A client starts a lock operation. */
  | { readonly kind: 'asked'; readonly who: NodeId; readonly op: LockOp['op'] }
  /** It learns the result. After `acquire` with `ok: true` it believes that it holds the lock. */
  | { readonly kind: 'answered'; readonly who: NodeId; readonly op: LockOp['op']; readonly result: LockResult }
  /** It stops believing so: it starts to give the lock back, or has noticed that it lost it. */
  | { readonly kind: 'left'; readonly who: NodeId }
  /** A lock server records a lease, or its extension. `until` is by that server's own wall clock. */
  | {
      readonly kind: 'granted';
      readonly server: NodeId;
      readonly key: string;
      readonly who: NodeId;
      readonly fence: Fence;
      readonly until: Instant;
      /** On how many servers a client must be on record to hold the lock; 1 if left out. */
      readonly of?: number;
    }
  /** A record is gone: deleted by `by`, or, when that is null, found to have expired. */
  | {
      readonly kind: 'freed';
      readonly server: NodeId;
      readonly key: string;
      readonly whose: NodeId;
      readonly fence: Fence;
      readonly by: NodeId | null;
      /** Was it the very acquisition that `by` meant to give back? A bare delete does not ask. */
      readonly rightful: boolean;
    }
  /** The resource decides about an access; `seen` is the highest token that it knew before this one. */
  | {
      readonly kind: 'accessed';
      readonly who: NodeId;
      readonly what: 'read' | 'write';
      readonly fence: Fence;
      readonly seen: Fence;
      readonly accepted: boolean;
      readonly value: number;
    }
  /** A transaction of `who` takes effect, under a timestamp that its server has read off its own clock. */
  | { readonly kind: 'committed'; readonly server: NodeId; readonly who: NodeId; readonly timestamp: Instant }
  | { readonly kind: 'finished'; readonly who: NodeId; readonly outcome: Outcome }
  | { readonly kind: 'paused'; readonly who: NodeId; readonly from: Instant; readonly until: Instant }
  | { readonly kind: 'crashed' | 'restarted' | 'failedOver' | 'disconnected'; readonly who: NodeId }
  | { readonly kind: 'cut'; readonly who: NodeId; readonly cuts: readonly Cut[] }
  | { readonly kind: 'healed' }
  | { readonly kind: 'jumped'; readonly who: NodeId; readonly by: Ms }
  | { readonly kind: 'drifted'; readonly who: NodeId; readonly rate: Rate }
  /** A message that will never arrive: its receiver is down, its link is cut, or (`taken`) a fault took this very one. */
  | {
      readonly kind: 'lost';
      readonly from: NodeId;
      readonly to: NodeId;
      readonly name: string;
      readonly taken?: true;
    }
  /** It is on its way until then at the latest. */
  | {
      readonly kind: 'delayed';
      readonly from: NodeId;
      readonly to: NodeId;
      readonly name: string;
      readonly until: Instant;
    }
  | { readonly kind: 'duplicated'; readonly from: NodeId; readonly to: NodeId; readonly name: string };
