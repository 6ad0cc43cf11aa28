// A press in the list of the deck: it is written once, only from a page that is up to date, and only for the one whose page it is.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { allCards } from '#lib/content/cards.ts';
import { openSite, type Site } from '#lib/server/fresh-site.ts';
import { startSession } from '#lib/server/session.ts';
import { postAside } from './actions.ts';

vi.mock('next/headers', async () => (await import('#lib/server/fresh-site.ts')).headers);

const { id: card, question } = allCards()[0]!;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => site.cookies.clear());

function press(viewerId: string, pressed: string) {
  const form = new FormData();
  form.set('viewer', viewerId);
  form.set('card', pressed);
  return postAside(null, form);
}
async function signedIn(): Promise<string> {
  const user = await site.newUser();
  await startSession(user);
  return user;
}
const stateOf = (userId: string) => site.db.cardState.findFirst({ where: { userId, cardId: card } });

test('sets the card aside and takes it back, and says what happened with its question', async () => {
  const user = await signedIn();
  const aside = await press(user, `aside 0 ${card}`);
  expect(aside.kind).toBe('saved');
  expect(aside.message).toContain(`Set aside: “${question.replaceAll('`', '')}”`);
  expect(await stateOf(user)).toMatchObject({ aside: true, version: 1 });
  expect((await press(user, `back 1 ${card}`)).message).toMatch(/^Taken back: /);
  expect(await stateOf(user)).toMatchObject({ aside: false, version: 2 });
});

test('sent twice is written once, and answered alike', async () => {
  const user = await signedIn();
  const first = await press(user, `aside 0 ${card}`);
  expect(await press(user, `aside 0 ${card}`)).toEqual(first);
  expect(await Promise.all([1, 2, 3].map(() => press(user, `aside 0 ${card}`)))).toEqual([first, first, first]);
  expect(await site.db.reviewLog.count({ where: { userId: user } })).toBe(1);
});

test('from a page that is behind is refused in words, and writes nothing', async () => {
  const user = await signedIn();
  await press(user, `aside 0 ${card}`);
  await press(user, `back 1 ${card}`);
  const before = await site.everything();
  expect(await press(user, `back 0 ${card}`)).toMatchObject({
    kind: 'stale',
    message: expect.stringMatching(/^Not saved/),
  });
  expect(await press(user, `aside 9 ${card}`)).toMatchObject({ kind: 'stale' });
  // What another page did at that version is not done again, and what is not so is not said.
  expect(await press(user, `aside 0 ${card}`)).toMatchObject({ kind: 'stale' });
  expect(await site.everything()).toEqual(before);
});

test('from the page of somebody else writes nothing, and makes nobody a guest', async () => {
  const ada = await site.newUser();
  const before = await site.everything();
  expect(await press(ada, `aside 0 ${card}`)).toMatchObject({ kind: 'somebody-else' });
  expect(await site.everything()).toEqual(before);
  await signedIn();
  const then = await site.everything();
  expect(await press(ada, `aside 0 ${card}`)).toMatchObject({ kind: 'somebody-else' });
  expect(await site.everything()).toEqual(then);
});

describe('what no button says', () => {
  test.each([
    '',
    'aside',
    `aside -1 ${card}`,
    `aside 0.5 ${card}`,
    `grade 0 ${card}`,
    'aside 0 nowhere',
    'aside 0 __proto__',
  ])('“%s” is refused, and nothing is written', async (pressed) => {
    const user = await signedIn();
    const before = await site.everything();
    const { kind, message } = await press(user, pressed);
    expect(kind).not.toBe('saved');
    expect(message).toMatch(/^Not saved/);
    expect(await site.everything()).toEqual(before);
  });
});
