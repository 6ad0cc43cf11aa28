// What may be measured: something that can be asked a question, in a process of its own each time, and says how long the answer
// took. Times are wall-clock milliseconds, since waiting is what a person does.
import type { Question } from '../questions.ts';

export type Sample = {
  readonly kind: 'holds' | 'violated' | 'unknown';
  /** As the engine counts them. Ours are worlds after a move; Spin's include every tick of a millisecond in between. */
  readonly states: number;
  /** What comes before the search, by name: starting a process and loading code, or generating and compiling. */
  readonly before: { readonly [part: string]: number };
  readonly searchMs: number;
  /** From asking to the verdict. Null where that was not measured. */
  readonly totalMs: number | null;
  /** Processor time of the same. */
  readonly cpuMs: number | null;
  readonly peakMb: number;
};

export type Engine = {
  readonly id: string;
  readonly title: string;
  /** One sentence for --help. */
  readonly about: string;
  /** Null when it can be asked here; otherwise why not. */
  missing(): string | null;
  ask(question: Question): Promise<Sample>;
};
