// What near.tsx fetches when a demo is wanted: the interactive demo, and the locks that its scenarios run on.
import { type BackendId, loadBackend } from '#lib/lock/index.ts';

export { DemoBody } from './prediction-demo.tsx';

/** Resolves when scenarios with these locks can be compiled here. */
export async function makeReady(locks: readonly BackendId[]): Promise<void> {
  await Promise.all(locks.map((id) => loadBackend(id)));
}
