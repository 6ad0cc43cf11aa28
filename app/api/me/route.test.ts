// What static pages may know about who is looking. Looking never makes anybody a guest, and shows only one's own.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { allLessons } from '#lib/content/lessons.ts';
import { openSite, type Site, sessionCookie } from '#lib/server/fresh-site.ts';
import { keepLevel } from '#lib/server/levels.ts';
import { markRead } from '#lib/server/progress.ts';
import { answerQuiz } from '#lib/server/quiz-answers.ts';
import { write } from '#lib/server/reviews.ts';
import { startSession } from '#lib/server/session.ts';
import { GET } from './route.ts';

vi.mock('next/headers', async () => (await import('#lib/server/fresh-site.ts')).headers);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => site.cookies.clear());

const lesson = allLessons().find((one) => one.quizzes.some((quiz) => quiz.kind === 'single'))!;
const quiz = lesson.quizzes.find((one) => one.kind === 'single')!;

async function ask(query = '') {
  const response = await GET(new Request(`http://localhost:3000/api/me${query}`));
  return { status: response.status, cache: response.headers.get('Cache-Control'), body: await response.json() };
}
const nobody = { who: null, due: 0, read: [], changed: {}, kept: [], answers: [], levels: [] };

async function learner(): Promise<string> {
  const user = await site.newUser();
  await markRead(user, lesson.slug, Date.now());
  await answerQuiz(user, { id: randomUUID(), quizId: quiz.id, given: [0] }, Date.now());
  await keepLevel(user, 'open-seat', 13, Date.now());
  const bring = { id: randomUUID(), cardId: lesson.cards[0]!.id, seenVersion: 'any', kind: 'bring' } as const;
  await write(user, bring, Date.now());
  return user;
}

test('a newcomer is told that they are nobody yet, and does not become a guest by asking', async () => {
  const before = await site.everything();
  expect(await ask()).toEqual({ status: 200, cache: 'private, no-store', body: nobody });
  expect(await ask(`?lesson=${lesson.slug}`)).toMatchObject({ body: nobody });
  expect(await site.everything()).toEqual(before);
  expect(site.cookies.size).toBe(0);
});

test('a learner gets what they read and kept, and the answers of the lesson they ask for', async () => {
  await startSession(await learner());
  const { body } = await ask(`?lesson=${lesson.slug}`);
  expect(body).toMatchObject({
    who: { name: null, guest: true },
    due: lesson.cards.length,
    read: [lesson.slug],
    kept: lesson.cards.map(({ id }) => id),
    answers: [{ quizId: quiz.id, given: [0] }],
    levels: [{ level: 'open-seat', best: 13 }],
  });
  expect((await ask()).body).toMatchObject({ read: [lesson.slug], kept: [lesson.cards[0]!.id], answers: [] });
});

test('a card that was set aside is not among the kept ones, so that its lesson can keep it again', async () => {
  const user = await learner();
  const [first, second, ...others] = lesson.cards.map(({ id }) => id) as [string, string];
  for (const cardId of [first, second]) {
    await write(user, { id: randomUUID(), cardId, seenVersion: 'any', kind: 'aside' }, Date.now());
  }
  await startSession(user);
  const { body } = await ask(`?lesson=${lesson.slug}`);
  expect(body).toMatchObject({ due: lesson.cards.length - 2, kept: others });
  await write(user, { id: randomUUID(), cardId: first, seenVersion: 'any', kind: 'bring' }, Date.now());
  expect((await ask(`?lesson=${lesson.slug}`)).body.kept).toEqual([first, ...others]);
});

test('a learner is told which lessons changed since they read them, and a lesson just read has not', async () => {
  const user = await learner();
  const revised = allLessons().filter(({ slug, revised: list }) => list.length > 0 && slug !== lesson.slug);
  const [before, after] = [revised[0]!, revised[1]!];
  await markRead(user, before.slug, Date.parse(before.revised[0]!.at) - 1);
  await markRead(user, after.slug, Date.parse(after.revised.at(-1)!.at));
  await startSession(user);
  expect((await ask()).body.changed).toEqual({ [before.slug]: before.revised.length });
  await markRead(user, before.slug, Date.now());
  expect((await ask()).body.changed).toEqual({});
});

test('nobody is shown what belongs to somebody else', async () => {
  await learner();
  await startSession(await site.newUser());
  expect((await ask(`?lesson=${lesson.slug}`)).body).toEqual({ ...nobody, who: { name: null, guest: true } });
});

test('a cookie that proves nothing is nobody', async () => {
  site.cookies.set(sessionCookie, 'garbage');
  expect(await ask()).toMatchObject({ status: 200, body: nobody });
});

test.each([
  '?lesson=nowhere',
  '?lesson=',
  '?lesson=__proto__',
  '?lesson=a&lesson=b',
  '?other=1',
  '?lesson=%00',
  '?__proto__=1',
])('%s is no lesson: no answers, and no error', async (query) => {
  await startSession(await learner());
  expect(await ask(query)).toMatchObject({ status: 200, body: { answers: [] } });
});

test('a lesson’s name that is far too long is bad input', async () => {
  await startSession(await learner());
  expect(await ask(`?lesson=${'x'.repeat(81)}`)).toEqual({
    status: 400,
    cache: 'private, no-store',
    body: { kind: 'bad-input' },
  });
});

test('never holds an e-mail address of somebody who has a name, and never a hash', async () => {
  const user = await learner();
  await site.db.user.update({
    where: { id: user },
    data: { email: 'ada@example.org', name: 'Ada', passwordHash: 'scrypt$secret' },
  });
  await startSession(user);
  const { body } = await ask();
  expect(body.who).toEqual({ name: 'Ada', guest: false });
  expect(JSON.stringify(body)).not.toMatch(/scrypt|example\.org/);
});
