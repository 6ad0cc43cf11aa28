// Actors: lock servers, clients and the resource are all of this kind.
import type { LockEvent } from './event.ts';
import type { LocalClock, Window } from './time.ts';
import type { Json, NodeId } from './value.ts';

export type Input<M extends Json = Json> =
  /** `again`: not for the first time, which those who run the machine know even where its disk is new. */
  | { readonly kind: 'start'; readonly disk: Json; readonly again?: true }
  | { readonly kind: 'message'; readonly from: NodeId; readonly body: M }
  | { readonly kind: 'timer'; readonly key: string }
  /** The program may run its next line. */
  | { readonly kind: 'line' }
  /** The connection to `from` is gone: its process died, or a fault cut it. Only where the backend has connections. */
  | { readonly kind: 'closed'; readonly from: NodeId }
  /** The service elects a new leader, or this node is promoted in place of the one that died. */
  | { readonly kind: 'failover' };

export type Command<M extends Json = Json> =
  /**
   * `after` replaces the network of the scenario: a call inside one machine takes no time. `anew` is over a connection that is
   * opened for it: whoever does that has hung up the one before.
   */
  | {
      readonly do: 'send';
      readonly to: NodeId;
      readonly name: string;
      readonly body: M;
      readonly after?: Window;
      readonly anew?: true;
    }
  | { readonly do: 'setTimer'; readonly key: string; readonly after: Window }
  | { readonly do: 'cancelTimer'; readonly key: string }
  | { readonly do: 'save'; readonly disk: Json }
  /**
   * Beyond house.md: a program asks to be run on. `null` means the pace of the scenario, a window means work that
   * takes that long. It is not a timer, since the moves panel says 'A: write' and not 'timer line of A'.
   */
  | { readonly do: 'nextLine'; readonly name: string; readonly after: Window | null }
  /** What an outside observer can see. */
  | { readonly do: 'note'; readonly event: LockEvent };

export type Reaction<S extends Json = Json, M extends Json = Json> = {
  readonly state: S;
  readonly commands: readonly Command<M>[];
};
export type Actor<S extends Json = Json, M extends Json = Json> = {
  on(state: S | null, input: Input<M>, clock: LocalClock): Reaction<S, M>;
};
