// The client of most demos: add one to a number under a lock. Read, work on it, write it back: the smallest thing that
// goes wrong when two do it at once, and the shape of nearly every critical section.
// It is a careful client. It looks at its own clock just before it writes, and that is the check which a pause makes useless.
import type { Ms, Program, Scenario } from '#lib/lock/index.ts';

export const LEASE: Ms = 30;

export function increment(options: { patience?: Ms; release?: string } = {}): Program {
  const { patience = 60, release = 'await lock.release(lease);' } = options;
  return {
    name: 'add one',
    lines: [
      {
        text: `const lease = await lock.acquire({ ttl: ${LEASE} });`,
        run: { op: 'acquire', key: 'lock', ttl: LEASE, patience },
      },
      { text: 'const n = await store.read(lease.token);', run: { op: 'read' } },
      { text: 'const next = n + 1;', run: { op: 'work', takes: [2, 2] } },
      { text: 'if (!lease.stillMine()) return;', run: { op: 'stillMine', else: 6 } },
      { text: 'await store.write(next, lease.token);', run: { op: 'write' } },
      { text: release, run: { op: 'release' } },
    ],
  };
}

/**
 * The surroundings of the increment demos. With these numbers a lease of 30 ms outlasts the longest undisturbed critical
 * section (3 + 6 + 2 + 6 = 17 ms), so whatever breaks is broken by the fault and not by a lease that was too short.
 * They are small enough for a search to look at every whole millisecond.
 */
export const quietNetwork = {
  backend: 'redis',
  clients: { A: increment(), B: increment() },
  network: [2, 3],
  options: { retry: [30, 30] },
  linePace: [0, 0],
} as const satisfies Partial<Scenario>;
