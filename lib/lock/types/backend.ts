// A lock backend: its servers, and the client library that talks to them.
import type { Actor, Input, Reaction } from './actor.ts';
import type { DataOp, DataResult, LockOp, LockResult, News } from './operation.ts';
import type { BackendOptions } from './options.ts';
import type { LocalClock } from './time.ts';
import type { Json, NodeId } from './value.ts';

/** 'redis', 'etcd'. One file in backends/ and one line in its registry make a new one. */
export type BackendId = string;

/** A reaction that may also end the call. `call` may answer at once, as the backend 'none' does. */
export type LockReaction<S extends Json = Json, M extends Json = Json> = Reaction<S, M> & {
  readonly result?: LockResult;
  /** Ends a data access in the same way. */
  readonly data?: DataResult;
  readonly news?: News;
};

export type LockClient<S extends Json = Json, M extends Json = Json> = {
  /**
   * `unique` stands for the twenty random bytes that a real client draws for each acquisition. Chance is an argument
   * (house rule 1), and a readable 'A1' serves as well as a random value as long as no two acquisitions share it.
   */
  call(state: S | null, op: LockOp | DataOp, clock: LocalClock, unique: string): LockReaction<S, M>;
  on(state: S, input: Input<M>, clock: LocalClock): LockReaction<S, M>;
};

export type Backend = {
  readonly id: BackendId;
  readonly title: string;
  /** Which of the options it reads, beyond those of every client (`COMMON` in options.ts). Any other is refused. */
  readonly knobs: readonly (keyof BackendOptions)[];
  /** What differs from the engine's own defaults in options.ts. */
  readonly defaults?: Partial<BackendOptions>;
  /** 'rising' tokens can fence; 'unordered' ones only look like tokens; 'none' means that the fence is always 0. */
  tokens(options: BackendOptions): 'none' | 'unordered' | 'rising';
  /** Does the lease or session end by itself if its holder is not heard of? */
  expires(options: BackendOptions): boolean;
  /** Its client library counts a lease from the answer, so it may believe a little longer than the service does (etcd). */
  readonly countsFromAnswer?: true;
  /** Nobody but its clients decides when a lease is over, each by its own clock; the server keeps no time for it. */
  readonly timedByClients?: true;
  /** Is the data in the lock server? Then reads and writes go through the lock client, and there is no other resource. */
  holdsData?(options: BackendOptions): boolean;
  /** False for the answers that need no lock: their clients never believe to hold anything. */
  readonly locks?: false;
  /** Do its servers notice when a client's process dies or its connection is cut, and the clients likewise? */
  readonly connections?: true;
  /** Do its servers compare a lease with the wall clock, so that a clock that is set ends it early or late? */
  expiresByWallClock?(options: BackendOptions): boolean;
  /** What the lock goes with if nobody gives it back; a lease if left out. */
  endsWith?(options: BackendOptions): 'lease' | 'session' | 'transaction';
  /** Its commits get timestamps. */
  readonly timestamps?: true;
  /** Keys that have nothing to do with each other, each on a server of its own; none where there is one server. */
  keysApart?(options: BackendOptions): readonly string[];
  /**
   * Its clients are threads of its servers: of which one each. They sleep, die and start with their process, and what passes
   * between the two is a call, which no network can lose.
   */
  home?(client: NodeId, servers: readonly NodeId[]): NodeId;
  /** Which nodes may fail over, and to whom: a node that is named as its own successor changes its leader inside. */
  failover?(options: BackendOptions): { readonly [node: NodeId]: NodeId };
  /** Combinations of options that make no sense, each as one line for their author. */
  problems?(options: BackendOptions): readonly string[];
  servers(options: BackendOptions): { readonly [id: NodeId]: Actor };
  client(options: BackendOptions): LockClient;
};
