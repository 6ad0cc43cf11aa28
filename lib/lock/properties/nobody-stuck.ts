// Once faults stop, somebody who wants the lock gets it within `within` ms. A liveness property made checkable: "eventually"
// has no counterexample of finite length, "within 60 ms" has.
// The time runs from when nothing stands in the way any more, which is the latest of four: the oldest waiting client asked, a
// client got the lock, a holder left it, the last fault ended. A pause ends when it is over, a delay when the message
// is due, a cut when it is healed or its time is up; while one goes on, nothing is promised. A crash is over at once: the
// lease of a dead holder and a service that stays down are what the promise is about. Renewals start nothing anew, so a
// holder that works on and on breaks it too (F11a).
// Broken also by a run that ends with somebody still waiting: nothing will ever answer it.
import { isFault } from '../faults/fault.ts';
import { deadline, FOREVER, instantOf, isOver, later } from '../time.ts';
import type { Cut, Deadline, Instant, LockEvent, Ms, NodeId, Property } from '../types.ts';

/** `due`: from then on it has waited too long. */
type Wish = { readonly who: NodeId; readonly due: Deadline };
type Waiting = {
  /** Who wants the lock, the oldest wish first. */
  readonly wishes: readonly Wish[];
  /** While a pause or a delay goes on: what is due after its end. */
  readonly trouble: Deadline | null;
  /** The same for cuts, apart from the others because somebody may heal them early. */
  readonly cut: Deadline | null;
  readonly holder: { readonly who: NodeId; readonly dead: boolean } | null;
  /** Who was waiting when it had been too long. */
  readonly stuck: readonly NodeId[] | null;
};

export function nobodyStuck(within: Ms): Property<Waiting> {
  const dueAfter = (calm: Instant) => deadline(later(calm, within + 1));
  /** Does the trouble that this comes from still lie ahead? */
  const goesOn = (due: Deadline | null, now: Instant) => due !== null && !isOver(due, later(now, within + 1));

  const cutUntil = (sofar: Deadline | null, { until }: Cut) => furthest(sofar, dueAfter(until));

  const isLate = ({ wishes: [oldest], cut }: Waiting, now: Instant) =>
    oldest !== undefined && isOver(oldest.due, now) && (cut === null || isOver(cut, now));

  /** Nothing before `calm` counts against anybody. */
  const excuse = (state: Waiting, calm: Instant): Waiting => {
    const due = dueAfter(calm);
    return { ...state, wishes: state.wishes.map((wish) => (wish.due.$until < due.$until ? { ...wish, due } : wish)) };
  };

  const asks = (state: Waiting, who: NodeId, now: Instant): Waiting => {
    const due = furthest(state.trouble, dueAfter(now));
    return { ...state, wishes: [...state.wishes.filter((wish) => wish.who !== who), { who, due }] };
  };

  const read = (state: Waiting, event: LockEvent, now: Instant): Waiting => {
    switch (event.kind) {
      case 'asked':
        return event.op === 'acquire' ? asks(state, event.who, now) : state;
      case 'answered': {
        if (event.op !== 'acquire') return state;
        const answered = without(state, event.who);
        return event.result.ok ? excuse({ ...answered, holder: { who: event.who, dead: false } }, now) : answered;
      }
      case 'left':
        return excuse({ ...state, holder: state.holder?.who === event.who ? null : state.holder }, now);
      case 'finished':
        return without(state, event.who);
      case 'crashed': {
        const holder = state.holder?.who === event.who ? { who: event.who, dead: true } : state.holder;
        return excuse({ ...without(state, event.who), holder }, now);
      }
      case 'paused':
      case 'delayed':
        return excuse({ ...state, trouble: furthest(state.trouble, dueAfter(event.until)) }, event.until);
      case 'cut':
        return { ...excuse(state, now), cut: event.cuts.reduce(cutUntil, state.cut) };
      case 'healed':
        return excuse({ ...state, cut: null }, now);
      default:
        return isFault(event) ? excuse(state, now) : state;
    }
  };

  /** What is over is forgotten, once what it excuses has been excused. */
  const forget = (state: Waiting, now: Instant): Waiting => {
    const trouble = goesOn(state.trouble, now) ? state.trouble : null;
    if (state.cut === null || goesOn(state.cut, now)) {
      return trouble === state.trouble ? state : { ...state, trouble };
    }
    const healed = instantOf({ $until: state.cut.$until - within - 1 });
    return { ...excuse(state, healed), trouble, cut: null };
  };

  return {
    id: 'nobody-stuck',
    title: 'Once faults stop, somebody who wants the lock gets it within a stated time.',
    kind: 'always',
    start: { wishes: [], trouble: null, cut: null, holder: null, stuck: null },
    observe(state, event, now) {
      if (state.stuck) return state;
      // Whatever the event is, it came too late.
      if (isLate(state, now)) return { ...state, stuck: state.wishes.map(({ who }) => who) };
      return read(forget(state, now), event, now);
    },
    holds(state, world, ended) {
      if (state.stuck) return false;
      if (isLate(state, world.now)) return false;
      const cutForEver = state.cut !== null && state.cut.$until >= FOREVER;
      return !(ended && state.wishes.length > 0 && !cutForEver);
    },
    violation({ wishes, holder, stuck }, world) {
      const names = (stuck ?? wishes.map(({ who }) => who)).join(' and ');
      const ended = stuck === null && world.pending.length === 0;
      const waits = ended
        ? `${names} will wait for the lock for ever`
        : `Nothing went wrong for ${within} ms, and ${names} still waited for the lock`;
      if (holder === null) return `${waits}, although nobody works with it.`;
      if (holder.dead && holder.who === names) return `${waits}: it had it when it crashed.`;
      return holder.dead
        ? `${waits}: ${holder.who} crashed with it.`
        : `${waits}: ${holder.who} has it and does not give it back.`;
    },
  };
}

function without(state: Waiting, id: NodeId): Waiting {
  return state.wishes.some(({ who }) => who === id)
    ? { ...state, wishes: state.wishes.filter(({ who }) => who !== id) }
    : state;
}

function furthest(sofar: Deadline | null, one: Deadline): Deadline {
  return sofar !== null && sofar.$until >= one.$until ? sofar : one;
}
