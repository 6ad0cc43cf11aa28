// A property: a fold over what an observer sees, and a judgement on it.
import type { LockEvent } from './event.ts';
import type { Instant } from './time.ts';
import type { Json, PropertyId } from './value.ts';
import type { World } from './world.ts';

export type Property<S extends Json = Json> = {
  readonly id: PropertyId;
  /** A statement, as a lesson would make it: 'At most one client believes that it holds the lock.' */
  readonly title: string;
  /** 'sometimes' guards against a property that holds because nothing happens. */
  readonly kind: 'always' | 'sometimes';
  readonly start: S;
  /** `now` is true time: an observer stands outside. */
  observe(state: S, event: LockEvent, now: Instant): S;
  holds(state: S, world: World, ended: boolean): boolean;
  /** What went wrong, in words for a whiteboard. Called only on a state in which `holds` is false. */
  violation(state: S, world: World): string;
};
