'use client';
// How sure somebody is, asked before the verdict is shown: whoever has seen it remembers having known.
import { SURENESS_WORDS, type Sureness } from '#lib/study/calibration.ts';

const levels: readonly Sureness[] = [1, 2, 3];

export function SurenessChoice({ chosen, choose }: { chosen: Sureness | null; choose: (sureness: Sureness) => void }) {
  return (
    <fieldset className="mt-4 flex flex-wrap items-center gap-x-6">
      <legend className="mr-6 flex min-h-11 max-sm:min-h-9 sm:float-left items-center text-muted">
        How sure are you?
      </legend>
      {levels.map((level) => (
        <label key={level} className="flex min-h-11 items-center gap-2.5">
          <input
            type="radio"
            name="sureness"
            checked={chosen === level}
            onChange={() => choose(level)}
            className="size-4 shrink-0 accent-accent"
          />
          {SURENESS_WORDS[level]}
        </label>
      ))}
    </fieldset>
  );
}
