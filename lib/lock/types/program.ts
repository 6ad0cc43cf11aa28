// Programs: what a client does with its lock, line by line, and how that can end.
import type { LockOp } from './operation.ts';
import type { Ms, Window } from './time.ts';

export type Line =
  | LockOp
  /**
   * Look at my own clock; jump when the lease is over, or when less than `atLeast` of it is left, which is how long the next
   * operation may take. Jumping past the last line ends the program.
   */
  | { readonly op: 'stillMine'; readonly else: number; readonly atLeast?: Ms }
  /** Look at the value that I read; jump unless it is 0, which means "available". */
  | { readonly op: 'ifFree'; readonly else: number }
  | { readonly op: 'read' }
  /**
   * `write` stores the value that was read plus one: the second half of a read-modify-write. `within` bounds the operation:
   * the resource refuses it when its wall clock says that it has been under way for longer.
   */
  | { readonly op: 'write'; readonly within?: Ms }
  /** Writes only if the value is still the one that was read; `else` is where to go on when it is not. */
  | { readonly op: 'compareAndWrite'; readonly else?: number }
  | { readonly op: 'work'; readonly takes: Window }
  | { readonly op: 'goto'; readonly line: number };

/** `text` is what is shown as code, `run` is what is done: the two cannot differ in length or order. */
export type Program = {
  readonly name: string;
  readonly lines: readonly { readonly text: string; readonly run: Line }[];
  /** What it does on hearing that the lock is lost: stop working, as it should, or only log it. 'stop' if left out. */
  readonly onLost?: 'stop' | 'ignore';
  /** It stops by itself when no more than this is left of its lease, unless it has been renewed by then. */
  readonly stopBefore?: Ms;
};

/** How a program ended. `taken`: it read that somebody else has the seat. `refused`: the resource fenced it off. */
export type Outcome = 'done' | 'taken' | 'held' | 'lost' | 'timeout' | 'refused' | 'conflict';
