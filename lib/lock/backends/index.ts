// The locks that are at hand: in Node all of the registry, in a page those that were fetched.
import { registry } from './registry.ts';

export { backends, loadBackend } from '#lib/lock/loaded.ts';

/** All that there are, at hand or not. */
export const lockIds: readonly string[] = Object.keys(registry);
