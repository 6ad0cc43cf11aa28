// What is claimed about a lock. Each property is an observer: it folds the events of a run into a small state, which is
// part of the world, so that a claim about the past ("after B had written …") can be checked in one state.
// Each can say in one sentence what went wrong, as one would at a whiteboard. None of them looks inside an actor.
import { deadline, isOver } from './time.ts';
import type { Deadline, Fence, NodeId, Property, PropertyId } from './types.ts';

/**
 * "Believes" means: was told that it has the lock, and has neither started to give it back, nor noticed that its lease is
 * over, nor crashed. A paused client still believes, since it cannot look at its clock. No lock that ends by itself can
 * promise this property; it is here to be seen broken.
 */
type Believer = {
  readonly who: NodeId;
  readonly until: Deadline | null;
  readonly cause: 'its lease ended in a pause' | 'its lock was deleted' | null;
};
const oneBeliever: Property<readonly Believer[]> = {
  id: 'one-believer',
  title: 'At most one client believes that it holds the lock.',
  kind: 'always',
  start: [],
  observe(state, event) {
    switch (event.kind) {
      case 'answered': {
        if (!event.result.ok || event.op === 'release') return state;
        const until = event.result.validUntil && deadline(event.result.validUntil);
        if (event.op === 'extend') return change(state, event.who, (believer) => ({ ...believer, until }));
        return [...state.filter(({ who }) => who !== event.who), { who: event.who, until, cause: null }];
      }
      case 'left':
      case 'crashed':
        return state.some(({ who }) => who === event.who) ? state.filter(({ who }) => who !== event.who) : state;
      case 'paused':
        return change(state, event.who, (believer) => {
          const { until } = believer;
          const inPause = until !== null && !isOver(until, event.from) && isOver(until, event.until);
          return inPause ? { ...believer, cause: 'its lease ended in a pause' } : believer;
        });
      case 'freed':
        if (event.rightful) return state;
        return change(state, event.whose, (believer) => ({ ...believer, cause: 'its lock was deleted' }));
      default:
        return state;
    }
  },
  holds: (state) => state.length <= 1,
  violation([first, second], world) {
    if (!first || !second) return '';
    const a = first.who;
    const both = `${a} and ${second.who} both believe they hold the lock`;
    if (first.cause === 'its lock was deleted') return `${both}: somebody else deleted ${a}’s lock.`;
    if (first.cause === 'its lease ended in a pause') return `${both}: ${a}’s lease ended while it was paused.`;
    if (first.until === null) return `${both}: nothing kept ${second.who} out.`;
    if (isOver(first.until, world.now)) return `${both}: ${a}’s lease ended and ${a} has not noticed.`;
    return `${both}: ${second.who} was let in although ${a}’s lease has not ended.`;
  },
};

function change(state: readonly Believer[], id: NodeId, how: (believer: Believer) => Believer): readonly Believer[] {
  return state.some(({ who }) => who === id) ? state.map((one) => (one.who === id ? how(one) : one)) : state;
}

/** Kleppmann's picture: the older holder's write lands on top of the newer holder's. Judged by tokens, so it needs them. */
type Writes = {
  readonly highest: Fence;
  readonly by: NodeId | null;
  readonly stale: { readonly who: NodeId; readonly fence: Fence } | null;
};
const noStaleWrite: Property<Writes> = {
  id: 'no-stale-write',
  title: 'No write is accepted after a write of a later holder.',
  kind: 'always',
  start: { highest: 0, by: null, stale: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted || event.fence === 0) return state;
    if (event.fence < state.highest) return { ...state, stale: { who: event.who, fence: event.fence } };
    return { ...state, highest: event.fence, by: event.who };
  },
  holds: (state) => state.stale === null,
  violation({ stale, highest, by }) {
    return `The store accepted ${stale?.who}’s write with token ${stale?.fence} after ${by}’s write with token ${highest}.`;
  },
};

/** Each accepted write means "one more than I read", so the value must equal the number of accepted writes. */
type Counted = {
  readonly accepted: number;
  readonly last: NodeId | null;
  readonly lost: { readonly by: NodeId; readonly whose: NodeId | null; readonly value: number } | null;
};
const noLostUpdate: Property<Counted> = {
  id: 'no-lost-update',
  title: 'Every accepted increment is still in the value.',
  kind: 'always',
  start: { accepted: 0, last: null, lost: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted || state.lost) return state;
    const accepted = state.accepted + 1;
    if (event.value === accepted) return { accepted, last: event.who, lost: null };
    return { accepted, last: event.who, lost: { by: event.who, whose: state.last, value: event.value } };
  },
  holds: (state) => state.lost === null,
  violation({ lost, accepted }) {
    return `${accepted} increments were accepted, but the value is ${lost?.value}: ${lost?.by} overwrote ${lost?.whose}’s without having read it.`;
  },
};

/** For a seat, or anything else that may happen once: one accepted write is one ticket. */
type Confirmed = { readonly count: number; readonly first: NodeId | null; readonly second: NodeId | null };
const noDoubleEffect: Property<Confirmed> = {
  id: 'no-double-effect',
  title: 'At most one booking is confirmed.',
  kind: 'always',
  start: { count: 0, first: null, second: null },
  observe(state, event) {
    if (event.kind !== 'accessed' || event.what !== 'write' || !event.accepted) return state;
    const count = state.count + 1;
    if (state.first === null) return { ...state, count, first: event.who };
    return { ...state, count, second: state.second ?? event.who };
  },
  holds: (state) => state.count <= 1,
  violation({ count, first, second }) {
    if (count > 2) return `One seat was sold ${count} times, first to ${first} and ${second}.`;
    return `${first} and ${second} were both told that the seat is theirs.`;
  },
};

const onlyOwnerReleases: Property<{ readonly by: NodeId; readonly whose: NodeId } | null> = {
  id: 'only-owner-releases',
  title: 'Only the holder gives the lock back.',
  kind: 'always',
  start: null,
  observe(state, event) {
    if (event.kind !== 'freed' || event.rightful || event.by === null || state) return state;
    return { by: event.by, whose: event.whose };
  },
  holds: (state) => state === null,
  violation: (state) =>
    `${state?.by} deleted the lock while it was ${state?.whose}’s: a bare delete does not ask whose it is.`,
};

/** Reached only when every allowed fault has struck and a client finishes after the last of them. */
const somebodyFinishes: Property<boolean> = {
  id: 'somebody-finishes',
  title: 'A client can still finish its work after all the faults.',
  kind: 'sometimes',
  start: false,
  observe(state, event) {
    if (event.kind === 'finished') return state || event.outcome === 'done';
    return event.kind === 'crashed' || event.kind === 'paused' || event.kind === 'restarted' ? false : state;
  },
  holds: (state, world) => state && Object.values(world.faultsLeft).every((left) => left === 0),
  violation: () => 'In no run does a client finish its work after the faults.',
};

export const properties: readonly Property[] = [
  oneBeliever,
  noStaleWrite,
  noLostUpdate,
  noDoubleEffect,
  onlyOwnerReleases,
  somebodyFinishes,
] as readonly Property[];

export function propertyById(id: PropertyId): Property | undefined {
  return properties.find((property) => property.id === id);
}
