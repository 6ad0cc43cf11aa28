'use client';
// What can be done at this moment of a level, what Step would do, and what counts.
import { Moves } from '#components/demo/moves.tsx';
import type { DemoAction, DemoState } from '#components/demo/use-demo.ts';
import { Button } from '#components/ui/button.tsx';
import { type Move, natural } from '#lib/lock/index.ts';

export function LevelMoves({
  offered,
  state: { trace, cursor, undo, redo },
  send,
}: {
  offered: readonly Move[];
  state: DemoState;
  send: (action: DemoAction) => void;
}) {
  const world = trace.steps[cursor - 1]?.world ?? trace.start;
  // Where a run of one's own ends, things take their natural course: that is what Step goes on with.
  const next = (trace.steps[cursor] ?? natural().pick(offered, world))?.move.label ?? null;
  return (
    <>
      <p className="mb-2 text-[0.9375rem] max-sm:sr-only">
        Step makes the move that is marked “comes next”. Choose another one, and the run goes on from there.
      </p>
      {offered.length === 0 && <p className="mb-1 font-medium">Nothing broke in this run.</p>}
      <Moves moves={offered} next={next} send={send} />
      <p className="mt-2 flex items-center gap-2">
        {/* Never disabled: a disabled button would drop the focus. */}
        <Button size="small" aria-disabled={undo.length === 0} onClick={() => send({ do: 'undo' })}>
          Undo
        </Button>
        <Button size="small" aria-disabled={redo.length === 0} onClick={() => send({ do: 'redo' })}>
          Redo
        </Button>
      </p>
      <p className="mt-2 text-sm text-muted">
        A line that runs, a message that arrives, a fault: each is one move, chosen or not. All moves up to the break
        count.
      </p>
    </>
  );
}
