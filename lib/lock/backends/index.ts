// The locks that are at hand: in Node all of the registry, in a page those that were fetched.
export { backends, loadBackend } from '#lib/lock/loaded.ts';
