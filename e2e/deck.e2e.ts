// The learner is the master of their deck: a card is set aside and taken back, the list is searched, and what was chosen is studied.
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { allCards } from '#lib/content/cards.ts';
import { allLessons, lessonBySlug } from '#lib/content/lessons.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { objections } from './axe.ts';
import { allSent, gradeCard, reveal } from './keys.ts';

const lesson = lessonBySlug('seat-14a')!;
const cards = lesson.cards.length;
const plain = (text: string) => text.replaceAll('`', '');
const [first, second] = lesson.cards.map(({ question }) => plain(question)) as [string, string];

async function readLesson(page: Page, slug: string = lesson.slug) {
  await page.goto(`/lessons/${slug}`);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
}

const question = (page: Page) => page.getByRole('heading', { level: 2 });
const row = (page: Page, asked: string) => page.getByRole('listitem').filter({ hasText: asked });
const found = (page: Page) => page.getByRole('region', { name: 'Found' });
const said = (page: Page) => page.getByRole('form', { name: 'Cards' }).getByRole('status');

/** Presses a button of the list by the keyboard. */
async function pressByKey(page: Page, name: string) {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
}

test('“s” sets a card aside, “u” takes that back, and neither waits for the network', async ({ page, context }) => {
  await readLesson(page);
  await page.goto('/review');
  await expect(question(page)).toHaveText(first);
  await reveal(page);
  await context.setOffline(true);
  await page.keyboard.press('s');
  await expect(question(page)).toHaveText(second);
  await expect(question(page)).toBeFocused();
  await page.keyboard.press('u');
  await expect(question(page)).toHaveText(first);
  await page.keyboard.press('s');
  await expect(page.getByText(/3 not saved yet/)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Set aside, and saved')).toBeVisible({ timeout: 30_000 });
  await allSent(page);
  await page.reload();
  await expect(question(page)).toHaveText(second);
  await expect(page.getByText(`${cards - 1} new, 0 learning, 0 to review`)).toBeVisible();
  await expect(page.getByRole('link', { name: new RegExp(`^Review ?, ${cards - 1} due$`) })).toBeVisible();
});

test('a key that is pressed over the palette is not meant for the card behind it', async ({ page }) => {
  await readLesson(page);
  await page.goto('/review');
  await expect(question(page)).toHaveText(first);
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Tab');
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(question(page)).toHaveText(first);
  await expect(page.getByText('Set aside, and saved')).toHaveCount(0);
});

test('a press sets a card aside, too, and the end of a review counts those cards and leads to the deck', async ({
  page,
}) => {
  await readLesson(page);
  await page.goto('/review');
  await reveal(page);
  for (let card = 0; card < cards; card += 1) {
    await page.getByRole('button', { name: /^Set aside/ }).click();
  }
  await expect(page.getByRole('heading', { name: 'Done for now.' })).toBeFocused();
  await expect(page.getByText(`You set ${cards} cards aside.`)).toBeVisible();
  await allSent(page);
  await page.getByRole('main').getByRole('link', { name: 'Your deck' }).click();
  await expect(page.getByText(`${cards} cards: ${cards} set aside.`)).toBeVisible();
  await expect(page.getByRole('link', { name: /^Study these/ })).toHaveCount(0);
});

test('the list says where each card stands, is filtered by a form, and a card is set aside and taken back by keyboard', async ({
  page,
}) => {
  await readLesson(page);
  await page.goto('/review');
  await gradeCard(page, 4);
  await allSent(page);
  await page.getByRole('main').getByRole('link', { name: 'Your deck' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your deck' })).toBeVisible();
  await expect(row(page, first)).toContainText(/in \d+ days/);
  await expect(row(page, second)).toContainText('new');
  await pressByKey(page, `Set aside: ${second}`);
  await expect(said(page)).toContainText(`Set aside: “${second}”`);
  await expect(row(page, second)).toContainText('set aside');
  await expect(page.getByRole('button', { name: `Take back: ${second}` })).toBeFocused();
  await expect(page.getByRole('link', { name: new RegExp(`^Review ?, ${cards - 2} due$`) })).toBeVisible();
  await page.getByLabel('Where it stands').selectOption({ label: 'Set aside (1)' });
  await page.getByRole('button', { name: 'Show' }).press('Enter');
  await expect(page).toHaveURL(/state=aside.*#found$/);
  await expect(found(page).getByText(`1 of ${cards} cards.`)).toBeVisible();
  await pressByKey(page, `Take back: ${second}`);
  await expect(found(page).getByText('No card of your deck is all of this.')).toBeVisible();
  await expect(said(page)).toContainText(`Taken back: “${second}”`);
  await expect(said(page)).toBeFocused();
  await page.getByRole('link', { name: 'Show the whole deck' }).click();
  await expect(row(page, second)).toContainText('new');
  await page.getByLabel('Words').fill('no such words anywhere');
  await page.keyboard.press('Enter');
  await expect(found(page).getByText('No card of your deck is all of this.')).toBeVisible();
  await expect(page.getByLabel('Words')).toHaveValue('no such words anywhere');
});

test('without the network a press in the list says so and loses nothing, and two presses are both kept', async ({
  page,
  context,
}) => {
  await readLesson(page);
  await page.goto('/review/deck');
  await context.setOffline(true);
  await pressByKey(page, `Set aside: ${first}`);
  await expect(said(page)).toHaveText('Not saved: the server did not answer. Press again.');
  await expect(row(page, first)).toContainText('new');
  await context.setOffline(false);
  await pressByKey(page, `Set aside: ${first}`);
  await pressByKey(page, `Set aside: ${second}`);
  for (const asked of [first, second]) await expect(row(page, asked)).toContainText('set aside');
});

test('a card of the list leads to its place in the lesson, which can keep a card again that was set aside', async ({
  page,
}) => {
  await readLesson(page);
  await page.goto('/review/deck');
  await pressByKey(page, `Set aside: ${first}`);
  await expect(said(page)).toContainText('Set aside');
  await page.getByRole('link', { name: first, exact: true }).click();
  const card = page.locator(`#${lesson.cards[0]!.id}`);
  await expect(card).toBeInViewport();
  await card.getByRole('button', { name: /^Keep/ }).click();
  await expect(card.getByText('In your deck')).toBeVisible();
  await page.goto('/review/deck');
  await expect(row(page, first)).toContainText('new');
});

test('a page of the deck that is behind does not write over what happened meanwhile', async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await readLesson(one);
  for (const page of [one, two]) await page.goto('/review/deck');
  await pressByKey(one, `Set aside: ${first}`);
  await expect(said(one)).toContainText('Set aside');
  await pressByKey(one, `Take back: ${first}`);
  await expect(said(one)).toContainText('Taken back');
  await pressByKey(two, `Set aside: ${first}`);
  await expect(said(two)).toContainText('has changed meanwhile');
  await expect(row(two, first)).toContainText('new');
});

test('cards that are not due are studied ahead, with what was chosen said and a way back', async ({ page }) => {
  await readLesson(page);
  await page.goto('/review');
  for (let card = 0; card < cards; card += 1) await gradeCard(page, 4);
  await expect(page.getByRole('heading', { name: 'Done for now.' })).toBeVisible();
  await allSent(page);
  await page.goto('/review/deck?state=later');
  await page.getByRole('link', { name: `Study these ${cards} cards` }).click();
  await expect(page).toHaveURL('/review?state=later');
  await expect(page.getByText(`You chose what is not yet due: ${cards} cards, ahead of time.`)).toBeVisible();
  for (let card = 0; card < cards; card += 1) await gradeCard(page, 3);
  await expect(page.getByRole('heading', { name: 'Done for now.' })).toBeFocused();
  await expect(page.getByText(`You graded ${cards} cards.`)).toBeVisible();
  await allSent(page);
  await page.getByRole('region', { name: 'Done' }).getByRole('link', { name: 'Back to your deck' }).click();
  await expect(page).toHaveURL('/review/deck?state=later');
  await page.goto('/review');
  await expect(page.getByRole('heading', { name: 'Nothing is due.' })).toBeVisible();
});

test('what was forgotten is a choice that is ready, and so is each lesson', async ({ page }) => {
  await readLesson(page);
  await page.goto('/review/deck');
  await expect(page.getByRole('link', { name: /What you forgot/ })).toHaveCount(0);
  await page.goto('/review');
  await gradeCard(page, 1);
  await gradeCard(page, 4);
  await allSent(page);
  await page.goto('/review/deck');
  await page.getByText('One lesson').click();
  await expect(page.getByRole('link', { name: `${lesson.title} ${cards} cards` })).toBeVisible();
  await page.getByRole('link', { name: /What you forgot in the last 7 days 1 card/ }).click();
  await expect(page.getByText(/You chose what you forgot in the last 7 days: 1 card/)).toBeVisible();
  await expect(question(page)).toHaveText(first);
});

test('an address that makes no sense is answered with a sentence and the ordinary page', async ({ page }) => {
  await page.goto('/review/deck?state=asleep');
  await expect(page.getByText('Your deck is empty.')).toBeVisible();
  await readLesson(page);
  const alert = page.getByRole('main').getByRole('alert');
  for (const query of ['lesson=nowhere', 'kind=poem', 'state=due&state=new', `q=${'x'.repeat(200)}`, 'of=%00']) {
    for (const route of ['/review', '/review/deck']) {
      const response = await page.goto(`${route}?${query}`);
      expect(response?.status()).toBe(200);
      await expect(alert).toHaveText(/^The link .*\. Here is /);
    }
  }
  await page.goto(`/review?lesson=fencing`);
  await expect(alert).toContainText('No card of your deck is what the link chooses.');
  await expect(question(page)).toHaveText(first);
});

test('the list is complete without script: filters, setting aside and taking back', async ({ page, browser }) => {
  await readLesson(page);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const bare = await context.newPage();
  await bare.goto('/review/deck');
  await bare.getByLabel('Words').fill(first.split(' ').slice(0, 4).join(' '));
  await bare.getByLabel('Lesson', { exact: true }).selectOption(lesson.slug);
  await bare.getByRole('button', { name: 'Show' }).click();
  await expect(found(bare).getByText(/^\d+ of \d+ cards\.$/)).toBeVisible();
  await bare.getByRole('button', { name: `Set aside: ${first}` }).click();
  await expect(said(bare)).toContainText(`Set aside: “${first}”`);
  await expect(row(bare, first)).toContainText('set aside');
  await bare.getByRole('button', { name: `Take back: ${first}` }).click();
  await expect(said(bare)).toContainText(`Taken back: “${first}”`);
  await expect(row(bare, first)).toContainText('new');
  await context.close();
});

test('a deck of the whole course is listed and filtered in a moment', async ({ page }) => {
  await readLesson(page);
  await page.goto('/review/deck');
  const userId = await page.locator('input[name=viewer]').inputValue();
  const file = path.join(import.meta.dirname, '..', 'test-results', 'data', 'site.db');
  const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  const others = allLessons().filter(({ slug }) => slug !== lesson.slug);
  await db.lessonRead.createMany({ data: others.map(({ slug }) => ({ userId, slug, at: new Date() })) });
  await db.$disconnect();
  await page.goto('/review/deck');
  await expect(page.getByRole('button', { name: /^Set aside: / })).toHaveCount(allCards().length);
  const began = Date.now();
  await page.goto('/review/deck?kind=number&q=lease', { waitUntil: 'domcontentloaded' });
  expect(Date.now() - began).toBeLessThan(2_000);
  await expect(found(page).getByText(new RegExp(`^\\d+ of ${allCards().length} cards\\.$`))).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('nothing of the deck has anything that axe objects to, and all of it fits a phone', async ({ page }) => {
      async function look(what: string) {
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 844 });
          // A page that is made on request sends its title after its words.
          await expect(page).toHaveTitle(/ · Fencepost$/);
          expect(await objections(page), `${what} at ${width}`).toEqual([]);
          const sideways = () =>
            page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          await expect.poll(sideways, what).toBeLessThanOrEqual(0);
        }
      }
      await readLesson(page);
      await page.goto('/review');
      await gradeCard(page, 1);
      await look('a review with something to undo');
      await allSent(page);
      await page.goto('/review/deck');
      await pressByKey(page, `Set aside: ${second}`);
      await expect(said(page)).toContainText('Set aside');
      await page.getByText('One lesson').click();
      await look('the deck');
      await page.goto('/review/deck?q=zebra');
      await look('nothing found');
      await page.goto('/review?state=forgotten');
      await look('a chosen review');
      await gradeCard(page, 4);
      await look('the end of a chosen review');
    });
  });
}
