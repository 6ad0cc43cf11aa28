// Predictions are kept once, for their learner alone; a wrong certainty brings the cards of its lesson to the front of the review.
// On a real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardById } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { carryOver, signUp } from './account.ts';
import { openSite, type Site } from './fresh-site.ts';
import { keepPrediction, type NewPrediction, predictionsOf } from './predictions.ts';
import { deckOf, write } from './reviews.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 1, 9);
const asking = allLessons().filter(({ predictions }) => predictions.length > 0);
const lesson = asking[1]!;
const { demo, question } = lesson.predictions[0]!;
const wrong = (): NewPrediction => ({ id: randomUUID(), demo, question, given: 'x', sureness: 3, correct: false });

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

test('a prediction is kept with what its learner said and whether it came true', async () => {
  const user = await site.newUser();
  const made: NewPrediction = { ...wrong(), sureness: 2, correct: true };
  expect(await keepPrediction(user, made, now)).toEqual({ kind: 'saved', correct: true, brought: 0 });
  expect(await predictionsOf(user)).toEqual([
    { key: `${demo} ${question}`, demo, question, given: 'x', sureness: 2, correct: true, at: now },
  ]);
  expect(await predictionsOf(await site.newUser())).toEqual([]);
});

test('saving it again changes nothing, also at another time', async () => {
  const user = await site.newUser();
  const made = wrong();
  const first = await keepPrediction(user, made, now);
  const before = await site.everything();
  expect(await keepPrediction(user, made, now + day)).toEqual(first);
  expect(await site.everything()).toEqual(before);
});

test('an id that stands for another prediction, or for somebody else’s, is not written over', async () => {
  const [user, other] = [await site.newUser(), await site.newUser()];
  const made = wrong();
  await keepPrediction(user, made, now);
  const before = await site.everything();
  expect(await keepPrediction(user, { ...made, given: 'y' }, now)).toEqual({ kind: 'id-taken' });
  expect(await keepPrediction(other, made, now)).toEqual({ kind: 'id-taken' });
  expect(await site.everything()).toEqual(before);
});

describe('certain and wrong', () => {
  test('brings the cards of the lesson before everything that is due', async () => {
    const user = await site.newUser();
    const elsewhere = allLessons().find(({ slug }) => slug !== lesson.slug)!.cards[0]!;
    await write(user, { id: randomUUID(), cardId: elsewhere.id, kind: 'bring', seenVersion: 'any' }, now - 9 * day);
    const { brought } = (await keepPrediction(user, wrong(), now)) as { brought: number };
    expect(brought).toBe(lesson.cards.length);
    const { cards } = await deckOf(user, now + 1);
    expect(cards.map(({ card }) => card.lesson)).toEqual([...lesson.cards.map(() => lesson.slug), elsewhere.lesson]);
    expect(cards.map(({ front }) => front === true)).toEqual([...lesson.cards.map(() => true), false]);
  });

  test('brings a card that was not due for a long time, and lets go of it once it is graded', async () => {
    const user = await site.newUser();
    const card = lesson.cards[0]!;
    const graded = async (at: number) => {
      const seen = (await deckOf(user, at + 400 * day)).cards.find((one) => one.card.id === card.id);
      return write(
        user,
        { id: randomUUID(), cardId: card.id, kind: 'grade', grade: 4, seenVersion: seen?.version ?? 0 },
        at,
      );
    };
    expect(await graded(now - day)).toMatchObject({ kind: 'saved' });
    expect((await deckOf(user, now)).cards).toEqual([]);
    await keepPrediction(user, wrong(), now);
    const inFront = async (at: number) =>
      (await deckOf(user, at)).cards.filter(({ front }) => front).map((one) => one.card.id);
    expect(await inFront(now + 1)).toContain(card.id);
    expect(await graded(now + 2)).toMatchObject({ kind: 'saved' });
    expect(await inFront(now + 400 * day)).not.toContain(card.id);
    expect(await inFront(now + 400 * day)).toHaveLength(lesson.cards.length - 1);
  });

  test.each([
    ['fairly sure and wrong', { sureness: 2, correct: false }],
    ['a wrong guess', { sureness: 1, correct: false }],
    ['certain and right', { sureness: 3, correct: true }],
  ] as const)('%s brings nothing', async (_name, part) => {
    const user = await site.newUser();
    expect(await keepPrediction(user, { ...wrong(), ...part }, now)).toMatchObject({ kind: 'saved', brought: 0 });
    expect((await deckOf(user, now + 1)).cards).toEqual([]);
  });

  test('of a demo that the course no longer asks about is kept and brings nothing', async () => {
    const user = await site.newUser();
    const gone = { ...wrong(), demo: 'no-such-demo' };
    expect(await keepPrediction(user, gone, now)).toEqual({ kind: 'saved', correct: false, brought: 0 });
    expect((await deckOf(user, now + 1)).cards).toEqual([]);
  });
});

test('a guest takes predictions along into an account', async () => {
  const [guest, account] = [await site.newUser(), await site.newUser()];
  expect(await signUp(account, `${randomUUID()}@example.org`, 'a long enough password')).toEqual({ kind: 'saved' });
  await keepPrediction(guest, wrong(), now);
  await carryOver(guest, account);
  expect(await predictionsOf(account)).toHaveLength(1);
  const { cards } = await deckOf(account, now + 1);
  expect(cards.every(({ card, front }) => cardById(card.id)?.lesson === lesson.slug && front === true)).toBe(true);
  expect(cards).toHaveLength(lesson.cards.length);
});
