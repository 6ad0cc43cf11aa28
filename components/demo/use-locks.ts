// Waits, as React waits, until the locks that a scenario runs on are here. In Node all of them are, so the server never does; a page
// keeps what the server has drawn meanwhile.
import { use } from 'react';
import { type BackendId, backends, loadBackend } from '#lib/lock/index.ts';

const coming = new Map<BackendId, Promise<unknown>>();

function fetched(id: BackendId): Promise<unknown> {
  const known = coming.get(id);
  if (known) return known;
  const asked = Promise.resolve(loadBackend(id));
  coming.set(id, asked);
  // What failed may be asked for again.
  asked.catch(() => coming.delete(id));
  return asked;
}

export function useLocks(ids: readonly BackendId[]): void {
  const missing = ids.filter((id) => !Object.hasOwn(backends, id));
  // All are asked for before the first is waited for.
  for (const one of missing.map(fetched)) use(one);
}
