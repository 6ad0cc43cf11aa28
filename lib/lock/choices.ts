// The plain choices that make a standard experiment, and what they are when nobody chooses.
import type { FaultChoice } from './experiment-faults.ts';
import { FOREVER } from './time.ts';
import type { BackendId, BackendOptions, FencePolicy, Ms, Timing, Window } from './types.ts';

export type Choices = {
  readonly lock: BackendId;
  readonly clients: number;
  /** Add one, or take a seat that is free. Left out: what the question is about, a seat for `no-double-effect`. */
  readonly task?: 'add' | 'book';
  /** Length of the lease or session. */
  readonly ttl: Ms;
  /** How long the work between read and write takes. */
  readonly hold: Ms;
  /** Renew the lease never, after each third of it, or after so many milliseconds. */
  readonly renew: 'none' | 'third' | Ms;
  readonly release: 'safe' | 'blind';
  readonly fence: FencePolicy;
  /** Look at the clock just before the write. */
  readonly recheck: boolean;
  /** Stop working when no more than this is left of the lease; null means not to. */
  readonly margin: Ms | null;
  /** Stop working on the news that the lock is lost, as one should, or only log it. */
  readonly onLost: 'stop' | 'ignore';
  /** Bound the write by so much time; null means not to. */
  readonly bound: Ms | null;
  /** How long a client goes on asking for the lock; FOREVER means that it never gives up. */
  readonly patience: Ms;
  readonly network: Window;
  /** Each client begins so much later than the one before it, as hosts do whose clocks differ. */
  readonly stagger: Ms;
  readonly faults: readonly FaultChoice[];
  /** What `nobody-stuck` promises; null means what suffices for this lock when nothing is wrong with it. */
  readonly within: Ms | null;
  /** Knobs of the backend beyond these. */
  readonly options: Partial<BackendOptions>;
  readonly timing: Timing;
  readonly maxStates: number;
};

export const USUAL: Choices = {
  lock: 'redis',
  clients: 2,
  ttl: 30,
  hold: 5,
  renew: 'none',
  release: 'safe',
  fence: 'none',
  recheck: true,
  margin: null,
  onLost: 'stop',
  bound: null,
  patience: FOREVER,
  network: [1, 2],
  stagger: 0,
  faults: [],
  within: null,
  options: {},
  timing: 'every-ms',
  maxStates: 2_000_000,
};
