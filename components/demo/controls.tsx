// The player: run or pause, a step on, a step back, how fast, and a slider over all moments of the run. A button that has nothing to do
// says so and keeps the focus; a disabled one would drop it, and the arrow keys with it.
import { Button } from '#components/ui/button.tsx';
import { SPEEDS, useSpeed } from './controls-speed.ts';
import type { DemoAction, DemoState } from './use-demo.ts';
import { isOver } from './use-demo.ts';

/** A hairline with a knob: the native bar would be the heaviest thing beside the picture. */
export const slider =
  'h-11 cursor-pointer appearance-none bg-transparent ' +
  '[&::-webkit-slider-runnable-track]:h-0.5 [&::-webkit-slider-runnable-track]:bg-muted ' +
  '[&::-webkit-slider-thumb]:-mt-[0.5rem] [&::-webkit-slider-thumb]:size-[1.125rem] [&::-webkit-slider-thumb]:appearance-none ' +
  '[&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-accent ' +
  '[&::-moz-range-track]:h-0.5 [&::-moz-range-track]:bg-muted ' +
  '[&::-moz-range-thumb]:size-[1.125rem] [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-accent';

export function Controls({
  state,
  send,
  describe,
  done = false,
  over,
  withNext = false,
}: {
  state: DemoState;
  send: (action: DemoAction) => void;
  /** What the slider says of the moment that it stands on. */
  describe: string;
  /** What to do next stands under the player: room is scarce there, and the sentences under the picture lead to each break. */
  withNext?: boolean;
  /** The run has been seen, so what to do next is what matters. */
  done?: boolean;
  /** Nothing can be stepped to. By itself known from the run, unless the run is to end before its time. */
  over?: boolean | undefined;
}) {
  const { trace, cursor, running } = state;
  const last = trace.steps.length;
  const at = (cursor === 0 ? trace.start.now : trace.steps[cursor - 1]?.at)?.$at ?? 0;
  const firstBreak = trace.violations[0];
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
      {/* A form, because React keeps a submission made before the page's scripts have come, and calls `action` when they have. */}
      <form
        className="contents"
        action={() => send({ do: 'run' })}
        onSubmit={(event) => {
          event.preventDefault();
          send({ do: running ? 'pause' : 'run' });
        }}
      >
        <Button type="submit" variant={done ? 'quiet' : 'primary'} className="min-w-22">
          {running ? 'Pause' : 'Run'}
        </Button>
      </form>
      <Button aria-disabled={cursor === 0} onClick={() => send({ do: 'back' })}>
        Back
      </Button>
      <Button aria-disabled={over ?? (cursor === last && isOver(trace))} onClick={() => send({ do: 'step' })}>
        Step
      </Button>
      <Button onClick={() => send({ do: 'reset' })}>Reset</Button>
      <label className="flex min-h-11 min-w-72 flex-1 items-center gap-3 max-sm:basis-full">
        <span className="sr-only">Moment</span>
        <input
          type="range"
          min={0}
          max={last}
          value={cursor}
          aria-valuetext={describe}
          onChange={(event) => send({ do: 'seek', to: Number(event.target.value) })}
          className={`min-w-0 flex-1 ${slider}`}
        />
        <span className="w-17 text-right text-sm whitespace-nowrap text-muted tabular-nums">{at} ms</span>
      </label>
      {!withNext && <SpeedChoice />}
      {firstBreak && !withNext && (
        <Button
          variant="plain"
          size="small"
          className="px-0!"
          aria-disabled={cursor === firstBreak.step + 1}
          onClick={() => send({ do: 'seek', to: firstBreak.step + 1 })}
        >
          Where it breaks
        </Button>
      )}
    </div>
  );
}

function SpeedChoice() {
  const [speed, choose] = useSpeed();
  return (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      Speed
      <select
        value={speed}
        onChange={({ target }) => choose(SPEEDS.find((one) => one === target.value) ?? 'normal')}
        className="min-h-9 rounded-[3px] border border-muted bg-paper px-2 text-ink hover:border-ink pointer-coarse:min-h-11"
      >
        {SPEEDS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
