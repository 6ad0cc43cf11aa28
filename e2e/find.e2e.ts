// Finding anything from anywhere, by keyboard, and without a connection once the index is there.
import { expect, type Page, test } from '@playwright/test';
import { objections } from './axe.ts';

/** The key does nothing until the page has come alive. */
async function openByKey(page: Page) {
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Find in the course' })).toBeFocused({ timeout: 1_000 });
  }).toPass();
}

test('Ctrl K finds a lesson, a heading, a card, a demo, a question, a history, a drill and a source', async ({
  page,
}) => {
  await page.goto('/wizard');
  await openByKey(page);
  const field = page.getByRole('combobox', { name: 'Find in the course' });
  await expect(field).toBeFocused();
  const list = page.getByRole('listbox', { name: 'Found' });
  for (const [query, kind] of [
    ['fencing tokens', 'lesson'],
    ['where the number comes from', 'heading'],
    ['who enforces a fencing token', 'card'],
    ['bathroom key', 'demo'],
    ['which part of the system has to say no', 'question'],
    ['judge a history', 'history'],
    ['hot row ceiling', 'drill'],
    ['kleppmann', 'source'],
  ] as const) {
    await field.fill(query);
    await expect(
      list
        .getByRole('option')
        .filter({ hasText: new RegExp(`^${kind}`) })
        .first(),
      query,
    ).toBeVisible();
  }
  expect(await objections(page, { within: 'dialog' })).toEqual([]);
  await field.fill('where the number comes from');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/lessons\/fencing#where-the-number-comes-from$/);
  await expect(page.getByRole('heading', { name: 'Where the number comes from' })).toBeInViewport();
});

test('arrows move the mark, Escape closes, and the focus goes back to where it was', async ({ page }) => {
  await page.goto('/lessons');
  const button = page.getByRole('button', { name: /^Find/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Find in the course' }).fill('lease');
  const options = page.getByRole('option');
  await expect(options.nth(2)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Find in the course' })).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a word that stands only in a paragraph leads to its section, and a long list says that it is cut', async ({
  page,
}) => {
  await page.goto('/lessons');
  await openByKey(page);
  const field = page.getByRole('combobox', { name: 'Find in the course' });
  await field.fill('lua');
  await expect(
    page.getByRole('option').filter({ hasText: 'A lock in Redis, command by command' }).first(),
  ).toBeVisible();
  await field.fill('lease');
  await expect(page.getByText(/^The first 24 of \d+\.$/)).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(24);
});

test('once it has been opened it goes on finding without a connection', async ({ page, context }) => {
  await page.goto('/lessons');
  await openByKey(page);
  await page.getByRole('combobox', { name: 'Find in the course' }).fill('lease');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await context.setOffline(true);
  await openByKey(page);
  await page.getByRole('combobox', { name: 'Find in the course' }).fill('session');
  await expect(page.getByRole('option').first()).toBeVisible();
});

test('opened without a connection before the index is there, it says so and fetches it when the connection is back', async ({
  page,
  context,
}) => {
  await page.goto('/lessons');
  await context.setOffline(true);
  await openByKey(page);
  const dialog = page.getByRole('dialog', { name: 'Find' });
  await expect(dialog.getByText(/You are offline, and the index is not here yet/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Find in the course' }).fill('fencing tokens');
  await context.setOffline(false);
  await expect(page.getByRole('option').first()).toContainText('Fencing tokens');
});

test('without a connection it goes to a place on the same page, and to another page when the connection is back', async ({
  page,
  context,
}) => {
  await page.goto('/lessons/fencing');
  await openByKey(page);
  const field = page.getByRole('combobox', { name: 'Find in the course' });
  const first = page.getByRole('option').first();
  await field.fill('where the number comes from');
  await expect(first).toContainText('Where the number comes from');
  await context.setOffline(true);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/lessons\/fencing#where-the-number-comes-from$/);
  await expect(page.getByRole('heading', { name: 'Where the number comes from' })).toBeInViewport();
  await openByKey(page);
  await field.fill('clocks');
  await expect(first).toContainText('Clocks');
  await page.keyboard.press('Enter');
  const refusal = page.getByText('“Clocks” needs a connection.');
  await expect(refusal).toBeVisible();
  await expect(page).toHaveURL(/\/lessons\/fencing/);
  await context.setOffline(false);
  await expect(refusal).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/lessons\/clocks$/);
});

test('an index that cannot be fetched is said, and a second try works', async ({ page }) => {
  await page.route('**/find.json', (route) => route.abort(), { times: 1 });
  await page.goto('/lessons');
  await openByKey(page);
  await expect(page.getByText(/The index could not be fetched/)).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Find in the course' })).toBeFocused();
  await page.getByRole('combobox', { name: 'Find in the course' }).fill('lease');
  await expect(page.getByRole('option').first()).toBeVisible();
});
