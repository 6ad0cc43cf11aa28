// What befalls the network: messages that are lost, late or doubled, links that are cut, connections that break.
// A rule names its targets and, in `from`, the nodes at the other end; `oneWay` keeps to one direction.
import { isMessage } from '../pending.ts';
import { FOREVER, later, latest as latestOf } from '../time.ts';
import type { Cut, FaultRule, NodeId, Pending, World } from '../types.ts';
import {
  type FaultMaker,
  isInside,
  isPaused,
  nodeOf,
  type Offer,
  runningTargets,
  type Struckable,
  wrongMaker,
} from './fault.ts';

type Message = Pending & { readonly input: { readonly kind: 'message'; readonly from: NodeId } };

export const loss: FaultMaker = {
  offers: (rule, system, world, [now]) =>
    // Only at once: it is never delivered either way, and what follows does not depend on when it vanished.
    messagesOf(rule, system, world).map((message) =>
      offer({ kind: 'loss', id: message.id }, `lose ${nameOf(message)}`, now),
    ),
  strike(world, fault) {
    if (fault.kind !== 'loss') return wrongMaker(fault);
    const message = messageIn(world, fault.id);
    const { to, name } = message;
    return {
      pending: world.pending.filter((one) => one !== message),
      events: [{ kind: 'lost', from: message.input.from, to, name, taken: true }],
    };
  },
};

export const delay: FaultMaker = {
  offers: (rule, system, world, [now]) =>
    messagesOf(rule, system, world).flatMap((message) =>
      (rule.lasts ?? []).map((lasts) =>
        offer({ kind: 'delay', id: message.id, lasts }, `delay ${nameOf(message)} by ${lasts} ms`, now),
      ),
    ),
  strike(world, fault, now) {
    if (fault.kind !== 'delay') return wrongMaker(fault);
    const message = messageIn(world, fault.id);
    const { earliest, latest, to, name } = message;
    // What could have come before now can come now: a message must not be late by less because it could have come earlier.
    const late = {
      ...message,
      earliest: later(latestOf(earliest, now), fault.lasts),
      latest: later(latest, fault.lasts),
    };
    return {
      pending: world.pending.map((one) => (one === message ? late : one)),
      events: [{ kind: 'delayed', from: message.input.from, to, name, until: late.latest }],
    };
  },
};

/** The copy may arrive before or after the original, within the same window. */
export const duplicate: FaultMaker = {
  offers: (rule, system, world, [now]) =>
    messagesOf(rule, system, world).map((message) =>
      offer({ kind: 'duplicate', id: message.id }, `double ${nameOf(message)}`, now),
    ),
  strike(world, fault) {
    if (fault.kind !== 'duplicate') return wrongMaker(fault);
    const message = messageIn(world, fault.id);
    const { to, name } = message;
    return {
      pending: [...world.pending, { ...message, id: world.nextId }],
      events: [{ kind: 'duplicated', from: message.input.from, to, name }],
    };
  },
};

export const partition: FaultMaker = {
  offers(rule, system, world, window) {
    const at = rule.lasts ? window : ([window[0], window[0]] as const);
    return runningTargets(rule, system, world)
      .filter(
        (node) => !world.cuts.some((cut) => (cut.from === node || cut.to === node) && cut.until.$at > world.now.$at),
      )
      .flatMap((node) =>
        (rule.lasts ?? [FOREVER]).map((lasts) => {
          const others = Object.keys(world.nodes).filter(
            (id) => id !== node && (rule.from?.includes(id) ?? true) && !isInside(system, node, id),
          );
          const cuts = others.flatMap((other): Cut[] => [
            ...(rule.oneWay === 'out' ? [] : [{ from: other, to: node, until: { $at: lasts } }]),
            ...(rule.oneWay === 'in' ? [] : [{ from: node, to: other, until: { $at: lasts } }]),
          ]);
          const how = rule.oneWay === 'in' ? ' (inbound)' : rule.oneWay === 'out' ? ' (outbound)' : '';
          const long = lasts >= FOREVER ? '' : ` for ${lasts} ms`;
          return {
            fault: { kind: 'partition' as const, node, cuts },
            label: `cut off ${node}${how}${long}`,
            window: at,
          };
        }),
      );
  },
  strike(world, fault, now) {
    if (fault.kind !== 'partition') return wrongMaker(fault);
    // In the fault, `until` is how long it lasts, since an offer does not know when it will be taken.
    const cuts = fault.cuts.map((cut) => ({ ...cut, until: later(now, cut.until.$at) }));
    const severed = world.pending.filter(
      (one): one is Message => isMessage(one) && cuts.some(({ from, to }) => from === one.input.from && to === one.to),
    );
    return {
      cuts: [...world.cuts.filter((cut) => cut.until.$at > now.$at), ...cuts],
      pending: world.pending.filter((one) => !severed.includes(one as Message)),
      events: [
        { kind: 'cut', who: fault.node, cuts },
        ...severed.map(({ input, to, name }) => ({ kind: 'lost' as const, from: input.from, to, name })),
      ],
    };
  },
};

export const heal: FaultMaker = {
  offers: (_rule, _system, world, [now]) =>
    world.cuts.some((cut) => cut.until.$at > now.$at) ? [offer({ kind: 'heal' }, 'heal the network', now)] : [],
  strike: () => ({ cuts: [], events: [{ kind: 'healed' }] }),
};

/**
 * The connections of a client break: what is in flight over them is gone, the servers notice at once and the client a
 * little later. What it sends over them meanwhile is gone as well (step.ts), and they cannot break again.
 */
export const disconnect: FaultMaker = {
  offers: (rule, system, world, [now]) =>
    runningTargets(rule, system, world).map((node) =>
      offer({ kind: 'disconnect', node }, `break the connection of ${node}`, now),
    ),
  strike(world, fault, now, { servers }) {
    if (fault.kind !== 'disconnect') return wrongMaker(fault);
    const { node } = fault;
    const within = (one: Pending): one is Message =>
      isMessage(one) &&
      ((one.input.from === node && servers.includes(one.to)) || (one.to === node && servers.includes(one.input.from)));
    const noticing = servers.filter((id) => nodeOf(world, id).up && !isPaused(nodeOf(world, id), now));
    const sleeping = servers.filter((id) => isPaused(nodeOf(world, id), now));
    const told = servers.filter((id) => world.pending.some(({ to, input }) => to === node && isEndOf(input, id)));
    return {
      pending: world.pending.filter((one) => !within(one)),
      events: [
        { kind: 'disconnected', who: node },
        ...world.pending
          .filter(within)
          .map(({ input, to, name }) => ({ kind: 'lost' as const, from: input.from, to, name })),
      ],
      told: noticing.map((to) => ({ to, input: { kind: 'closed', from: node } })),
      closed: [
        ...servers.filter((id) => !told.includes(id)).map((from) => ({ to: node, from, after: null })),
        ...sleeping.map((to) => ({ to, from: node, after: null })),
      ],
    };
  },
};

function isEndOf(input: Pending['input'], id: NodeId): boolean {
  return input.kind === 'closed' && input.from === id;
}

function offer(fault: Offer['fault'], label: string, now: Offer['window'][0]): Offer {
  return { fault, label, window: [now, now] };
}

function nameOf({ input, to, name }: Message): string {
  return `${input.from}→${to}: ${name}`;
}

/** Messages with one end among the targets and the other in `from`. */
function messagesOf({ targets, from, oneWay }: FaultRule, system: Struckable, world: World): readonly Message[] {
  const ends = (target: NodeId, other: NodeId) => targets.includes(target) && (from?.includes(other) ?? true);
  return world.pending.filter(
    (one): one is Message =>
      isMessage(one) &&
      !isInside(system, one.input.from, one.to) &&
      ((oneWay !== 'out' && ends(one.to, one.input.from)) || (oneWay !== 'in' && ends(one.input.from, one.to))),
  );
}

function messageIn(world: World, id: number): Message {
  const found = world.pending.find((one) => one.id === id);
  if (!found || !isMessage(found)) throw new Error(`no message with id ${id} is in flight`);
  return found;
}
