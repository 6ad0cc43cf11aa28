'use client';
// Things to put in order, with buttons to move them: dragging would leave out keyboards and some hands. A button that has nowhere
// left to move keeps the focus, and where a thing has gone is told to those who do not see it.
import { useState } from 'react';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { type Quiz, shownOrder } from '#lib/study/quiz.ts';
import type { AnswerBody } from './choice-answer.tsx';

/** What is shown before anything was moved. */
export function startingOrder(quiz: Quiz): readonly number[] {
  return shownOrder(quiz);
}

const ways = [
  ['up', -1, '↑'],
  ['down', 1, '↓'],
] as const;

const moveButton =
  'size-9 rounded-[3px] border border-line text-muted hover:border-ink hover:text-ink aria-disabled:opacity-30 pointer-coarse:size-11';

export function OrderAnswer({ quiz, given, answered, choose, titleId }: AnswerBody) {
  const order = Array.isArray(given) ? (given as readonly number[]) : startingOrder(quiz);
  const [told, setTold] = useState('');
  function move(from: number, to: number) {
    if (!(to in order)) return;
    const next = [...order];
    [next[from], next[to]] = [next[to]!, next[from]!];
    choose(next);
    setTold(`Now at ${to + 1}.`);
  }
  return (
    <>
      <ol aria-labelledby={titleId} className="list-none! pl-0!">
        {order.map((at, place) => {
          const option = quiz.options[at]!;
          return (
            <li key={at} className="mt-0! flex items-start gap-3 border-b border-line py-2">
              <span className="w-5 shrink-0 pt-1.5 text-muted tabular-nums">{place + 1}</span>
              <span className="flex-1 pt-1.5">
                <InlineCode text={option.text} />
                {answered && (
                  <span className="block text-[0.9375rem] text-muted">
                    {at === place ? '' : `Belongs at ${at + 1}. `}
                    <InlineCode text={option.why} />
                  </span>
                )}
              </span>
              {!answered && (
                <span className="flex gap-1">
                  {ways.map(([way, by, arrow]) => (
                    <button
                      key={way}
                      type="button"
                      className={moveButton}
                      onClick={() => move(place, place + by)}
                      aria-disabled={!(place + by in order)}
                      aria-label={`Move ${way}: ${option.text}`}
                    >
                      {arrow}
                    </button>
                  ))}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p aria-live="polite" className="sr-only">
        {!answered && told}
      </p>
    </>
  );
}
