// A trace question where it stands in a lesson. Drawn on the server, with a first history that is the same for everybody, so that the
// page can be made ahead of time.
import { scenarioById } from '#content/scenarios/index.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import type { BringCard } from './bring-back.tsx';
import { MAX_SEED } from './history.ts';
import { traceQuestionOf } from './judge.ts';
import type { QuizSave } from './quiz-inline.tsx';
import { TraceInline } from './trace-inline.tsx';

export function TraceInLesson(props: { quiz: Quiz; lesson: string; save: QuizSave; bring: BringCard }) {
  const { quiz } = props;
  const first = traceQuestionOf(quiz, seedOf(quiz.id));
  const scenario = scenarioById(quiz.demo ?? '');
  if (!first || !scenario) {
    throw new Error(
      `${quiz.id}: the demo '${quiz.demo}' has no history to ask '${quiz.ask}' of '${quiz.property}' about`,
    );
  }
  return <TraceInline {...props} first={first} scenario={scenario} />;
}

/** Some seed that belongs to this question for ever. */
export function seedOf(id: string): number {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % (MAX_SEED + 1);
  return sum;
}
