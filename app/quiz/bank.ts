// All questions that can be asked: those that stand in lessons, and those whose histories the engine makes. Each belongs to the
// lesson of its card, where the paragraph is that answers it.
import { judge } from '#components/quiz/judge.ts';
import { TRACE_ASKS } from '#components/quiz/trace-question.ts';
import { histories } from '#content/histories.ts';
import { cardById } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import type { Judge } from '#lib/server/quiz-answers.ts';
import type { Askable } from '#lib/study/mix.ts';
import type { Quiz } from '#lib/study/quiz.ts';

export type Question = Askable & { readonly quiz: Quiz };

let kept: { readonly lessons: unknown; readonly questions: ReadonlyMap<string, Question> } | undefined;

/** In the order of the course. Made once for each reading of the lessons. */
function index(): ReadonlyMap<string, Question> {
  const lessons = allLessons();
  if (kept?.lessons === lessons) return kept.questions;
  const made: readonly Quiz[] = histories.map((history) => ({
    ...history,
    kind: 'trace',
    question: TRACE_ASKS[history.ask],
    options: [],
  }));
  const questions = new Map<string, Question>();
  for (const { slug, quizzes } of lessons) {
    const own = made.filter(({ card }) => cardById(card)?.lesson === slug);
    for (const quiz of [...quizzes, ...own]) {
      const contrast = cardById(quiz.card)?.contrast;
      const { id, depth } = quiz;
      questions.set(id, { id, lesson: slug, depth, quiz, ...(contrast === undefined ? {} : { contrast }) });
    }
  }
  kept = { lessons, questions };
  return questions;
}

export function allQuestions(): readonly Question[] {
  return [...index().values()];
}

export function questionById(id: string): Question | undefined {
  return index().get(id);
}

/** What the server says of an answer to any of them. */
export const judgeAnswer: Judge = (quizId, given) => {
  const asked = questionById(quizId);
  return asked ? (judge(asked.quiz, given) ?? 'no-answer') : 'no-such-question';
};
