// A search: how far it goes, how far it is, and what it has found out.

/** Which instants of a window are looked at: its first, its two ends, or each whole millisecond. */
export type Timing = 'earliest' | 'corners' | 'every-ms';
export type Bounds = {
  readonly states: number;
  readonly depth: number;
  /** What the states may take in memory, looked at every thousand of them; left out: what leaves the process below 512 MB. */
  readonly bytes?: number;
  readonly timing: Timing;
};
export type Progress = {
  readonly states: number;
  readonly depth: number;
  readonly queued: number;
  /** How many faults the runs being looked at contain; grows one by one. */
  readonly faults: number;
};

export type Verdict =
  /** In none of the states, with up to `faults` faults. For a 'sometimes' property: `script` reaches it. */
  | ({ readonly kind: 'holds'; readonly timing: Timing; readonly script?: readonly string[] } & Progress)
  /**
   * `faults` is the number of faults in `script`, and everything with fewer has been searched to its end: broken by
   * `faults`, safe with fewer. A 'sometimes' property that nothing reaches has an empty script.
   */
  | ({
      readonly kind: 'violated';
      readonly timing: Timing;
      readonly script: readonly string[];
      readonly words: string;
    } & Progress)
  /** A bound was met first; runs with fewer than `faults` faults have been searched to their end. */
  | ({
      readonly kind: 'unknown';
      readonly timing: Timing;
      readonly stoppedBy: 'states' | 'depth' | 'memory' | 'cancel';
    } & Progress);
