// The whole way of a newcomer, with an empty database and no account: seat 14A, a lesson, its quiz, its cards by keyboard, the
// wizard, practice, an account, and everything again in a second browser.
import { expect, type Page, test } from '@playwright/test';
import { gradeCard } from './keys.ts';

async function runFirstMinute(page: Page) {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Seat 14A');
  const minute = page.getByRole('region', { name: 'The first minute' });
  await minute.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(minute.getByText(/47 tickets sold/).first()).toBeVisible({ timeout: 20_000 });
  await minute.getByRole('button', { name: /^Put a lock on it/ }).click();
  await minute.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(minute.getByText(/1 ticket sold/).first()).toBeVisible({ timeout: 20_000 });
  await minute.getByRole('button', { name: /^Now pause the holder/ }).click();
  await expect(minute.getByText(/lease ended/).first()).toBeVisible();
  await minute.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(minute.getByText(/both told yes/).first()).toBeVisible({ timeout: 20_000 });
  await minute.getByRole('button', { name: /^Check the token at the store/ }).click();
  await minute.getByRole('button', { name: /^Keep what you saw/ }).click();
  await minute.getByRole('button', { name: 'Keep these three cards' }).click();
  await expect(minute.getByText('Kept.')).toBeVisible();
}

async function readAndAnswer(page: Page) {
  await page.goto('/lessons/fencing');
  let answered = 0;
  for (const question of await page.locator('section', { has: page.getByRole('radio') }).all()) {
    const check = question.getByRole('button', { name: 'Check' });
    if (!(await check.isVisible())) continue;
    await question.getByRole('radio').first().check();
    await check.click();
    await expect(question.getByText(/^(Right\.|Not quite\.)$/)).toBeVisible();
    answered += 1;
  }
  expect(answered).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
}

async function reviewByKeyboard(page: Page) {
  await page.goto('/review');
  for (let card = 0; card < 3; card += 1) {
    await gradeCard(page, 3);
  }
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

async function walkWizard(page: Page) {
  await page.goto('/wizard');
  const answers = page.getByRole('list', { name: 'Answers' });
  for (let question = 0; question < 10 && (await answers.isVisible()); question += 1) {
    const heading = await page.getByRole('heading', { level: 1 }).textContent();
    await answers.getByRole('link').last().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(heading ?? '');
  }
  await expect(answers).toBeHidden();
}

async function practise(page: Page) {
  await page.getByRole('main').locator('a[href^="/practice/"]').first().click();
  await expect(page).toHaveURL(/\/practice\/[a-z-]+\?/);
  await expect(page.getByLabel('Lock')).not.toHaveValue('');
  await page.getByRole('button', { name: 'Save attempt' }).click();
  await expect(page).toHaveURL(/\/practice\/[a-z-]+\/[0-9a-f-]{36}/);
}

test('a newcomer walks all four journeys, signs up, and finds everything in a second browser', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await runFirstMinute(page);
  await readAndAnswer(page);
  await reviewByKeyboard(page);
  await walkWizard(page);
  await practise(page);
  const attempt = new URL(page.url()).pathname;
  const email = `newcomer-${Date.now()}@example.com`;
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('Your account is ready.')).toBeVisible();

  const second = await (await browser.newContext()).newPage();
  expect((await second.goto(attempt))?.status()).toBe(404);
  await second.goto('/sign-in');
  await second.getByLabel('E-mail').fill(email);
  await second.getByLabel('Password').fill('a long enough password');
  await second.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(second.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(second.getByText('Next lesson')).toBeVisible();
  await second.goto('/lessons/fencing');
  await expect(second.getByText('You have read this lesson.')).toBeVisible();
  await expect(second.getByText(/^(Right\.|Not quite\.)$/).first()).toBeVisible();
  expect((await second.goto(attempt))?.status()).toBe(200);
  const counts = /\d+ new, \d+ learning, \d+ to review/;
  await page.goto('/review');
  const here = await page.getByText(counts).textContent();
  await second.goto('/review');
  await expect(second.getByText(here ?? 'nothing')).toBeVisible();
  expect(here).toMatch(/ [1-9]\d* learning/);
});

test('a returning learner is greeted with what is due, the next lesson and the weakest topic', async ({ page }) => {
  await readAndAnswer(page);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await expect(page.getByText(/\d+ cards, about \d+ min/)).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Seat 14A' })).toBeVisible();
  await expect(page.getByText('Weakest topic')).toBeVisible();
});

test('looking around keeps nothing and sets no cookie', async ({ page, context }) => {
  for (const route of ['/', '/lessons', '/lessons/fencing', '/demos', '/review', '/wizard', '/practice'])
    await page.goto(route);
  expect((await context.cookies()).filter((cookie) => cookie.name.includes('session'))).toEqual([]);
});
