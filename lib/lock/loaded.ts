// The locks that are at hand. In Node, which reads this file, that is all of them, before anything else runs: tests, terminal
// and the server's pages ask and have. A browser reads loaded-in-page.ts instead (`imports` in package.json).
import { registry } from './backends/registry.ts';
import type { Backend, BackendId } from './types.ts';

const all: { [id: BackendId]: Backend } = {};
for (const [id, load] of Object.entries(registry)) all[id] = await load();

export const backends: { readonly [id: BackendId]: Backend } = all;

/** What a page has to wait for before it compiles a scenario. Undefined: there is no such lock. */
export function loadBackend(id: BackendId): PromiseLike<Backend> | undefined {
  return Object.hasOwn(registry, id) ? registry[id]?.() : undefined;
}
