// Every card and every quiz question of the course, by permanent id.
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { allLessons, type Lesson } from './lessons.ts';

type Index = {
  readonly lessons: readonly Lesson[];
  readonly cards: ReadonlyMap<string, Card>;
  readonly quizzes: ReadonlyMap<string, Quiz>;
};

let kept: Index | undefined;

/** Built once for each reading of the lessons: a page asks for a card or a question for every row it has. */
function index(): Index {
  const lessons = allLessons();
  if (kept?.lessons !== lessons) {
    kept = {
      lessons,
      cards: new Map(lessons.flatMap(({ cards }) => cards.map((card) => [card.id, card]))),
      quizzes: new Map(lessons.flatMap(({ quizzes }) => quizzes.map((quiz) => [quiz.id, quiz]))),
    };
  }
  return kept;
}

/** In the order of the course. */
export function allCards(): readonly Card[] {
  return [...index().cards.values()];
}

/** The table of the whole subject, as cards: what a newcomer's deck may begin with. */
export function recallTable(): readonly Card[] {
  return allCards().filter(({ id }) => id.startsWith('recall-'));
}

export function cardById(id: string): Card | undefined {
  return index().cards.get(id);
}

export function quizById(id: string): Quiz | undefined {
  return index().quizzes.get(id);
}
