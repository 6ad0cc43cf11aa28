// What a learner did, read back; and that nobody reads it but that learner. On a real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allCards, cardById } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { emptyBlanks } from '#lib/practice/template.ts';
import type { Given, Quiz, QuizKind } from '#lib/study/quiz.ts';
import { attemptOf, attemptsAt, saveAttempt, standings, tickPoints } from './attempts.ts';
import { openSite, type Site } from './fresh-site.ts';
import { keptCards, markRead, readSlugs, today } from './progress.ts';
import { answerQuiz, newestAnswers, sureAnswers } from './quiz-answers.ts';
import { deckOf, dueCount, write } from './reviews.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 1, 9);
const lessons = allLessons();
const quizzes = lessons.flatMap((lesson) => lesson.quizzes);
const ofKind = (kind: QuizKind): Quiz => quizzes.find((quiz) => quiz.kind === kind)!;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

function right(quiz: Quiz): Given {
  if (quiz.kind === 'number') return quiz.answer!;
  if (quiz.kind === 'order') return quiz.options.map((_, at) => at);
  return quiz.options.flatMap((option, at) => (option.correct ? [at] : []));
}
function wrong(quiz: Quiz): Given {
  if (quiz.kind === 'number') return quiz.answer! + (quiz.tolerance ?? 0) + 1;
  if (quiz.kind === 'order') return quiz.options.map((_, at) => at).reverse();
  return quiz.options.flatMap((option, at) => (option.correct ? [] : [at])).slice(0, 1);
}
const answer = (quiz: Quiz, given: Given) => ({ id: randomUUID(), quizId: quiz.id, given });

describe('a lesson that was read', () => {
  test('is kept once, from the first time', async () => {
    const user = await site.newUser();
    expect(await markRead(user, 'fencing', now)).toEqual({ kind: 'saved' });
    expect(await markRead(user, 'seat-14a', now + 1)).toEqual({ kind: 'saved' });
    expect(await markRead(user, 'fencing', now + day)).toEqual({ kind: 'saved' });
    expect(await readSlugs(user)).toEqual(['fencing', 'seat-14a']);
  });

  test('is kept once when two tabs say so at the same time', async () => {
    const user = await site.newUser();
    const results = await Promise.all([1, 2, 3, 4].map(() => markRead(user, 'fencing', now)));
    expect(results).toEqual(results.map(() => ({ kind: 'saved' })));
    expect(await readSlugs(user)).toEqual(['fencing']);
  });

  test.each(['nowhere', '', '__proto__', '../fencing'])('is not “%s”', async (slug) => {
    const user = await site.newUser();
    expect(await markRead(user, slug, now)).toEqual({ kind: 'no-such-lesson' });
    expect(await readSlugs(user)).toEqual([]);
  });
});

describe('an answer to a quiz question', () => {
  test.each<QuizKind>(['single', 'several', 'order', 'number', 'predict'])(
    'of kind %s is judged by the server, and read back as it was given',
    async (kind) => {
      const [user, quiz] = [await site.newUser(), ofKind(kind)];
      expect(await answerQuiz(user, answer(quiz, wrong(quiz)), now)).toEqual({ kind: 'saved', correct: false });
      expect(await newestAnswers(user)).toEqual([{ quizId: quiz.id, given: wrong(quiz), correct: false }]);
      expect(await answerQuiz(user, answer(quiz, right(quiz)), now + 1)).toEqual({ kind: 'saved', correct: true });
      expect(await newestAnswers(user)).toEqual([{ quizId: quiz.id, given: right(quiz), correct: true }]);
      expect(await site.db.quizAnswer.count({ where: { userId: user } })).toBe(2);
    },
  );

  test('repeated, even many times at once, is kept once and answered alike', async () => {
    const [user, quiz] = [await site.newUser(), ofKind('single')];
    const input = answer(quiz, right(quiz));
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => answerQuiz(user, input, now)));
    expect(results).toEqual(results.map(() => ({ kind: 'saved', correct: true })));
    expect(await answerQuiz(user, { ...input, given: wrong(quiz) }, now + 1)).toEqual({ kind: 'saved', correct: true });
    expect(await site.db.quizAnswer.count({ where: { userId: user } })).toBe(1);
  });

  test('with the id of another answer, one’s own or somebody else’s, is not said to be saved', async () => {
    const [user, stranger, quiz] = [await site.newUser(), await site.newUser(), ofKind('single')];
    const input = answer(quiz, right(quiz));
    await answerQuiz(user, input, now);
    const before = await site.everything();
    const other = ofKind('number');
    expect(await answerQuiz(stranger, input, now)).toMatchObject({ kind: 'bad-input' });
    expect(await answerQuiz(user, { ...input, quizId: other.id, given: 1 }, now)).toMatchObject({ kind: 'bad-input' });
    expect(await site.everything()).toEqual(before);
  });

  test('that does not fit its question is bad input, and one to no question is said to be that; neither is written', async () => {
    const user = await site.newUser();
    const before = await site.everything();
    const misfits: readonly (readonly [Quiz, Given])[] = [
      [ofKind('single'), []],
      [ofKind('single'), 0],
      [ofKind('several'), [0, 0]],
      [ofKind('order'), [0]],
      [ofKind('number'), [1]],
      [ofKind('number'), Number.NaN],
      [ofKind('predict'), [99]],
    ];
    for (const [quiz, given] of misfits) {
      expect(await answerQuiz(user, answer(quiz, given), now)).toMatchObject({ kind: 'bad-input' });
    }
    const nowhere = { id: randomUUID(), quizId: '__proto__', given: [0] };
    expect(await answerQuiz(user, nowhere, now)).toEqual({ kind: 'no-such-question' });
    expect(await site.everything()).toEqual(before);
  });

  test('is read for the questions asked for, and for no others', async () => {
    const [user, one, two] = [await site.newUser(), ofKind('single'), ofKind('order')];
    for (const quiz of [one, two]) await answerQuiz(user, answer(quiz, right(quiz)), now);
    expect((await newestAnswers(user, [two.id])).map((kept) => kept.quizId)).toEqual([two.id]);
    expect(await newestAnswers(user, [])).toEqual([]);
  });

  test('keeps how sure its learner was, where that was asked, and of nobody else', async () => {
    const [user, stranger] = [await site.newUser(), await site.newUser()];
    const [first, second, third] = [ofKind('single'), ofKind('order'), ofKind('number')];
    await answerQuiz(user, { ...answer(first, wrong(first)), sureness: 3 }, now);
    await answerQuiz(user, { ...answer(second, right(second)), sureness: 1 }, now + 1);
    await answerQuiz(user, answer(third, right(third)), now + 2);
    await answerQuiz(stranger, { ...answer(third, right(third)), sureness: 2 }, now);
    expect(await sureAnswers(user)).toEqual([
      { key: first.id, sureness: 3, correct: false, at: now },
      { key: second.id, sureness: 1, correct: true, at: now + 1 },
    ]);
  });
});

describe('today', () => {
  test('of somebody new begins with the first lesson and judges nothing', async () => {
    const [first] = lessons;
    expect(await today(await site.newUser(), now)).toEqual({
      due: 0,
      nextDue: null,
      inDeck: 0,
      read: [],
      changed: [],
      answered: 0,
      attempts: 0,
      predicted: 0,
      nextLesson: { slug: first!.slug, title: first!.title, minutes: first!.minutes },
      weakest: null,
      graded: 0,
      since: null,
    });
  });

  test('offers the first lesson not read, and none when all are read', async () => {
    const user = await site.newUser();
    for (const { slug } of lessons.filter((_, at) => at !== 2)) await markRead(user, slug, now);
    expect((await today(user, now)).nextLesson?.slug).toBe(lessons[2]!.slug);
    await markRead(user, lessons[2]!.slug, now);
    expect((await today(user, now)).nextLesson).toBeNull();
  });

  test('finds the weakest topic from missed questions and from cards that are fading', async () => {
    const user = await site.newUser();
    const [strong, weak] = [lessons[0]!, lessons[7]!];
    for (const quiz of strong.quizzes) await answerQuiz(user, answer(quiz, right(quiz)), now);
    for (const quiz of weak.quizzes) await answerQuiz(user, answer(quiz, wrong(quiz)), now);
    const topics = new Set(weak.quizzes.map((quiz) => cardById(quiz.card)!.lesson));
    const { weakest } = await today(user, now);
    expect(topics).toContain(weakest?.lesson);
    expect(weakest?.title).toBe(lessons.find((lesson) => lesson.slug === weakest?.lesson)?.title);
  });

  test('counts answers to questions that stand in no lesson, where it is told whose card they ask', async () => {
    const user = await site.newUser();
    const { card } = ofKind('single');
    const made = (quizId: string) => (quizId.startsWith('made-') ? card : undefined);
    for (const id of ['made-1', 'made-2', 'made-3']) {
      const missed = { id: randomUUID(), quizId: id, given: [0] };
      expect(await answerQuiz(user, missed, now, () => false)).toEqual({ kind: 'saved', correct: false });
    }
    expect((await today(user, now)).weakest).toBeNull();
    expect((await today(user, now, made)).weakest).toMatchObject({ lesson: cardById(card)!.lesson, score: 0 });
  });

  test('counts cards that were graded, and from when the first card was kept', async () => {
    const user = await site.newUser();
    const [one, two] = allCards().map((card) => card.id) as [string, string];
    await write(user, { id: randomUUID(), cardId: one, seenVersion: 'any', kind: 'bring' }, now);
    expect(await today(user, now)).toMatchObject({ graded: 0, since: now });
    await write(user, { id: randomUUID(), cardId: two, seenVersion: 'any', kind: 'grade', grade: 3 }, now + day);
    expect(await today(user, now + day)).toMatchObject({ graded: 1, since: now });
  });

  test('counts each question answered once, and every attempt saved', async () => {
    const [user, quiz] = [await site.newUser(), ofKind('single')];
    await answerQuiz(user, answer(quiz, wrong(quiz)), now);
    await answerQuiz(user, answer(quiz, right(quiz)), now + 1);
    await answerQuiz(user, answer(ofKind('number'), right(ofKind('number'))), now + 2);
    for (const seconds of [60, 90]) {
      await saveAttempt(user, { id: randomUUID(), questionId: 'booking', blanks: emptyBlanks, seconds }, now);
    }
    expect(await today(user, now)).toMatchObject({ answered: 2, attempts: 2, graded: 0 });
  });

  test('takes cards just graded Again as forgotten, until they are known once more or the grade is undone', async () => {
    const user = await site.newUser();
    const lesson = lessons.find(({ cards }) => cards.length >= 3)!;
    const ids = lesson.cards.slice(0, 3).map((card) => card.id) as [string, string, string];
    const grade = (cardId: string, given: 1 | 3, seenVersion: number, at: number) =>
      write(user, { id: randomUUID(), cardId, seenVersion, kind: 'grade', grade: given }, at);
    const againId = randomUUID();
    await write(user, { id: againId, cardId: ids[0], seenVersion: 0, kind: 'grade', grade: 1 }, now);
    await grade(ids[1], 1, 0, now);
    await grade(ids[2], 3, 0, now);
    const score = async () => (await today(user, now + 1000)).weakest?.score;
    expect(await score()).toBeCloseTo((0.3 + 0.3 + 1) / 3, 2);
    await grade(ids[1], 3, 1, now + 1);
    expect(await score()).toBeCloseTo((0.3 + 1 + 1) / 3, 2);
    await grade(ids[0], 3, 1, now + 1);
    expect(await score()).toBeCloseTo(1, 2);
  });

  test('says nothing by cards that were set aside', async () => {
    const user = await site.newUser();
    const { cards } = lessons.find((lesson) => lesson.cards.length >= 3)!;
    for (const { id: cardId } of cards.slice(0, 3)) {
      await write(user, { id: randomUUID(), cardId, seenVersion: 0, kind: 'grade', grade: 1 }, now);
    }
    expect((await today(user, now)).weakest).not.toBeNull();
    for (const { id: cardId } of cards.slice(0, 3)) {
      await write(user, { id: randomUUID(), cardId, seenVersion: 1, kind: 'aside' }, now + 1);
    }
    expect(await today(user, now + 1)).toMatchObject({ weakest: null, graded: 3 });
  });

  test('does not judge a card that was only put into the deck', async () => {
    const user = await site.newUser();
    for (const card of lessons[0]!.cards) {
      await write(user, { id: randomUUID(), cardId: card.id, seenVersion: 'any', kind: 'bring' }, now);
    }
    expect(await today(user, now)).toMatchObject({ weakest: null, due: lessons[0]!.cards.length });
  });
});

describe('two users', () => {
  const quiz = ofKind('single');
  const [card] = allCards();

  /** Everything that can be read of somebody. */
  const readAll = async (user: string) => ({
    read: await readSlugs(user),
    kept: await keptCards(user),
    deck: await deckOf(user, now + 400 * day),
    due: await dueCount(user, now + 400 * day),
    answers: [await newestAnswers(user), await newestAnswers(user, [quiz.id])],
    attempts: await attemptsAt(user, 'booking'),
    standings: await standings(user),
    today: await today(user, now + 400 * day),
  });

  /** Does everything that can be done, and answers the ids used. */
  async function live(user: string) {
    const [reviewId, answerId, attemptId] = [randomUUID(), randomUUID(), randomUUID()];
    await markRead(user, card!.lesson, now);
    await write(user, { id: reviewId, cardId: card!.id, seenVersion: 0, kind: 'grade', grade: 1 }, now);
    await answerQuiz(user, { id: answerId, quizId: quiz.id, given: wrong(quiz) }, now);
    const blanks = { ...emptyBlanks, reason: 'a private thought' };
    const attempt = { id: attemptId, questionId: 'booking', blanks, seconds: 60 };
    expect(await saveAttempt(user, attempt, now)).toMatchObject({ kind: 'saved' });
    await tickPoints(user, attemptId, [0]);
    return { reviewId, answerId, attemptId };
  }

  test('see nothing of each other, whatever either of them does', async () => {
    const [one, two] = [await site.newUser(), await site.newUser()];
    const nothing = await readAll(two);
    await live(one);
    expect(await readAll(two)).toEqual(nothing);
    const ofOne = await readAll(one);
    expect(JSON.stringify(ofOne)).toContain('a private thought');
    await live(two);
    expect(await readAll(one)).toEqual(ofOne);
  });

  test('cannot change each other’s things by using their ids', async () => {
    const [one, two] = [await site.newUser(), await site.newUser()];
    const { reviewId, answerId, attemptId } = await live(one);
    const before = await site.everything();
    await write(two, { id: reviewId, cardId: card!.id, seenVersion: 0, kind: 'grade', grade: 4 }, now + day);
    await answerQuiz(two, { id: answerId, quizId: quiz.id, given: right(quiz) }, now + day);
    expect(await tickPoints(two, attemptId, [1])).toEqual({ kind: 'no-such-attempt' });
    expect(await attemptOf(two, 'booking', attemptId)).toBeNull();
    const blanks = { ...emptyBlanks, reason: 'taken over' };
    const attempt = { id: attemptId, questionId: 'booking', blanks, seconds: 1 };
    expect((await saveAttempt(two, attempt, now)).kind).not.toBe('saved');
    expect(await site.everything()).toEqual(before);
  });
});
