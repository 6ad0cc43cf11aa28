// A lesson that was corrected tells whoever has read it before what is new to them, and nobody else; read again, it is quiet.
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { objections } from './axe.ts';
import { data } from './playwright.config.ts';

// One that was corrected at two different times.
const lesson = lessonBySlug('answer-template')!;
const [older, newer] = lesson.revised as [(typeof lesson.revised)[number], (typeof lesson.revised)[number]];
const address = `/lessons/${lesson.slug}`;
const words = 'Changed since you read it';

/** Reads the lesson as somebody of whom nothing else is known, and moves that reading into the past. */
async function haveRead(page: Page, at: number): Promise<void> {
  const email = `reader-${Date.now()}-${process.pid}-${test.info().workerIndex}@example.com`;
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('Your account is ready.')).toBeVisible();
  await page.goto(address);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${path.join(data, 'site.db')}` }) });
  const where = { slug: lesson.slug, user: { email } };
  expect(await db.lessonRead.updateMany({ where, data: { at: new Date(at) } })).toEqual({ count: 1 });
  await db.$disconnect();
}

/** Goes to an address, and waits until the page has asked who is looking and knows it. */
async function open(page: Page, to: string): Promise<void> {
  await page.goto(to, { waitUntil: 'networkidle' });
}

const note = (page: Page): Locator => page.getByRole('note', { name: words });
const plainText = (what: string) => what.replaceAll('`', '');

test('a corrected lesson says at its top what is newer than the reading, in the list that it changed, until it is read again', async ({
  page,
}) => {
  await haveRead(page, Date.parse(newer.at) - 1);
  await open(page, '/lessons');
  const row = page.getByRole('link', { name: new RegExp(lesson.title) });
  await expect(row).toContainText('Read');
  await expect(row).toContainText('changed since you read it');
  await expect(page.getByText('changed since you read it')).toHaveCount(1);

  await page.goto('/');
  await expect(page.getByRole('main')).toContainText(`${lesson.title} has changed since you read it.`);

  await open(page, address);
  await expect(note(page)).toBeVisible();
  await expect(note(page).getByRole('listitem')).toHaveCount(1);
  await expect(page.locator('body')).toBeFocused();
  await note(page)
    .getByRole('link', { name: plainText(newer.what) })
    .click();
  await expect(page).toHaveURL(`${address}#${newer.where}`);
  await expect(page.locator(`[id="${newer.where}"]`)).toBeInViewport();

  await expect(page.getByText('It has changed since you read it.')).toBeVisible();
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  // It stays for as long as it is being read.
  await expect(note(page)).toBeVisible();
  await open(page, address);
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  await expect(note(page)).toHaveCount(0);
  await open(page, '/lessons');
  await expect(row).toContainText('Read');
  await expect(page.getByText('changed since you read it')).toHaveCount(0);
});

test('whoever read it before all corrections is told of all, the newest first, on a phone and in the dark, too', async ({
  page,
}) => {
  await haveRead(page, Date.parse(older.at) - 1);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, address);
    await expect(note(page).getByRole('listitem')).toHaveText([newer.what, older.what].map(plainText));
    expect(await objections(page, { within: '[role=note]' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test('reading it again to its end makes it current, without a press', async ({ page }) => {
  await haveRead(page, Date.parse(newer.at) - 1);
  await page.clock.install();
  await open(page, address);
  await expect(note(page)).toBeVisible();
  // Somebody who is at the end sooner than this was looking, not reading.
  await page.clock.fastForward(61_000);
  await page.getByText('It has changed since you read it.').scrollIntoViewIfNeeded();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  await open(page, '/lessons');
  await expect(page.getByRole('link', { name: new RegExp(lesson.title) })).toContainText('Read');
  await expect(page.getByText('changed since you read it')).toHaveCount(0);
});

test('whoever reads it for the first time finds no note, and what was corrected at its end', async ({ page }) => {
  await open(page, address);
  const history = page.getByRole('region', { name: 'What has changed' });
  await expect(history.getByRole('listitem')).toHaveCount(lesson.revised.length);
  await expect(history).toContainText('23 November 2026');
  await expect(history).toContainText(plainText(older.what));
  await expect(note(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  await expect(note(page)).toHaveCount(0);
});

test('a note that comes late moves nothing that is being read', async ({ page }) => {
  await haveRead(page, 0);
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/me*', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(address);
  const heading = page.getByRole('heading', { name: 'What goes into each blank' });
  await heading.evaluate((element) => element.scrollIntoView());
  await page.mouse.wheel(0, 20);
  const top = async () => (await heading.boundingBox())!.y;
  await expect.poll(top).toBeLessThan(10);
  const before = await top();
  answer();
  await expect(note(page)).toBeAttached();
  await expect(note(page)).not.toBeInViewport();
  // Browsers scroll by whole pixels.
  expect(Math.abs((await top()) - before)).toBeLessThan(1);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('what was corrected stands at the end of a lesson, and only of one that was', async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('region', { name: 'What has changed' })).toContainText(plainText(newer.what));
    await expect(note(page)).toHaveCount(0);
    await page.goto('/lessons/thirty-seconds');
    await expect(page.getByRole('region', { name: 'Sources' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What has changed' })).toHaveCount(0);
  });
});
