'use client';
// Shows what needs these locks when they are here. A component of its own, with nothing else to remember: one that waits and also
// keeps state is begun again by React while it hydrates, and loses count of its hooks.
import type { ReactNode } from 'react';
import { useLocks } from '#components/demo/use-locks.ts';
import type { BackendId } from '#lib/lock/index.ts';

export function WithLocks({ locks, children }: { locks: readonly BackendId[]; children: ReactNode }) {
  useLocks(locks);
  return children;
}
