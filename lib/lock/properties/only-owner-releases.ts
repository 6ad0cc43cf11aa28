// A holder that overran its lease must not take the lock away from whoever holds it now (F9). The server says whose record
// went and who asked for it; that a record ended by itself is nobody's doing.
import type { NodeId, Property } from '../types.ts';

export const onlyOwnerReleases: Property<{ readonly by: NodeId; readonly whose: NodeId } | null> = {
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
