// The vocabulary of the lock engine: time, the world, actors, backends, programs, faults, moves, verdicts.
// Types only. A world is one plain JSON value, so that undo, replay, sharing and search work on all of it, and so that
// the same run gives the same hash in Node, in a page and in a web worker.
// Left out on purpose: anything that decides (schedulers.ts), follows (step.ts) or looks (the interface).
export type * from './types/actor.ts';
export type * from './types/backend.ts';
export type * from './types/event.ts';
export type * from './types/fault.ts';
export type * from './types/operation.ts';
export type * from './types/options.ts';
export type * from './types/program.ts';
export type * from './types/property.ts';
export type * from './types/run.ts';
export type * from './types/scenario.ts';
export type * from './types/search.ts';
export type * from './types/time.ts';
export type * from './types/value.ts';
export type * from './types/world.ts';
