// Levels that were won are kept for a guest and an account alike, the better result stays, and nobody sees another's.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { carryOver } from './account.ts';
import { openSite, type Site } from './fresh-site.ts';
import { keepLevel, levelsWon } from './levels.ts';

vi.mock('next/headers', async () => (await import('./fresh-site.ts')).headers);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

test('a better result replaces the number and leaves the day; a worse one changes nothing', async () => {
  const user = await site.newUser();
  await keepLevel(user, 'paused-holder', 35, 1000);
  await keepLevel(user, 'paused-holder', 40, 2000);
  expect(await levelsWon(user)).toEqual([{ level: 'paused-holder', best: 35 }]);
  await keepLevel(user, 'paused-holder', 29, 3000);
  expect(await levelsWon(user)).toEqual([{ level: 'paused-holder', best: 29 }]);
  const rows = await site.db.levelResult.findMany({ where: { userId: user } });
  expect(rows.map(({ at }) => at.getTime())).toEqual([1000]);
});

test('two wins of one level at the same moment leave one row with the better of them', async () => {
  const user = await site.newUser();
  await Promise.all([31, 30, 33].map((best) => keepLevel(user, 'open-seat', best, 1000)));
  expect(await levelsWon(user)).toEqual([{ level: 'open-seat', best: 30 }]);
});

test('levels come in the order in which they were won, and only one’s own', async () => {
  const [ada, bob] = [await site.newUser(), await site.newUser()];
  await keepLevel(ada, 'late-packet', 3, 2000);
  await keepLevel(ada, 'open-seat', 2, 1000);
  await keepLevel(bob, 'sealed', 0, 1000);
  expect((await levelsWon(ada)).map(({ level }) => level)).toEqual(['open-seat', 'late-packet']);
  expect((await levelsWon(bob)).map(({ level }) => level)).toEqual(['sealed']);
});

test('a guest who signs in brings wins along: the better of two stays', async () => {
  const [guest, account] = [await site.newUser(), await site.newUser()];
  await site.db.user.update({ where: { id: account }, data: { email: 'levels@example.org' } });
  await keepLevel(account, 'open-seat', 15, 1000);
  await keepLevel(account, 'sealed', 0, 1000);
  await keepLevel(guest, 'open-seat', 13, 2000);
  await keepLevel(guest, 'late-packet', 29, 3000);
  await carryOver(guest, account);
  const won = [...(await levelsWon(account))].sort((a, b) => (a.level < b.level ? -1 : 1));
  expect(won).toEqual([
    { level: 'late-packet', best: 29 },
    { level: 'open-seat', best: 13 },
    { level: 'sealed', best: 0 },
  ]);
  expect(await levelsWon(guest)).toEqual([]);
});
