// A scenario: programs, a backend, a resource, faults, and what its author claims about them.
import type { BackendId } from './backend.ts';
import type { FaultRule } from './fault.ts';
import type { BackendOptions } from './options.ts';
import type { Outcome, Program } from './program.ts';
import type { Bounds } from './search.ts';
import type { Ms, Window } from './time.ts';
import type { NodeId, PropertyId } from './value.ts';

/**
 * What the resource checks. 'reads-and-writes' seals: a read installs the token before it answers. 'compare' looks at no
 * token: it applies a write only if the value is still the one that the writer read.
 */
export type FencePolicy = 'none' | 'writes' | 'reads-and-writes' | 'compare';

export type Scenario = {
  readonly id: string;
  readonly title: string;
  /** Slug of the lesson that it belongs to. */
  readonly lesson: string;
  /** One sentence: what a learner is to see here. */
  readonly point: string;
  readonly backend: BackendId;
  readonly options?: Partial<BackendOptions>;
  readonly clients: { readonly [id: NodeId]: Program };
  /** Which machine each client runs on, where that is part of the story. Only for display. */
  readonly groups?: { readonly [group: string]: readonly NodeId[] };
  /** What an outcome is called in this story, such as `done: 'ticket confirmed'`. Only for display. */
  readonly outcomes?: { readonly [outcome in Outcome]?: string };
  readonly resource: FencePolicy;
  readonly network: Window;
  readonly linePace: Window;
  readonly faults: readonly FaultRule[];
  /** What `nobody-stuck` promises: so long after the last trouble, somebody who wants the lock has it. */
  readonly within?: Ms;
  readonly expect: { readonly [property: PropertyId]: 'holds' | 'violated' };
  readonly bounds?: Partial<Bounds>;
  /** Pinned: worlds reachable with every fault allowed, no observer attached, at the timing of the bounds. */
  readonly states?: number;
  /** Labels of the moves that show the point. */
  readonly script?: readonly string[];
  /**
   * Id of the smaller scenario that claims about this one are searched on. 47 clients cannot be searched; two of the
   * same kind can. The interface must say so.
   */
  readonly searchOn?: string;
};
