// When a reading moves forward, and when it stays; and that each learner's readings are their own. On a real database.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allLessons } from '#lib/content/lessons.ts';
import { openSite, type Site } from './fresh-site.ts';
import { markRead, today } from './progress.ts';
import { changedLessons } from './reading.ts';

const day = 86_400_000;
const lessons = allLessons();
const plain = lessons.find(({ revised }) => revised.length === 0)!;
const revised = lessons.find((lesson) => new Set(lesson.revised.map(({ at }) => at)).size > 1)!;
const first = Date.parse(revised.revised[0]!.at);
const last = Date.parse(revised.revised.at(-1)!.at);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function readAt(userId: string, slug: string): Promise<number | undefined> {
  const row = await site.db.lessonRead.findUnique({ where: { userId_slug: { userId, slug } } });
  return row?.at.getTime();
}

test('a lesson that was corrected since it was read has changed, by as many corrections as are newer', async () => {
  const [before, between, after] = [await site.newUser(), await site.newUser(), await site.newUser()];
  await markRead(before, revised.slug, first - 1);
  await markRead(between, revised.slug, last - 1);
  await markRead(after, revised.slug, last);
  expect(await changedLessons(before)).toEqual({ [revised.slug]: revised.revised.length });
  expect(await changedLessons(between)).toEqual({
    [revised.slug]: revised.revised.filter(({ at }) => Date.parse(at) === last).length,
  });
  expect(await changedLessons(after)).toEqual({});
});

test('a lesson that was never read has not changed, and neither has one that was never corrected', async () => {
  const user = await site.newUser();
  expect(await changedLessons(user)).toEqual({});
  await markRead(user, plain.slug, 0);
  expect(await changedLessons(user)).toEqual({});
});

test('reading a corrected lesson again makes it current, once', async () => {
  const user = await site.newUser();
  await markRead(user, revised.slug, first - day);
  await markRead(user, revised.slug, last + day);
  expect(await changedLessons(user)).toEqual({});
  await markRead(user, revised.slug, last + 2 * day);
  expect(await readAt(user, revised.slug)).toBe(last + day);
});

test('reading a lesson again that has not changed keeps when it was read', async () => {
  const user = await site.newUser();
  for (const at of [last, last + day, last - day]) {
    await markRead(user, plain.slug, at);
    await markRead(user, revised.slug, at);
  }
  expect(await readAt(user, plain.slug)).toBe(last);
  expect(await readAt(user, revised.slug)).toBe(last);
});

test('reading it again before the last correction leaves that to be told', async () => {
  const user = await site.newUser();
  await markRead(user, revised.slug, first - day);
  await markRead(user, revised.slug, last - 1);
  expect(await readAt(user, revised.slug)).toBe(first - day);
  expect(await changedLessons(user)).toEqual({ [revised.slug]: revised.revised.length });
});

test('what one learner reads again stays changed for another, and so do other lessons', async () => {
  const [one, two] = [await site.newUser(), await site.newUser()];
  const other = lessons.find(({ slug, revised: list }) => list.length > 0 && slug !== revised.slug)!;
  for (const user of [one, two]) {
    await markRead(user, revised.slug, first - day);
    await markRead(user, other.slug, first - day);
  }
  await markRead(one, revised.slug, last + day);
  expect(await readAt(two, revised.slug)).toBe(first - day);
  expect(Object.keys(await changedLessons(one))).toEqual([other.slug]);
  expect(Object.keys(await changedLessons(two)).sort()).toEqual([revised.slug, other.slug].sort());
});

test('two tabs that read it again at the same time make it current', async () => {
  const user = await site.newUser();
  await markRead(user, revised.slug, first - day);
  await Promise.all([1, 2, 3, 4].map((at) => markRead(user, revised.slug, last + at)));
  expect(await changedLessons(user)).toEqual({});
  expect(await site.db.lessonRead.count({ where: { userId: user } })).toBe(1);
});

test('the home page names what has changed, in the order of the course', async () => {
  const user = await site.newUser();
  const changed = lessons.filter((lesson) => lesson.revised.length > 0).slice(0, 2);
  for (const { slug } of changed.toReversed()) await markRead(user, slug, 0);
  await markRead(user, plain.slug, 0);
  expect((await today(user, last)).changed).toEqual(changed.map(({ slug, title }) => ({ slug, title })));
});
