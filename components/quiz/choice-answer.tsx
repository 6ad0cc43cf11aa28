'use client';
// Options to choose from: radio buttons where one is right, check boxes where several may be. After checking, each says why.
import { InlineCode } from '#components/ui/inline-code.tsx';
import { type Given, type Quiz, shownOrder } from '#lib/study/quiz.ts';

export type AnswerBody = {
  readonly quiz: Quiz;
  readonly given: Given | null;
  readonly answered: boolean;
  readonly choose: (given: Given | null) => void;
  readonly titleId: string;
};

export function ChoiceAnswer({ quiz, given, answered, choose, titleId }: AnswerBody) {
  const several = quiz.kind === 'several';
  const chosen = Array.isArray(given) ? (given as readonly number[]) : [];
  function toggle(at: number) {
    if (!several) return choose([at]);
    choose(chosen.includes(at) ? chosen.filter((one) => one !== at) : [...chosen, at]);
  }
  /** Where several are right, it must be said which of them were seen: a box that can no longer be pressed is too pale to say it. */
  function mark(correct: boolean, isChosen: boolean): string {
    if (!correct) return 'your answer';
    return several ? `right, ${isChosen ? 'your answer' : 'not chosen'}` : 'right';
  }
  return (
    <fieldset aria-labelledby={titleId} disabled={answered}>
      <ul className="list-none! space-y-0 pl-0!">
        {shownOrder(quiz).map((at) => {
          const option = quiz.options[at]!;
          const isChosen = chosen.includes(at);
          return (
            <li key={at} className="mt-0! border-b border-line">
              <label className="flex min-h-11 items-baseline gap-3 py-2">
                <input
                  type={several ? 'checkbox' : 'radio'}
                  name={quiz.id}
                  checked={isChosen}
                  onChange={() => toggle(at)}
                  className="size-4 shrink-0 translate-y-0.5 accent-accent"
                />
                <span className={answered && option.correct ? 'font-[560]' : ''}>
                  <InlineCode text={option.text} />
                  {answered && (option.correct || isChosen) && (
                    <span className="text-muted"> ({mark(option.correct, isChosen)})</span>
                  )}
                </span>
              </label>
              {answered && (
                <p className="pb-2 pl-7 text-[0.9375rem] text-muted">
                  <InlineCode text={option.why} />
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
