// The vocabulary of the lock engine: time, the world, actors, backends, programs, faults, moves, verdicts.
// Types only. A world is one plain JSON value, so that undo, replay, sharing and search work on all of it, and so that
// the same run gives the same hash in Node, in a page and in a web worker.
// Left out on purpose: anything that decides (schedulers.ts), follows (step.ts) or looks (the interface).

// ---- time ---------------------------------------------------------------------------------------------------------

/** Whole virtual milliseconds; always a length, never a point in time. */
export type Ms = number;
/** A point in time. Tagged, so that a fingerprint can find it anywhere in a world and make it relative to "now". */
export type Instant = { readonly $at: Ms };
/**
 * An instant that is only ever asked "is it over?", never subtracted from. Beyond house.md: two worlds in which a lease ended
 * 3 ms ago and 4 ms ago have the same future, and only a type can tell a fingerprint so. It makes searches three times smaller.
 */
export type Deadline = { readonly $until: Ms };
/** How soon and how late a thing may happen, both ends included. */
export type Window = readonly [earliest: Ms, latest: Ms];
/** All that a node may know about time. `monotonic` never jumps; `wall` is what an operator or NTP may set. */
export type LocalClock = { readonly monotonic: Instant; readonly wall: Instant };

// ---- the world ----------------------------------------------------------------------------------------------------

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** 'A', 'B', 'redis', 'store'. */
export type NodeId = string;
/** A fencing token. 0 means that the backend gives none. */
export type Fence = number;
export type PropertyId = string;

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

/** Nothing that `from` sends reaches `to` before `until`; FOREVER means until somebody heals it. */
export type Cut = { readonly from: NodeId; readonly to: NodeId; readonly until: Instant };

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

/** [3, 2] is a clock that runs half as fast again as it should, [1, 2] one at half speed. */
export type Rate = readonly [ticks: number, per: number];
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

// ---- actors: lock servers, clients and the resource are all of this kind -------------------------------------------

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
  /** `after` replaces the network of the scenario: a call inside one machine takes no time. */
  | { readonly do: 'send'; readonly to: NodeId; readonly name: string; readonly body: M; readonly after?: Window }
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

// ---- lock backends ------------------------------------------------------------------------------------------------

/** 'redis', 'etcd'. One file in backends/ and one line in its registry make a new one. */
export type BackendId = string;

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

/** Every knob of every backend. A backend reads those that it knows; options.ts has the defaults and refuses nonsense. */
export type BackendOptions = {
  readonly network: Window;
  /** How the holder gives the lock back: by comparing the value first, or by a bare delete of the key. */
  readonly release: 'compare-and-delete' | 'delete';
  /** The back-off between two attempts at a lock that somebody else holds. */
  readonly retry: Window;
  /** How long a client waits for an answer of a lock server; FOREVER means that it never gives up. */
  readonly timeout: Ms;
  /** What it does then: pass on the doubt, ask again, or ask again and find out whether the lock is already its own. */
  readonly onTimeout: 'give-up' | 'ask-again' | 'ask-whose';
  /** Lock servers that are asked or copied to. */
  readonly replicas: number;
  /** For how many copies an acquisition waits (Redis `WAIT`). */
  readonly waitFor: number;
  /** How long `WAIT` waits for them; FOREVER is what Redis calls 0. */
  readonly waitTimeout: Ms;
  /** How long a copy takes to reach a replica. */
  readonly replication: Window;
  /** Redlock step 3: does a client refuse a majority that came too late? */
  readonly elapsedCheck: boolean;
  /** Subtracted from a lease by its holder, for clocks that do not run at the same speed. */
  readonly driftAllowance: Ms;
  /** Is a lock on disk before it is answered? */
  readonly durable: boolean;
  /** How long a node that comes back keeps silent, so that every lock that it may have forgotten has ended. */
  readonly delayedRestart: Ms;
  /** How long a replicated service is without a leader when it has lost one. Requests wait meanwhile. */
  readonly election: Ms;
  /** How often a server looks for sessions that have ended, so how late it may notice. */
  readonly sweep: Ms;
  /** After a holder was lost, nobody may have the lock for so long. */
  readonly lockDelay: Ms;
  /** How long a client goes on looking for its service after its own lease on the session ran out. */
  readonly grace: Ms;
  /** A holder that has not managed to renew for so long stops (client-go). */
  readonly renewDeadline: Ms;
  /** Is the protected data in the database that locks, in the same transaction, or somewhere else? */
  readonly data: 'inside' | 'outside';
  readonly rowLock: 'for-update' | 'advisory-session' | 'advisory-transaction';
  readonly whenLocked: 'wait' | 'nowait' | 'skip-locked';
  /** After so long without a statement, the database ends the transaction of a client. */
  readonly idleTimeout: Ms;
  /** Half the width of the interval that a clock is promised to be right within (TrueTime's epsilon). */
  readonly clockUncertainty: Ms;
  /** Does a transaction wait until its timestamp is surely past before it answers? */
  readonly commitWait: boolean;
  /** Does a transaction begin with a request of its own, before it asks for its first lock? (Spanner) */
  readonly beginsFirst: boolean;
  /** Does a client that waited in etcd's queue look whether its own key is still there? Before 2020 it did not. */
  readonly recheckOwnKey: boolean;
  /** Where a token comes from, in a backend that leaves the choice: none, the record's version, or a counter of one's own. */
  readonly token: 'none' | 'record-version' | 'counter';
};

export type Backend = {
  readonly id: BackendId;
  readonly title: string;
  /** What differs from the engine's own defaults in options.ts. */
  readonly defaults?: Partial<BackendOptions>;
  /** 'rising' tokens can fence; 'unordered' ones only look like tokens; 'none' means that the fence is always 0. */
  tokens(options: BackendOptions): 'none' | 'unordered' | 'rising';
  /** Does the lease or session end by itself if its holder is not heard of? */
  expires(options: BackendOptions): boolean;
  /** Its client library counts a lease from the answer, so it may believe a little longer than the service does (etcd). */
  readonly countsFromAnswer?: true;
  /** Is the data in the lock server? Then reads and writes go through the lock client, and there is no other resource. */
  holdsData?(options: BackendOptions): boolean;
  /** False for the answers that need no lock: their clients never believe to hold anything. */
  readonly locks?: false;
  /** Do its servers notice when a client's process dies or its connection is cut, and the clients likewise? */
  readonly connections?: true;
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

// ---- what the learner writes and breaks ---------------------------------------------------------------------------

export type Line =
  | LockOp
  /**
   * Look at my own clock; jump when the lease is over, or when less than `atLeast` of it is left, which is how long the next
   * operation may take. Jumping past the last line ends the program.
   */
  | { readonly op: 'stillMine'; readonly else: number; readonly atLeast?: Ms }
  /** Look at the value that I read; jump unless it is 0, which means "available". */
  | { readonly op: 'ifFree'; readonly else: number }
  | { readonly op: 'read' }
  /**
   * `write` stores the value that was read plus one: the second half of a read-modify-write. `within` bounds the operation:
   * the resource refuses it when its wall clock says that it has been under way for longer.
   */
  | { readonly op: 'write'; readonly within?: Ms }
  /** Writes only if the value is still the one that was read; `else` is where to go on when it is not. */
  | { readonly op: 'compareAndWrite'; readonly else?: number }
  | { readonly op: 'work'; readonly takes: Window }
  | { readonly op: 'goto'; readonly line: number };

/** `text` is what is shown as code, `run` is what is done: the two cannot differ in length or order. */
export type Program = {
  readonly name: string;
  readonly lines: readonly { readonly text: string; readonly run: Line }[];
  /** What it does on hearing that the lock is lost: stop working, as it should, or only log it. 'stop' if left out. */
  readonly onLost?: 'stop' | 'ignore';
  /** It stops by itself when no more than this is left of its lease, unless it has been renewed by then. */
  readonly stopBefore?: Ms;
};

/** How a program ended. `taken`: it read that somebody else has the seat. `refused`: the resource fenced it off. */
export type Outcome = 'done' | 'taken' | 'held' | 'lost' | 'timeout' | 'refused' | 'conflict';

/**
 * What the resource checks. 'reads-and-writes' seals: a read installs the token before it answers. 'compare' looks at no
 * token: it applies a write only if the value is still the one that the writer read.
 */
export type FencePolicy = 'none' | 'writes' | 'reads-and-writes' | 'compare';

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

export type Scenario = {
  readonly id: string;
  readonly title: string;
  /** Slug of the lesson that it belongs to. */
  readonly lesson: string;
  /** One sentence: what a learner is to see here. */
  readonly point: string;
  readonly backend: BackendId;
  readonly options?: Partial<BackendOptions>;
  readonly clients: { readonly [id: NodeId]: Program };
  /** Which machine each client runs on, where that is part of the story. Only for display. */
  readonly groups?: { readonly [group: string]: readonly NodeId[] };
  /** What an outcome is called in this story, such as `done: 'ticket confirmed'`. Only for display. */
  readonly outcomes?: { readonly [outcome in Outcome]?: string };
  readonly resource: FencePolicy;
  readonly network: Window;
  readonly linePace: Window;
  readonly faults: readonly FaultRule[];
  /** What `nobody-stuck` promises: so long after the last trouble, somebody who wants the lock has it. */
  readonly within?: Ms;
  readonly expect: { readonly [property: PropertyId]: 'holds' | 'violated' };
  readonly bounds?: Partial<Bounds>;
  /** Pinned: worlds reachable with every fault allowed, no observer attached, at the timing of the bounds. */
  readonly states?: number;
  /** Labels of the moves that show the point. */
  readonly script?: readonly string[];
  /**
   * Id of the smaller scenario that claims about this one are searched on. 47 clients cannot be searched; two of the
   * same kind can. The interface must say so.
   */
  readonly searchOn?: string;
};

// ---- moves, events, properties ------------------------------------------------------------------------------------

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

/** `label` is unique among the moves of one world; `window` says at which instants the move may be made. */
export type Move = { readonly label: string; readonly window: readonly [Instant, Instant] } & (
  | { readonly kind: 'take'; readonly id: number }
  | { readonly kind: 'fault'; readonly fault: Fault }
);

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

export type Property<S extends Json = Json> = {
  readonly id: PropertyId;
  /** A statement, as a lesson would make it: 'At most one client believes that it holds the lock.' */
  readonly title: string;
  /** 'sometimes' guards against a property that holds because nothing happens. */
  readonly kind: 'always' | 'sometimes';
  readonly start: S;
  /** `now` is true time: an observer stands outside. */
  observe(state: S, event: LockEvent, now: Instant): S;
  holds(state: S, world: World, ended: boolean): boolean;
  /** What went wrong, in words for a whiteboard. Called only on a state in which `holds` is false. */
  violation(state: S, world: World): string;
};

// ---- runs and results ---------------------------------------------------------------------------------------------

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

/** Which instants of a window are looked at: its first, its two ends, or each whole millisecond. */
export type Timing = 'earliest' | 'corners' | 'every-ms';
export type Bounds = { readonly states: number; readonly depth: number; readonly timing: Timing };
export type Progress = {
  readonly states: number;
  readonly depth: number;
  readonly queued: number;
  /** How many faults the runs being looked at contain; grows one by one. */
  readonly faults: number;
};

export type Verdict =
  /** In none of the states, with up to `faults` faults. For a 'sometimes' property: `script` reaches it. */
  | ({ readonly kind: 'holds'; readonly timing: Timing; readonly script?: readonly string[] } & Progress)
  /**
   * `faults` is the number of faults in `script`, and everything with fewer has been searched to its end: broken by
   * `faults`, safe with fewer. A 'sometimes' property that nothing reaches has an empty script.
   */
  | ({
      readonly kind: 'violated';
      readonly timing: Timing;
      readonly script: readonly string[];
      readonly words: string;
    } & Progress)
  /** A bound was met first; runs with fewer than `faults` faults have been searched to their end. */
  | ({
      readonly kind: 'unknown';
      readonly timing: Timing;
      readonly stoppedBy: 'states' | 'depth' | 'cancel';
    } & Progress);

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
