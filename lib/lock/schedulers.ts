// Who decides. A scheduler only picks among the moves that a world offers, and at which instant of the move's window;
// it can make nothing happen that the world does not allow. Each of them is used up by one run, so make a new one.
// The learner's clicks are one more scheduler, and live in the interface. The search takes every move (explore.ts).
import { draw, rngFrom } from './rng.ts';
import { at } from './time.ts';
import type { Instant, Move, Scheduler } from './types.ts';

/** The quiet run: always what is due first, at its earliest, and never a fault. */
export function natural(): Scheduler {
  return {
    pick(moves) {
      let best: Move | null = null;
      for (const move of moves) {
        if (move.kind === 'take' && (best === null || move.window[0].$at < best.window[0].$at)) best = move;
      }
      return best && { move: best, at: best.window[0] };
    },
  };
}

/** A repeatable random run: any move, at any instant of its window; a fault with the odds given (0 to 1). */
export function seeded(seed: number, faultOdds: number): Scheduler {
  let rng = rngFrom(seed);
  const next = (below: number): number => {
    const [value, following] = draw(rng, below);
    rng = following;
    return value;
  };
  return {
    pick(moves) {
      const takes = moves.filter((move) => move.kind === 'take');
      const faults = moves.filter((move) => move.kind === 'fault');
      const strike = faults.length > 0 && next(1_000_000) < faultOdds * 1_000_000;
      const among = strike ? faults : takes;
      const move = among[next(Math.max(1, among.length))];
      if (!move) return null;
      const [first, last] = move.window;
      return { move, at: at(first.$at + next(last.$at - first.$at + 1)) };
    },
  };
}

/**
 * Follows labels. A label may end in ` @ 37`, the millisecond at which the move is made; without it the move is made as
 * early as it can be. It picks nothing once a label is not on offer: replay() in run.ts says which one and why.
 */
export function scripted(labels: readonly string[]): Scheduler {
  let index = 0;
  return {
    pick(moves) {
      const line = labels[index];
      if (line === undefined) return null;
      const choice = choose(moves, line);
      if (choice.kind !== 'found') return null;
      index += 1;
      return { move: choice.move, at: choice.at };
    },
  };
}

/** One line of a script. The time is written only where it is not the earliest possible. */
export function scriptLine(move: Move, when: Instant): string {
  return when.$at === move.window[0].$at ? move.label : `${move.label} @ ${when.$at}`;
}

export type Choice =
  | { readonly kind: 'found'; readonly move: Move; readonly at: Instant }
  | { readonly kind: 'not offered' }
  | { readonly kind: 'not at that time'; readonly move: Move };

export function choose(moves: readonly Move[], line: string): Choice {
  const timed = / @ (\d+)$/.exec(line);
  const label = timed ? line.slice(0, timed.index) : line;
  const move = moves.find((candidate) => candidate.label === label);
  if (!move) return { kind: 'not offered' };
  const when = timed ? at(Number(timed[1])) : move.window[0];
  const inside = move.window[0].$at <= when.$at && when.$at <= move.window[1].$at;
  return inside ? { kind: 'found', move, at: when } : { kind: 'not at that time', move };
}
