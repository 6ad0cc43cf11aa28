'use client';
// One numeric drill: type the numbers, see whether they are right, and the working. "Other numbers" makes it a new drill by the same
// rule. Judged here, in the page: nothing waits for the network.
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { Asked, Drill } from '#content/drill.ts';
import { sumOf } from '#content/drills.ts';
import { type Typed, typedNumber } from '#lib/study/typed-number.ts';

function fits({ answer, tolerance = 0 }: Asked, typed: Typed | undefined): boolean {
  return typed?.kind === 'number' && Math.abs(typed.number - answer) <= tolerance + 1e-9;
}

export function DrillForm({
  drill,
  seed,
  another,
  done,
}: {
  drill: Drill;
  /** Null: the course's own example. */
  seed: number | null;
  another: () => void;
  done: (right: boolean) => void;
}) {
  const sum = sumOf(drill, seed);
  const name = useId();
  const [texts, setTexts] = useState<readonly string[]>(() => sum.asked.map(() => ''));
  const [checked, setChecked] = useState(false);
  const [missing, setMissing] = useState(false);
  const verdict = useRef<HTMLDivElement>(null);
  const typed = texts.map(typedNumber);
  const faultAt = typed.findIndex(({ kind }) => kind !== 'number');
  const fault = typed[faultAt];
  const right = sum.asked.every((asked, at) => fits(asked, typed[at]));
  useEffect(() => {
    if (checked) verdict.current?.focus();
  }, [checked]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (checked) return another();
        setMissing(faultAt >= 0);
        if (faultAt >= 0) {
          event.currentTarget.querySelectorAll('input')[faultAt]?.focus();
          return;
        }
        setChecked(true);
        done(right);
      }}
    >
      <p className="font-serif text-lg leading-relaxed">{sum.question}</p>
      <div className="mt-3 flex flex-wrap items-end gap-x-6 gap-y-3">
        {sum.asked.map((asked, at) => (
          <label key={asked.label} className="grid gap-1">
            <span className="text-sm text-muted">{asked.label}</span>
            <span className="flex items-center gap-2">
              <input
                className="field w-28! tabular-nums"
                inputMode="decimal"
                autoComplete="off"
                value={texts[at]}
                readOnly={checked}
                aria-invalid={missing && at === faultAt ? true : undefined}
                aria-describedby={missing && at === faultAt ? `${name}missing` : undefined}
                onChange={(event) => setTexts(texts.map((text, place) => (place === at ? event.target.value : text)))}
              />
              {asked.unit && <span className="text-muted">{asked.unit}</span>}
            </span>
          </label>
        ))}
        <Button type="submit" variant={checked ? 'quiet' : 'primary'}>
          {checked ? 'Other numbers' : 'Check'}
        </Button>
      </div>
      <p id={`${name}missing`} role="alert" className="mt-1 min-h-6 text-sm">
        {missing && fault?.kind === 'refused' && fault.why}
        {missing && fault?.kind === 'nothing' && 'Type a number in each field, such as 40 or 4.4.'}
      </p>
      <div ref={verdict} tabIndex={-1} role="status" className="min-h-6 outline-none">
        {checked && (
          <>
            <p className="font-[560]">
              {right
                ? 'Right.'
                : `Not so: ${sum.asked.map(({ label, answer, unit }) => `${label.toLowerCase()} ${answer}${unit ? ` ${unit}` : ''}`).join(', ')}.`}
            </p>
            <ul className="mt-1 text-muted">
              {sum.working.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </form>
  );
}
