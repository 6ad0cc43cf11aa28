// "Believes" means: was told that it has the lock, and has neither started to give it back, nor noticed that its lease is
// over, nor crashed. A paused client still believes, since it cannot look at its clock. No lock that ends by itself can
// promise this property; it is here to be seen broken.
import { deadline, isOver } from '../time.ts';
import type { Deadline, NodeId, Property } from '../types.ts';

type Believer = {
  readonly who: NodeId;
  readonly until: Deadline | null;
  readonly cause: 'its lease ended in a pause' | 'its lock was deleted' | 'the service ended it' | null;
};

export const oneBeliever: Property<readonly Believer[]> = {
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
        // A lease that has run out is told by its end, which its holder knows.
        return change(state, event.whose, (believer) => {
          if (!event.rightful) return { ...believer, cause: 'its lock was deleted' };
          return event.by === null && believer.until === null
            ? { ...believer, cause: 'the service ended it' }
            : believer;
        });
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
    if (first.cause === 'the service ended it')
      return `${both}: the service ended ${a}’s lock, and ${a} has not heard of it.`;
    if (first.cause === 'its lease ended in a pause') return `${both}: ${a}’s lease ended while it was paused.`;
    if (first.until === null) return `${both}: nothing kept ${second.who} out.`;
    if (isOver(first.until, world.now)) return `${both}: ${a}’s lease ended and ${a} has not noticed.`;
    return `${both}: ${second.who} was let in although ${a}’s lease has not ended.`;
  },
};

function change(state: readonly Believer[], id: NodeId, how: (believer: Believer) => Believer): readonly Believer[] {
  return state.some(({ who }) => who === id) ? state.map((one) => (one.who === id ? how(one) : one)) : state;
}
