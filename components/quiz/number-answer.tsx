'use client';
// A number to type. A wrong one that was foreseen gets its own explanation; the working is shown either way. What is no number at all
// keeps it from being checked, and the field says why.
import { useEffect, useId, useRef, useState } from 'react';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { isCorrect } from '#lib/study/quiz.ts';
import { numberIn, typedNumber } from '#lib/study/typed-number.ts';
import type { AnswerBody } from './choice-answer.tsx';

export function NumberAnswer({ quiz, given, answered, choose, titleId }: AnswerBody) {
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const faultId = useId();
  const typed = typedNumber(text);
  const fault =
    typed.kind === 'refused' ? typed.why : typed.kind === 'nothing' ? 'Type a number, such as 40, 1,000 or 4.4.' : '';
  useEffect(() => input.current?.setCustomValidity(answered ? '' : fault), [answered, fault]);
  const number = typeof given === 'number' ? given : null;
  const foreseen = number === null ? undefined : quiz.options.find((option) => option.value === number);
  const shown = answered ? String(number) : text;
  return (
    <>
      <span className="flex items-center gap-2">
        <input
          ref={input}
          className="field w-36! tabular-nums"
          inputMode="decimal"
          autoComplete="off"
          aria-labelledby={titleId}
          value={shown}
          readOnly={answered}
          aria-invalid={told === '' ? undefined : true}
          aria-describedby={told === '' ? undefined : faultId}
          onChange={(event) => {
            setText(event.target.value);
            setTold('');
            choose(numberIn(event.target.value));
          }}
          onInvalid={(event) => {
            // The sentence stands below the field instead of in a bubble of the browser's.
            event.preventDefault();
            setTold(fault);
            event.currentTarget.focus();
          }}
        />
        {quiz.unit && <span className="text-muted">{quiz.unit}</span>}
      </span>
      {!answered && (
        <p id={faultId} role="alert" className="mt-1 min-h-6 text-sm">
          {told}
        </p>
      )}
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
