// What a client asks of a lock or of the data, and what it learns.
import type { Instant, Ms } from './time.ts';
import type { Fence } from './value.ts';

export type LockOp =
  | {
      readonly op: 'acquire';
      readonly key: string;
      /** Length of the lease or the session. */
      readonly ttl: Ms;
      /** How long it goes on trying while somebody else holds the lock; FOREVER is allowed. */
      readonly patience: Ms;
      /** How often the lease is renewed, or the session kept alive, once it runs. Left out: never. */
      readonly renew?: Ms;
    }
  | { readonly op: 'extend'; readonly ttl: Ms }
  | { readonly op: 'release' };

/** An access to data that lives in the lock server itself. `known` is the value that the client read last. */
export type DataOp = { readonly op: 'read' | 'write' | 'compareAndWrite'; readonly known: number };

export type LockResult =
  /** `validUntil` is by the holder's own monotonic clock; null means that the lock does not end by itself. */
  | { readonly ok: true; readonly fence: Fence; readonly validUntil: Instant | null }
  /** `definite: false` is the honest doubt after a timeout: the operation may have happened. */
  | { readonly ok: false; readonly why: 'held' | 'lost' | 'timeout'; readonly definite: boolean };

export type DataResult =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly why: 'refused' | 'conflict' | 'lost' | 'timeout' };

/** What a lock client learns outside of any call. */
export type News =
  | { readonly kind: 'renewed'; readonly validUntil: Instant | null }
  /** It cannot tell whether it still holds the lock: nothing is to be done until 'renewed' or 'lost' says so (Chubby). */
  | { readonly kind: 'jeopardy' }
  /** It no longer holds the lock, or must assume so. */
  | { readonly kind: 'lost' };
