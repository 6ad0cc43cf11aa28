'use client';
// A number to type. A wrong one that was foreseen gets its own explanation; the working is shown either way.
import { useState } from 'react';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { isCorrect } from '#lib/study/quiz.ts';
import { typedNumber } from '#lib/study/typed-number.ts';
import type { AnswerBody } from './choice-answer.tsx';

export function NumberAnswer({ quiz, given, answered, choose, titleId }: AnswerBody) {
  const [text, setText] = useState('');
  const number = typeof given === 'number' ? given : null;
  const foreseen = number === null ? undefined : quiz.options.find((option) => option.value === number);
  const shown = answered ? String(number) : text;
  return (
    <>
      <span className="flex items-center gap-2">
        <input
          className="field w-36! tabular-nums"
          inputMode="decimal"
          autoComplete="off"
          aria-labelledby={titleId}
          value={shown}
          readOnly={answered}
          onChange={(event) => {
            setText(event.target.value);
            choose(typedNumber(event.target.value));
          }}
        />
        {quiz.unit && <span className="text-muted">{quiz.unit}</span>}
      </span>
      {answered && number !== null && (
        <div className="mt-2 text-[0.9375rem] text-muted">
          {!isCorrect(quiz, number) && (
            <p>
              It is {quiz.answer} {quiz.unit}. {foreseen && <InlineCode text={foreseen.why} />}
            </p>
          )}
          {quiz.why && (
            <p>
              <InlineCode text={quiz.why} />
            </p>
          )}
        </div>
      )}
    </>
  );
}
