// The cards of a review as an address chooses them, on a real database: only of one's own deck, and never an error.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { openSite, type Site } from '#lib/server/fresh-site.ts';
import { markRead } from '#lib/server/progress.ts';
import { deckOf, type NewEvent, write } from '#lib/server/reviews.ts';
import { studyOf } from './study.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 1, 9);
const { slug, cards } = allLessons().find((lesson) => lesson.cards.length >= 5)!;
const [first, second, third] = cards.map(({ id }) => id) as [string, string, string];
const elsewhere = allCards().find(({ lesson }) => lesson !== slug)!;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const easy = (userId: string, cardId: string, at = now) =>
  write(userId, { id: randomUUID(), cardId, seenVersion: 'any', kind: 'grade', grade: 4 }, at);
const put = (userId: string, kind: Exclude<NewEvent['kind'], 'grade'>, cardId: string) =>
  write(userId, { id: randomUUID(), cardId, seenVersion: 'any', kind }, now);
const ids = ({ cards }: Awaited<ReturnType<typeof studyOf>>) => cards.map(({ card }) => card.id);

test('without a choice is what is due, and nothing else', async () => {
  const user = await site.newUser();
  await markRead(user, slug, now);
  await easy(user, first);
  expect(await studyOf(user, {}, now)).toEqual({
    ...(await deckOf(user, now)),
    key: 'due',
    chosen: null,
    trouble: null,
  });
});

test('of a choice has its cards that are due, then its new ones, then those not yet due, marked as ahead', async () => {
  const user = await site.newUser();
  await markRead(user, slug, now);
  await easy(user, first, now - day);
  await easy(user, second, now - 400 * day);
  await easy(user, elsewhere.id, now - 400 * day);
  const study = await studyOf(user, { lesson: slug }, now);
  const fresh = cards.map(({ id }) => id).filter((id) => id !== first && id !== second);
  expect(ids(study)).toEqual([second, ...fresh, first]);
  expect(study.cards.map(({ ahead }) => ahead === true)).toEqual(ids(study).map((id) => id === first));
  expect(study.chosen).toMatchObject({ back: `/review/deck?lesson=${slug}`, of: cards.length, ahead: 1, othersDue: 1 });
});

test('never has a card that is not in the deck, nor one that is set aside, whatever the address says', async () => {
  const user = await site.newUser();
  await easy(user, first);
  await easy(user, second);
  await put(user, 'aside', second);
  expect(ids(await studyOf(user, { lesson: slug }, now))).toEqual([first]);
  expect(ids(await studyOf(user, { of: 'all' }, now))).toEqual([first]);
  expect(await studyOf(user, { lesson: elsewhere.lesson }, now)).toMatchObject({
    cards: [],
    chosen: null,
    trouble: 'No card of your deck is what the link chooses.',
  });
  expect(await studyOf(user, { state: 'aside' }, now)).toMatchObject({ cards: [], chosen: null });
});

test('has at most fifty cards, and says of how many', async () => {
  const user = await site.newUser();
  for (const lesson of allLessons()) await markRead(user, lesson.slug, now);
  const study = await studyOf(user, { of: 'all' }, now);
  expect(study.cards.length).toBe(50);
  expect(study.chosen?.of).toBe(allCards().length);
});

test.each([{ lesson: 'nowhere' }, { state: ['a', 'b'] }, { kind: '<script>' }])(
  'of the address %o is the ordinary one, with a sentence',
  async (query) => {
    const user = await site.newUser();
    await put(user, 'bring', third);
    const study = await studyOf(user, query, now);
    expect(ids(study)).toEqual([third]);
    expect(study).toMatchObject({ chosen: null, trouble: expect.stringMatching(/\.$/) });
    // Whoever leaves the address leaves the sentence, too.
    expect(study.key).not.toBe((await studyOf(user, {}, now)).key);
  },
);

test('stays the same session while its cards are graded, though nothing may be left of the choice', async () => {
  const user = await site.newUser();
  await easy(user, first, now - 400 * day);
  const before = await studyOf(user, { state: 'due' }, now);
  expect(ids(before)).toEqual([first]);
  await easy(user, first);
  const after = await studyOf(user, { state: 'due' }, now);
  expect(ids(after)).toEqual([]);
  expect(after.key).toBe(before.key);
  expect((await studyOf(user, {}, now)).key).not.toBe(before.key);
});

test('leaves everything as it was', async () => {
  const user = await site.newUser();
  await easy(user, first);
  const before = await site.everything();
  await studyOf(user, { lesson: slug }, now);
  await studyOf(user, { lesson: elsewhere.lesson }, now);
  expect(await site.everything()).toEqual(before);
});
