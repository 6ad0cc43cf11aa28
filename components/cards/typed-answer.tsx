'use client';
// A card that asks for a number lets its learner commit to one before the answer shows: what was typed cannot be talked
// into having been known. Typing nothing is fine; the card then turns like any other. What is no number is asked again.
import { useId, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import type { Card } from '#lib/study/card.ts';
import { typedNumber } from '#lib/study/typed-number.ts';

export function TypedAnswer({ card, commit }: { card: Card; commit: (typed: number | null) => void }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const faultId = useId();
  function submit() {
    const typed = typedNumber(text);
    if (typed.kind !== 'refused') return commit(typed.kind === 'number' ? typed.number : null);
    setFault(typed.why);
    input.current?.focus();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="flex flex-wrap items-center gap-3"
    >
      <label className="flex items-center gap-2">
        <span className="sr-only">Your number</span>
        <input
          ref={input}
          className="field w-36! tabular-nums"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          aria-invalid={fault === '' ? undefined : true}
          aria-describedby={fault === '' ? undefined : faultId}
          onChange={(event) => {
            setText(event.target.value);
            setFault('');
          }}
        />
        {card.unit && <span className="text-muted">{card.unit}</span>}
      </label>
      <Button type="submit" variant="primary">
        Show answer <Kbd>enter</Kbd>
      </Button>
      <p id={faultId} role="alert" className="min-h-6 w-full text-sm">
        {fault}
      </p>
    </form>
  );
}

/** What was typed against what is right; nothing when nothing was typed. */
export function TypedVerdict({ card, typed }: { card: Card; typed: number | null }) {
  if (typed === null || card.value === undefined) return null;
  const right = Math.abs(typed - card.value) <= (card.tolerance ?? 0);
  return (
    <p className="mb-2 text-muted">
      You typed {typed}
      {card.unit ? ` ${card.unit}` : ''}: {right ? 'right.' : 'not so.'}
    </p>
  );
}
