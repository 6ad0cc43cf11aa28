// No lock at all: every request is granted at once, to everybody. It is the control group of the course, and it lets a
// program keep its lines while the lock is taken away. No server, no lease, no token.
import type { Backend, LockClient } from '../types.ts';

const client: LockClient = {
  call(_state, _op) {
    return { state: null, commands: [], result: { ok: true, fence: 0, validUntil: null } };
  },
  on(state) {
    return { state, commands: [] };
  },
};

export const none: Backend = {
  id: 'none',
  title: 'No lock',
  knobs: [],
  tokens: () => 'none',
  expires: () => false,
  servers: () => ({}),
  client: () => client,
};
