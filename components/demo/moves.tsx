// You are the scheduler: what may happen at this moment, as buttons. Taking one cuts the future here and goes on from it.
// Where a thing may come early or late, both ends of its window are offered; that is where races live.
import { memo, type ReactNode, useRef } from 'react';
import type { Move, Ms } from '#lib/lock/index.ts';
import type { DemoAction } from './use-demo.ts';
import { moveWords } from './words.ts';

export const Moves = memo(function Moves({
  moves,
  next,
  send,
}: {
  moves: readonly Move[];
  /** The move that the run on screen makes next. */
  next: string | null;
  send: (action: DemoAction) => void;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  const take = (move: Move, at: Ms) => {
    send({ do: 'take', move, at });
    // The pressed button is gone with its move; the next ones stand in the same group.
    group.current?.focus({ preventScroll: true });
  };
  const takes = moves.filter((move) => move.kind === 'take');
  const faults = moves.filter((move) => move.kind === 'fault');
  return (
    <fieldset ref={group} tabIndex={-1} className="min-w-0 outline-none">
      <legend className="mb-1.5 text-sm text-muted">Moves you can make here</legend>
      {moves.length === 0 && (
        <p className="text-[0.9375rem]">None: the run is over. Step back to choose another way.</p>
      )}
      <ul className="max-h-72 list-none overflow-y-auto pl-0">
        {[...takes, ...faults].map((move) => (
          <li
            key={move.label}
            className="mt-0! flex items-stretch gap-x-1 border-t border-line text-[0.9375rem] last:border-b"
          >
            <Take move={move} at={move.window[0].$at} take={take}>
              <span className="min-w-0 [overflow-wrap:anywhere]">{moveWords(move)}</span>{' '}
              {move.label === next && <span className="text-xs whitespace-nowrap text-muted">comes next</span>}
            </Take>
            {move.window[1].$at > move.window[0].$at && <Take move={move} at={move.window[1].$at} take={take} late />}
          </li>
        ))}
      </ul>
    </fieldset>
  );
});

function Take({
  move,
  at,
  take,
  late = false,
  children,
}: {
  move: Move;
  at: Ms;
  take: (move: Move, at: Ms) => void;
  late?: boolean;
  children?: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={() => take(move, at)}
      aria-label={late ? `${moveWords(move)}, as late as ${at} ms` : undefined}
      className={`flex min-h-9 items-center gap-2 px-1.5 py-1 text-left text-accent hover:bg-accent-soft pointer-coarse:min-h-11 ${late ? 'shrink-0' : 'min-w-0 grow'}`}
    >
      {children}{' '}
      <span className="ml-auto text-sm whitespace-nowrap text-muted tabular-nums">
        {late ? `or ${at} ms` : `${at} ms`}
      </span>
    </button>
  );
}
