// A learner's whole deck on a real database: what is in it, and that it is nobody else's.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import type { GradeNumber } from '#lib/study/schedule.ts';
import { deckCards } from './deck.ts';
import { openSite, type Site } from './fresh-site.ts';
import { markRead } from './progress.ts';
import { deckOf, type NewEvent, write } from './reviews.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 1, 9);
const cards = allCards();
const [card] = cards.map(({ id }) => id) as [string];
const other = cards.find(({ lesson }) => lesson !== cards[0]!.lesson)!.id;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const put = (userId: string, kind: Exclude<NewEvent['kind'], 'grade'>, cardId = card, at = now) =>
  write(userId, { id: randomUUID(), cardId, seenVersion: 'any', kind }, at);
const grade = (userId: string, given: GradeNumber, at: number) =>
  write(userId, { id: randomUUID(), cardId: card, seenVersion: 'any', kind: 'grade', grade: given }, at);

test('of somebody who has done nothing is empty', async () => {
  expect(await deckCards(await site.newUser(), now)).toEqual([]);
});

test('has every card that was kept and every card of a lesson that was read, set aside or not, in the order of the course', async () => {
  const user = await site.newUser();
  const { lesson } = cards[0]!;
  await put(user, 'bring', other);
  await markRead(user, lesson, now);
  await put(user, 'aside');
  const deck = await deckCards(user, now);
  const wanted = cards.filter((one) => one.lesson === lesson || one.id === other);
  expect(deck.map((one) => one.card.id)).toEqual(wanted.map(({ id }) => id));
  expect(deck.length).toBe((await deckOf(user, now)).inDeck);
  expect(deck.filter((one) => one.aside).map((one) => [one.card.id, one.version])).toEqual([[card, 1]]);
});

test('is only one’s own', async () => {
  const [one, two] = [await site.newUser(), await site.newUser()];
  await grade(one, 1, now);
  await put(two, 'bring', other);
  expect((await deckCards(two, now)).map(({ card: { id } }) => id)).toEqual([other]);
});

test('a card is forgotten for seven days after Again, whatever came after it, unless that grade was taken back', async () => {
  const user = await site.newUser();
  const isForgotten = async (at: number) => (await deckCards(user, at))[0]!.forgotten;
  await grade(user, 4, now - 30 * day);
  expect(await isForgotten(now)).toBe(false);
  await grade(user, 1, now);
  expect(await isForgotten(now + 7 * day)).toBe(true);
  expect(await isForgotten(now + 7 * day + 1)).toBe(false);
  await put(user, 'undo', card, now + day);
  expect(await isForgotten(now + day)).toBe(false);
  await grade(user, 1, now + 2 * day);
  await grade(user, 3, now + 2 * day);
  expect(await isForgotten(now + 3 * day)).toBe(true);
});
