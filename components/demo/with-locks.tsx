'use client';
// Shows what needs these locks when they are here. In Node all of them are, so the server never waits; a page keeps what the server
// has drawn meanwhile. A component of its own, with nothing else to remember: one that waits and also keeps state is begun again by
// React while it hydrates, and loses count of its hooks. It waits once, for all of them.
import { type ReactNode, use } from 'react';
import { type BackendId, backends, loadBackend } from '#lib/lock/index.ts';

const coming = new Map<string, Promise<unknown>>();

function fetched(locks: readonly BackendId[]): Promise<unknown> {
  const name = locks.join(' ');
  const known = coming.get(name);
  if (known) return known;
  const asked = Promise.all(locks.map((id) => loadBackend(id)));
  coming.set(name, asked);
  // What failed may be asked for again.
  asked.catch(() => coming.delete(name));
  return asked;
}

export function WithLocks({ locks, children }: { locks: readonly BackendId[]; children: ReactNode }) {
  if (!locks.every((id) => Object.hasOwn(backends, id))) use(fetched(locks));
  return children;
}
