// The recipe of a lock client: what it asks its servers, and what an answer means, as a handful of pure functions that read
// like the protocol. conversation.ts makes a client of it and does all that is the same for every lock.
import type {
  DataOp,
  DataResult,
  Instant,
  Json,
  LocalClock,
  LockOp,
  LockResult,
  Ms,
  News,
  NodeId,
  Window,
} from './types.ts';

/**
 * One request. `body` travels with the tag that its answer must carry; `after` is for one that crosses no network, and `anew` for
 * one over a connection that is opened for it.
 */
export type Ask = {
  readonly to: NodeId;
  readonly name: string;
  readonly body: { readonly [key: string]: Json };
  readonly after?: Window;
  readonly anew?: true;
};

/** What a recipe is told about the operation that it serves. */
export type Turn<Op = LockOp | DataOp> = {
  readonly op: Op;
  readonly clock: LocalClock;
  /** The random value of this acquisition; the same for all operations on it. */
  readonly unique: string;
  /** When the requests that are being answered were sent, by the client's monotonic clock. */
  readonly sentAt: Instant;
  /** A request of this operation has gone unanswered, so it may have been carried out already. */
  readonly inDoubt: boolean;
};

/** What a client does next. `own` is the backend's own memory; it begins as null with each acquisition. */
export type Next<S> = {
  readonly own: S;
  /** Sent along with whatever comes next, without waiting for an answer. */
  readonly tell?: readonly Ask[];
  /** The lease or session runs from now on, although the operation is not over: begin to keep it alive. */
  readonly keepAlive?: true;
  /** Wakes the client after so long (`alarm` of the recipe), in place of any alarm that was set before; null: never. */
  readonly alarm?: Ms | null;
} & (
  | {
      readonly do: 'ask';
      readonly asks: readonly Ask[];
      /** Tells the steps of one operation apart, so that a late or doubled answer to one is not taken for the next one's. */
      readonly step?: string;
      /** The answer may take as long as the lock is held by others, so no timeout runs. */
      readonly queued?: true;
      /** The server may take so much longer to answer than it usually does. */
      readonly longer?: Ms;
    }
  /** Not all answers to what was asked are here. */
  | { readonly do: 'listen' }
  /** All are here; now a message must come that answers nothing, such as a watch event. It may take any time. */
  | { readonly do: 'wait' }
  /**
   * Somebody else holds the lock: back off (or for `after`) and begin again. Once the client's patience is over it ends instead,
   * and `farewell` is sent, such as the end of a session that nobody needs any more. `refused` says why, if not for that.
   */
  | {
      readonly do: 'again';
      readonly after?: Ms;
      readonly farewell?: readonly Ask[];
      readonly refused?: LockResult;
    }
  | { readonly do: 'end'; readonly result: LockResult }
  | { readonly do: 'answer'; readonly data: DataResult }
);

/** What a message or an alarm that belongs to no operation has changed. */
export type Aside<S> = { readonly own: S; readonly news?: News; readonly alarm?: Ms | null };

export type Recipe<S extends Json, B extends Json = Json> = {
  /** Begins an operation, or begins it again after a back-off. `own` is null at the first try of an acquisition. */
  begin(own: S | null, turn: Turn): Next<S>;
  /** An answer to what was asked last. */
  heard(own: S, answer: B, from: NodeId, turn: Turn): Next<S>;
  /** No answer in time. Left out: the operation ends in doubt. */
  unanswered?(own: S, turn: Turn): Next<S>;
  /** Patience ran out while the client stood in a queue. Left out: it stands there until it is served. */
  withdraw?(own: S, turn: Turn): Next<S>;
  /** A message that answers nothing, while an operation is under way (`turn`) or not (null). */
  told?(own: S, message: B, from: NodeId, turn: Turn | null): Next<S> | Aside<S>;
  /** The connection to a server is gone. */
  closed?(own: S, from: NodeId, turn: Turn | null): Next<S> | Aside<S>;
  /** The alarm that was set last goes off. It is silent once the lock is lost or given back. */
  alarm?(own: S, turn: Turn | null): Next<S> | Aside<S>;
  /** The requests of one renewal or keep-alive. Left out: this lock cannot be renewed. */
  renewal?(own: S, ttl: Ms, unique: string, clock: LocalClock): readonly Ask[];
  /** An answer to a renewal that was sent at `sentAt`, while an operation is under way (`turn`) or not (null). */
  renewed?(
    own: S,
    answer: B,
    from: NodeId,
    renewal: { readonly sentAt: Instant; readonly ttl: Ms; readonly clock: LocalClock },
    turn: Turn | null,
  ): Next<S> | Aside<S>;
};
