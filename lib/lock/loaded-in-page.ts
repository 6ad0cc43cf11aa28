// The locks that are at hand in a browser, on the page and in its search worker: those that were asked for. A lesson that
// shows Redis fetches Redis, and not the other seventeen. Says the same as loaded.ts, which Node reads in its place.
import { registry } from './backends/registry.ts';
import type { Backend, BackendId } from './types.ts';

const fetched = new Map<BackendId, Backend>();
const here: { [id: BackendId]: Backend } = {};

export const backends: { readonly [id: BackendId]: Backend } = here;

/** What a page has to wait for before it compiles a scenario. Undefined: there is no such lock. */
export function loadBackend(id: BackendId): PromiseLike<Backend> | undefined {
  if (!Object.hasOwn(registry, id)) return undefined;
  return registry[id]?.().then((backend) => {
    fetched.set(id, backend);
    // In the order of the registry, whatever came first.
    for (const one of Object.keys(registry)) {
      const known = fetched.get(one);
      if (!known) continue;
      delete here[one];
      here[one] = known;
    }
    return backend;
  });
}
