// A run as an outside observer would draw it: arrows, leases, beliefs, pauses, accesses. Derived from the steps alone, so
// that no screen has to read the insides of a world. Times are milliseconds since the start, ready to be drawn.
// Left out: anything about pixels, lanes or colours.
import { isMessage } from './pending.ts';
import type { Fence, LockEvent, Ms, NodeId, Outcome, Pending, Trace, World } from './types.ts';

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
};
/** What a client thinks. `until` is null while it still does; `validUntil` is what its own clock was told. */
export type Belief = {
  readonly who: NodeId;
  readonly fence: Fence;
  readonly from: Ms;
  readonly until: Ms | null;
  readonly validUntil: Ms | null;
};
/** What a lock server has on record. `until` is when it ended or will end; `ended` says why, null while it runs. */
export type Lease = {
  readonly server: NodeId;
  readonly key: string;
  readonly who: NodeId;
  readonly fence: Fence;
  readonly from: Ms;
  readonly until: Ms;
  readonly ended: 'expired' | 'released' | 'deleted by another' | null;
};
export type Pause = { readonly who: NodeId; readonly from: Ms; readonly until: Ms };
export type Crash = { readonly who: NodeId; readonly at: Ms; readonly restartedAt: Ms | null };
export type Access = {
  readonly who: NodeId;
  readonly what: 'read' | 'write';
  readonly at: Ms;
  readonly step: number;
  readonly fence: Fence;
  readonly seen: Fence;
  readonly accepted: boolean;
  readonly value: number;
};
export type Ending = { readonly who: NodeId; readonly at: Ms; readonly outcome: Outcome };

export type Chronicle = {
  readonly endsAt: Ms;
  readonly messages: readonly Message[];
  readonly beliefs: readonly Belief[];
  readonly leases: readonly Lease[];
  readonly pauses: readonly Pause[];
  readonly crashes: readonly Crash[];
  readonly accesses: readonly Access[];
  readonly endings: readonly Ending[];
};

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function chronicle(trace: Trace): Chronicle {
  const messages: Draft<Message>[] = [];
  const beliefs: Draft<Belief>[] = [];
  const leases: Draft<Lease>[] = [];
  const pauses: Pause[] = [];
  const crashes: Draft<Crash>[] = [];
  const accesses: Access[] = [];
  const endings: Ending[] = [];

  const sent = (pending: Pending, at: Ms, step: number | null) => {
    if (!isMessage(pending)) return;
    const { id, to, name } = pending;
    const from = pending.input.from;
    messages.push({ id, from, to, name, sentAt: at, sentIn: step, deliveredAt: null, lostAt: null, endedIn: null });
  };
  const closeBelief = (who: NodeId, at: Ms) => {
    for (const belief of beliefs) if (belief.who === who && belief.until === null) belief.until = at;
  };
  const openLease = (server: NodeId, key: string) =>
    leases.find((lease) => lease.server === server && lease.key === key && lease.ended === null);

  const read = (event: LockEvent, at: Ms, step: number, world: World) => {
    switch (event.kind) {
      case 'answered': {
        if (!event.result.ok || event.op === 'release') return;
        const validUntil = event.result.validUntil?.$at ?? null;
        const open = beliefs.find((belief) => belief.who === event.who && belief.until === null);
        if (open) open.validUntil = validUntil;
        else beliefs.push({ who: event.who, fence: event.result.fence, from: at, until: null, validUntil });
        return;
      }
      case 'left':
        closeBelief(event.who, at);
        return;
      case 'granted': {
        // The server counts by its own wall clock; the picture has only one time axis, the true one.
        const until = event.until.$at - (world.nodes[event.server]?.wallOffset ?? 0);
        const open = openLease(event.server, event.key);
        if (open) open.until = until;
        else {
          const { server, key, who, fence } = event;
          leases.push({ server, key, who, fence, from: at, until, ended: null });
        }
        return;
      }
      case 'freed': {
        const open = openLease(event.server, event.key);
        if (!open) return;
        open.ended = event.by === null ? 'expired' : event.rightful ? 'released' : 'deleted by another';
        // An expired key is only found to be gone at the next access; the lease itself ended when its time was up. Where a
        // service ends what would else last, that is the end.
        open.until = event.by === null ? Math.min(open.until, at) : at;
        return;
      }
      case 'accessed': {
        const { who, what, fence, seen, accepted, value } = event;
        accesses.push({ who, what, at, step, fence, seen, accepted, value });
        return;
      }
      case 'finished':
        endings.push({ who: event.who, at, outcome: event.outcome });
        return;
      case 'paused':
        pauses.push({ who: event.who, from: at, until: event.until.$at });
        return;
      case 'crashed':
        crashes.push({ who: event.who, at, restartedAt: null });
        closeBelief(event.who, at);
        return;
      case 'restarted':
        for (const crash of crashes) if (crash.who === event.who && crash.restartedAt === null) crash.restartedAt = at;
        return;
      case 'lost': {
        // A message that was in flight is known by now to have vanished; this one was never even put on its way.
        const { from, to, name } = event;
        const vanished = (one: Message) => one.endedIn === step && one.lostAt !== null && one.id !== null;
        if (messages.some((one) => vanished(one) && one.from === from && one.to === to && one.name === name)) return;
        const sentIn = step;
        messages.push({ id: null, from, to, name, sentAt: at, sentIn, deliveredAt: null, lostAt: at, endedIn: step });
        return;
      }
      default:
        return;
    }
  };

  for (const pending of trace.start.pending) sent(pending, trace.start.now.$at, null);
  let before = trace.start;
  trace.steps.forEach((step, index) => {
    const at = step.at.$at;
    const still = new Set(step.world.pending.map((pending) => pending.id));
    for (const message of messages) {
      if (message.id === null || message.endedIn !== null || still.has(message.id)) continue;
      message.endedIn = index;
      if (step.move.kind === 'take' && step.move.id === message.id) message.deliveredAt = at;
      else message.lostAt = at;
    }
    for (const pending of step.world.pending) if (pending.id >= before.nextId) sent(pending, at, index);
    for (const event of step.events) read(event, at, index, step.world);
    before = step.world;
  });

  const endsAt = before.now.$at;
  for (const lease of leases) if (lease.ended === null && lease.until <= endsAt) lease.ended = 'expired';
  return { endsAt, messages, beliefs, leases, pauses, crashes, accesses, endings };
}
