// Every card and every quiz question of the course, by permanent id.
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { allLessons } from './lessons.ts';

/** In the order of the course. */
export function allCards(): readonly Card[] {
  return allLessons().flatMap((lesson) => lesson.cards);
}

export function cardById(id: string): Card | undefined {
  return allCards().find((card) => card.id === id);
}

export function quizById(id: string): Quiz | undefined {
  return allLessons()
    .flatMap((lesson) => lesson.quizzes)
    .find((quiz) => quiz.id === id);
}
