// The questions of a round, chosen on the server: those of the lessons in its address, no deeper than asked, mixed by its seed.
// A page carries its own ten questions and no others.

import { traceQuestionOf } from '#components/quiz/judge.ts';
import type { RoundQuestion } from '#components/quiz/round-state.ts';
import { seedOf } from '#components/quiz/trace-in-lesson.tsx';
import { cardById } from '#lib/content/cards.ts';
import { allLessons, lessonBySlug } from '#lib/content/lessons.ts';
import { mix, upTo } from '#lib/study/mix.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import type { RoundAddress } from './address.ts';
import { allQuestions, type Question, questionById } from './bank.ts';

/** Who has read nothing is asked about the first lessons. */
const FIRST_LESSONS = 3;

export function firstLessons(): readonly string[] {
  return allLessons()
    .slice(0, FIRST_LESSONS)
    .map(({ slug }) => slug);
}

/** All that may be asked of these lessons. */
export function questionsOf(of: RoundAddress['of']): readonly Question[] {
  return of === 'all' ? allQuestions() : allQuestions().filter(({ lesson }) => of?.includes(lesson));
}

/** Slugs and ids that the course does not have (any more) are left out; empty when nothing is left. */
export function roundOf({
  seed,
  count,
  depth,
  of,
  only,
}: RoundAddress & { readonly seed: number }): readonly RoundQuestion[] {
  const among = only ? only.flatMap((id) => questionById(id) ?? []) : upTo(questionsOf(of), depth);
  return mix(among, { seed, count }).flatMap((question) => shown(question, seed) ?? []);
}

function shown({ id, lesson, quiz }: Question, seed: number): RoundQuestion | null {
  const history = quiz.kind === 'trace' ? traceQuestionOf(quiz, seedOf(`${seed} ${id}`)) : null;
  const title = lessonBySlug(lesson)?.title;
  if (title === undefined || (quiz.kind === 'trace' && !history)) return null;
  return { quiz, lesson: { slug: lesson, title }, paragraph: paragraphOf(quiz, { slug: lesson, title }), history };
}

function paragraphOf({ card: id }: Quiz, own: { slug: string; title: string }): RoundQuestion['paragraph'] {
  const card = cardById(id);
  const { slug, title } = (card && lessonBySlug(card.lesson)) ?? own;
  return { href: `/lessons/${slug}${card?.heading ? `#${card.heading}` : ''}`, title };
}
