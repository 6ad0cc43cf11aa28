// A run as an outside observer would draw it: arrows, leases, beliefs, pauses, accesses, and what befell nodes and links.
// Derived from the steps alone, so that no screen has to read the insides of a world. Times are milliseconds since the start,
// ready to be drawn, and each thing knows its step, since several steps may share a millisecond.
// Left out: anything about pixels, lanes or colours.
import { backends } from './backends/index.ts';
import { optionsOf } from './options.ts';
import { isMessage } from './pending.ts';
import { drifted, FOREVER } from './time.ts';
import type {
  Cut,
  Fence,
  Json,
  LockEvent,
  LockOp,
  Ms,
  NodeId,
  NodeState,
  Outcome,
  Pending,
  Rate,
  Scenario,
  Step,
  Trace,
} from './types.ts';

/** `sentIn` and `endedIn` are step numbers; null where it happened before the first step, or has not happened yet. */
export type Message = {
  readonly id: number | null;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly name: string;
  readonly sentAt: Ms;
  readonly sentIn: number | null;
  readonly deliveredAt: Ms | null;
  readonly lostAt: Ms | null;
  readonly endedIn: number | null;
  /** Steps in which a fault made it late. */
  readonly delayedIn: readonly number[];
  /** It is the second of a doubled message; `sentIn` is then where it was doubled. */
  readonly copy: boolean;
};
/** What a client thinks. `until` is null while it still does; `validUntil` is what its own clock was told. */
export type Belief = {
  readonly who: NodeId;
  readonly fence: Fence;
  readonly from: Ms;
  readonly fromStep: number;
  readonly until: Ms | null;
  readonly untilStep: number | null;
  readonly validUntil: Ms | null;
};
/** One grant or extension, or a clock that was moved: from this step on, the lease will end then. */
export type Term = { readonly at: Ms; readonly step: number; readonly until: Ms; readonly lasts: Ms };
/** What a lock server has on record. `until` is when it ended or will end; `ended` says why, null while it runs. */
export type Lease = {
  readonly server: NodeId;
  readonly key: string;
  readonly who: NodeId;
  readonly fence: Fence;
  /** On how many servers its holder must be on record. */
  readonly of: number;
  readonly from: Ms;
  readonly fromStep: number;
  readonly until: Ms;
  /** The step that ended it; null if its time was simply up. */
  readonly untilStep: number | null;
  readonly terms: readonly Term[];
  readonly ended: 'expired' | 'released' | 'deleted by another' | 'forgotten' | null;
};
export type Pause = { readonly who: NodeId; readonly from: Ms; readonly until: Ms; readonly step: number };
export type Crash = {
  readonly who: NodeId;
  readonly at: Ms;
  readonly step: number;
  readonly restartedAt: Ms | null;
  readonly restartedIn: number | null;
  /** It came back on an empty disk. */
  readonly wiped: boolean;
};
export type Access = {
  readonly who: NodeId;
  /** The node that decided: the resource, or the lock server that holds the data itself. */
  readonly where: NodeId;
  readonly what: 'read' | 'write';
  readonly at: Ms;
  readonly step: number;
  readonly fence: Fence;
  readonly seen: Fence;
  readonly accepted: boolean;
  readonly value: number;
};
export type Ending = { readonly who: NodeId; readonly at: Ms; readonly step: number; readonly outcome: Outcome };
/** A client's operation failed; what it has learned, if anything. */
export type Failure = {
  readonly who: NodeId;
  readonly at: Ms;
  readonly step: number;
  readonly op: LockOp['op'];
  readonly why: 'held' | 'lost' | 'timeout';
};
/** Links of `who` that carry nothing: `deaf` are those it cannot hear, `mute` those it cannot reach. */
export type Partition = {
  readonly who: NodeId;
  readonly at: Ms;
  readonly step: number;
  readonly deaf: readonly NodeId[];
  readonly mute: readonly NodeId[];
  /** When it ends by itself, or was healed; FOREVER while nobody has healed it. */
  readonly until: Ms;
  readonly healedIn: number | null;
};
/** Exactly one of `by` and `rate` is there: the wall clock was set, or the clock ticks at another speed from here on. */
export type ClockFault = {
  readonly who: NodeId;
  readonly at: Ms;
  readonly step: number;
  readonly by: Ms | null;
  readonly rate: Rate | null;
};
/** `to` is the node that takes over; the same node where a service only changes its leader inside. */
export type Failover = { readonly who: NodeId; readonly to: NodeId; readonly at: Ms; readonly step: number };
export type Disconnection = { readonly who: NodeId; readonly at: Ms; readonly step: number };
export type Heal = { readonly at: Ms; readonly step: number };
export type Commit = {
  readonly server: NodeId;
  readonly who: NodeId;
  readonly at: Ms;
  readonly step: number;
  readonly timestamp: Ms;
};

export type Chronicle = {
  readonly endsAt: Ms;
  readonly messages: readonly Message[];
  readonly beliefs: readonly Belief[];
  readonly leases: readonly Lease[];
  readonly pauses: readonly Pause[];
  readonly crashes: readonly Crash[];
  readonly accesses: readonly Access[];
  readonly endings: readonly Ending[];
  readonly failures: readonly Failure[];
  readonly partitions: readonly Partition[];
  readonly heals: readonly Heal[];
  readonly clocks: readonly ClockFault[];
  readonly failovers: readonly Failover[];
  readonly disconnections: readonly Disconnection[];
  readonly commits: readonly Commit[];
};

type Draft<T> = { -readonly [K in keyof T]: T[K] };
/** `ends` is the end by the server's own wall clock, which is what it was granted until. */
type OpenLease = Draft<Lease> & { terms: Term[]; ends: Ms };

function expiresByWallClock(scenario: Scenario): boolean {
  const backend = backends[scenario.backend];
  return backend?.expiresByWallClock?.(optionsOf(scenario, backend)) ?? false;
}

/** With its scenario, a lease on a wall clock follows that clock when it is set. */
export function chronicle(trace: Trace, scenario?: Scenario): Chronicle {
  const byWall = scenario !== undefined && expiresByWallClock(scenario);
  const messages: (Draft<Message> & { delayedIn: number[] })[] = [];
  const beliefs: Draft<Belief>[] = [];
  const leases: OpenLease[] = [];
  const pauses: Pause[] = [];
  const crashes: Draft<Crash>[] = [];
  const accesses: Access[] = [];
  const endings: Ending[] = [];
  const failures: Failure[] = [];
  const partitions: Draft<Partition>[] = [];
  const heals: Heal[] = [];
  const clocks: ClockFault[] = [];
  const failovers: Failover[] = [];
  const disconnections: Disconnection[] = [];
  const commits: Commit[] = [];

  const sent = (pending: Pending, at: Ms, step: number | null, copy: boolean) => {
    if (!isMessage(pending)) return;
    const { id, to, name } = pending;
    const from = pending.input.from;
    messages.push({
      id,
      from,
      to,
      name,
      sentAt: at,
      sentIn: step,
      deliveredAt: null,
      lostAt: null,
      endedIn: null,
      delayedIn: [],
      copy,
    });
  };
  const closeBelief = (who: NodeId, at: Ms, step: number) => {
    for (const belief of beliefs) {
      if (belief.who !== who || belief.until !== null) continue;
      belief.until = at;
      belief.untilStep = step;
    }
  };
  const openLease = (server: NodeId, key: string, who: NodeId, fence: Fence) =>
    leases.find(
      (lease) =>
        lease.server === server &&
        lease.key === key &&
        lease.who === who &&
        lease.fence === fence &&
        lease.ended === null,
    );
  const endLease = (lease: OpenLease, ended: NonNullable<Lease['ended']>, until: Ms, step: number | null) => {
    lease.ended = ended;
    lease.until = until;
    lease.untilStep = step;
  };
  const takeUp = (lease: OpenLease, at: Ms, step: number, until: Ms) => {
    lease.until = until;
    lease.terms.push({ at, step, until, lasts: until - at });
  };

  const read = (event: LockEvent, index: number, step: Step) => {
    const { world, move } = step;
    const at = step.at.$at;
    switch (event.kind) {
      // The line that asks is a step of its own, and the first message of the operation follows from it.
      case 'asked':
        return;
      case 'answered': {
        const { who, op, result } = event;
        if (!result.ok) failures.push({ who, at, step: index, op, why: result.why });
        if (!result.ok || op === 'release') return;
        const validUntil = result.validUntil?.$at ?? null;
        const open = beliefs.find((belief) => belief.who === who && belief.until === null);
        if (open) open.validUntil = validUntil;
        else {
          const { fence } = result;
          beliefs.push({ who, fence, from: at, fromStep: index, until: null, untilStep: null, validUntil });
        }
        return;
      }
      case 'left':
        closeBelief(event.who, at, index);
        return;
      case 'granted': {
        const { server, key, who, fence, of = 1 } = event;
        // The server counts by its own wall clock; the picture has only one time axis, the true one.
        const ends = event.until.$at;
        const until = trueTime(world.nodes[server], ends);
        const open = openLease(server, key, who, fence);
        if (open) {
          open.ends = ends;
          takeUp(open, at, index, until);
          return;
        }
        const terms = [{ at, step: index, until, lasts: until - at }];
        const since = { from: at, fromStep: index, until, untilStep: null };
        leases.push({ server, key, who, fence, of, ...since, terms, ended: null, ends });
        return;
      }
      case 'freed': {
        const open = openLease(event.server, event.key, event.whose, event.fence);
        if (!open) return;
        // An expired key is only found to be gone at the next access; the lease itself ended when its time was up. Where a
        // service ends what would else last, that is the end.
        if (event.by === null) endLease(open, 'expired', Math.min(open.until, at), open.until <= at ? null : index);
        else endLease(open, event.rightful ? 'released' : 'deleted by another', at, index);
        return;
      }
      case 'accessed': {
        const { who, what, fence, seen, accepted, value } = event;
        accesses.push({ who, where: placeOf(move), what, at, step: index, fence, seen, accepted, value });
        return;
      }
      case 'committed':
        commits.push({ server: event.server, who: event.who, at, step: index, timestamp: event.timestamp.$at });
        return;
      case 'finished':
        endings.push({ who: event.who, at, step: index, outcome: event.outcome });
        return;
      case 'paused':
        pauses.push({ who: event.who, from: at, until: event.until.$at, step: index });
        return;
      case 'crashed': {
        const { who } = event;
        crashes.push({ who, at, step: index, restartedAt: null, restartedIn: null, wiped: false });
        closeBelief(who, at, index);
        for (const lease of leases) {
          if (lease.server !== who || lease.ended !== null || lease.until <= at) continue;
          if (!isNamedIn(world.nodes[who]?.disk ?? null, lease)) endLease(lease, 'forgotten', at, index);
        }
        return;
      }
      case 'restarted': {
        const wiped = move.kind === 'fault' && move.fault.kind === 'wipe';
        for (const crash of crashes) {
          if (crash.who !== event.who || crash.restartedAt !== null) continue;
          crash.restartedAt = at;
          crash.restartedIn = index;
          crash.wiped = wiped;
        }
        if (!wiped) return;
        for (const lease of leases) {
          if (lease.server === event.who && lease.ended === null && lease.until > at) {
            endLease(lease, 'forgotten', at, index);
          }
        }
        return;
      }
      case 'failedOver': {
        const to = successorIn(move.label) ?? event.who;
        failovers.push({ who: event.who, to, at, step: index });
        if (to === event.who) return;
        // What the old primary had on record is on record now if it has been copied in time.
        const known = leases.filter((lease) => lease.server === event.who && wasOpen(lease, index, at));
        for (const { key, who, fence, of, ends } of known) {
          if (!isNamedIn(world.nodes[to]?.memory ?? null, { who, fence })) continue;
          const until = trueTime(world.nodes[to], ends);
          const terms = [{ at, step: index, until, lasts: until - at }];
          const since = { from: at, fromStep: index, until, untilStep: null };
          leases.push({ server: to, key, who, fence, of, ...since, terms, ended: null, ends });
        }
        return;
      }
      case 'disconnected':
        disconnections.push({ who: event.who, at, step: index });
        return;
      case 'cut': {
        const { who, cuts } = event;
        const until = Math.max(at, ...cuts.map((cut) => cut.until.$at));
        partitions.push({ who, at, step: index, ...sidesOf(who, cuts), until, healedIn: null });
        return;
      }
      case 'healed':
        heals.push({ at, step: index });
        for (const partition of partitions) {
          if (partition.until <= at) continue;
          partition.until = at;
          partition.healedIn = index;
        }
        return;
      case 'jumped':
      case 'drifted': {
        const { who } = event;
        const [by, rate] = event.kind === 'jumped' ? [event.by, null] : [null, event.rate];
        clocks.push({ who, at, step: index, by, rate });
        if (event.kind === 'jumped' && !byWall) return;
        for (const lease of leases) {
          if (lease.server !== who || lease.ended !== null || lease.until <= at || lease.until >= FOREVER) continue;
          const until = Math.max(at, trueTime(world.nodes[who], lease.ends));
          lease.terms.push({ at, step: index, until, lasts: lease.terms.at(-1)?.lasts ?? until - at });
          lease.until = until;
          if (until === at) endLease(lease, 'expired', at, index);
        }
        return;
      }
      case 'delayed': {
        const late = move.kind === 'fault' && move.fault.kind === 'delay' ? move.fault.id : null;
        for (const message of messages) if (message.id === late && late !== null) message.delayedIn.push(index);
        return;
      }
      // The copy has an id of its own, so it is found among the messages that are new in this step.
      case 'duplicated':
        return;
      case 'lost': {
        // A message that was in flight is known by now to have vanished; this one was never even put on its way.
        const { from, to, name } = event;
        const vanished = (one: Message) => one.endedIn === index && one.lostAt !== null && one.id !== null;
        if (messages.some((one) => vanished(one) && one.from === from && one.to === to && one.name === name)) return;
        const gone = { deliveredAt: null, lostAt: at, endedIn: index, delayedIn: [], copy: false };
        messages.push({ id: null, from, to, name, sentAt: at, sentIn: index, ...gone });
        return;
      }
    }
  };

  let before = trace.start;
  const placeOf = (move: Step['move']): NodeId => {
    if (move.kind === 'take') return before.pending.find(({ id }) => id === move.id)?.to ?? '';
    return 'node' in move.fault ? move.fault.node : '';
  };
  for (const pending of trace.start.pending) sent(pending, trace.start.now.$at, null, false);
  trace.steps.forEach((step, index) => {
    const at = step.at.$at;
    const still = new Set(step.world.pending.map((pending) => pending.id));
    for (const message of messages) {
      if (message.id === null || message.endedIn !== null || still.has(message.id)) continue;
      message.endedIn = index;
      if (step.move.kind === 'take' && step.move.id === message.id) message.deliveredAt = at;
      else message.lostAt = at;
    }
    const doubles = step.move.kind === 'fault' && step.move.fault.kind === 'duplicate';
    for (const pending of step.world.pending) {
      if (pending.id >= before.nextId) sent(pending, at, index, doubles && pending.id === before.nextId);
    }
    for (const event of step.events) read(event, index, step);
    before = step.world;
  });

  const endsAt = before.now.$at;
  for (const lease of leases) if (lease.ended === null && lease.until <= endsAt) lease.ended = 'expired';
  const records = leases.map(({ ends: _ends, ...lease }) => lease);
  const nodes = { crashes, pauses, clocks, failovers, disconnections, partitions, heals };
  return { endsAt, messages, beliefs, leases: records, accesses, endings, failures, commits, ...nodes };
}

/** When a node's wall clock will show this; FOREVER stays. */
function trueTime(node: NodeState | undefined, wall: Ms): Ms {
  if (wall >= FOREVER || !node) return wall;
  const monotonic = wall - node.wallOffset;
  if (node.drift === null || monotonic <= node.drift.since.$at) return monotonic;
  return node.drift.since.$at + drifted(monotonic - node.drift.since.$at, node.drift);
}

function wasOpen({ ended, untilStep, until }: Lease, step: number, at: Ms): boolean {
  return ended === null ? until > at : ended === 'forgotten' && untilStep === step;
}

/** Does a state hold this acquisition? Every server here writes down a client beside its token, in one object. */
function isNamedIn(state: Json, lease: Pick<Lease, 'who' | 'fence'>): boolean {
  if (typeof state !== 'object' || state === null) return false;
  const parts: readonly Json[] = Object.values(state);
  const named = parts.includes(lease.who) && (lease.fence === 0 || parts.includes(lease.fence));
  return named || parts.some((part) => isNamedIn(part, lease));
}

/** The event names the node that failed; the label of the move, which is exact, also the one that follows it. */
function successorIn(label: string): NodeId | null {
  return /fails over to (\S+)/.exec(label)?.[1] ?? null;
}

function sidesOf(who: NodeId, cuts: readonly Cut[]): Pick<Partition, 'deaf' | 'mute'> {
  return {
    deaf: cuts.filter(({ to }) => to === who).map(({ from }) => from),
    mute: cuts.filter(({ from }) => from === who).map(({ to }) => to),
  };
}
