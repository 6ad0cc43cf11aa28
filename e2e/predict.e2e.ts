// "Predict, then run" in a real browser: the demo asks first, runs, says what happened, and a wrong certainty comes back in the review.
import { expect, type Page, test } from '@playwright/test';
import { pose } from '#components/demo/prediction.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { facesOf } from '#lib/content/card-faces.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { objections } from './axe.ts';

// Who asked for stillness sees the end of a run at once.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const lesson = lessonBySlug('leases')!;
const demo = scenarioById('crash-holder')!;
const question = /What becomes of B\?/;
const truth = /B gets it when A’s lease has run out/;
const untruth = /B waits for ever/;

/** A demo that runs has one; the lesson has other demos, too. */
const players = (page: Page) => page.getByRole('slider', { name: 'Moment' });
const asked = (page: Page) => page.getByRole('group', { name: question });

async function openLesson(page: Page) {
  await page.goto(`/lessons/${lesson.slug}`);
  await asked(page).scrollIntoViewIfNeeded();
}

async function predict(page: Page, answer: RegExp, sureness: string) {
  await page.getByRole('radio', { name: answer }).check();
  await page.getByRole('radio', { name: sureness, exact: true }).check();
  await page.getByRole('button', { name: 'Predict and run' }).click();
}

test('a demo gives nothing away before it is answered, and then says whether the prediction was right', async ({
  page,
}) => {
  await openLesson(page);
  await expect(page.getByText(demo.point)).toBeHidden();
  const posed = pose(demo, 'after-crash');
  const asking = page.getByRole('region', { name: posed.title, exact: true });
  await expect(asking).toBeVisible();
  expect(await asking.textContent()).not.toContain(demo.title);
  await expect(asking.getByRole('link', { name: 'Open at full width' })).toHaveCount(0);
  await expect(page.getByRole('img', { name: demo.title })).toHaveCount(0);
  const others = await players(page).count();
  await predict(page, truth, 'Fairly sure');
  await expect(page.getByText(/^Right\. B waits for A’s lease to run out/)).toBeVisible();
  await expect(players(page)).toHaveCount(others + 1);
  const told = page.getByRole('region', { name: demo.title, exact: true });
  await expect(told.getByText(demo.point)).toBeVisible();
  await expect(told.getByRole('link', { name: 'Open at full width' })).toBeVisible();
  await expect(page.getByRole('link', { name: /how often you are right/ })).toBeVisible();
  await page.goto('/progress');
  await expect(page.getByRole('row', { name: /^Fairly sure 1 of 1 right/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Certain none yet/ })).toBeVisible();
});

test('certain and wrong comes first in the review, and stands on the page of progress', async ({ page }) => {
  await openLesson(page);
  await predict(page, untruth, 'Certain');
  await expect(page.getByText(/^It went otherwise\./)).toBeVisible();
  await expect(page.getByText(`${lesson.cards.length} cards of this lesson come first`)).toBeVisible();
  await page.goto('/review');
  await expect(page.getByText(/Comes first: you were certain/)).toBeVisible();
  const first = page.getByRole('region', { name: 'Card' }).getByRole('heading');
  const plain = (text: string) => text.replaceAll('`', '');
  // A sum is asked with other numbers than in its lesson.
  const faces = facesOf(lesson.cards);
  const asked = lesson.cards.map(({ id, question }) => faces[id]?.[0]?.question ?? question);
  expect(asked.map(plain)).toContain(await first.textContent());
  await page.goto('/progress');
  await expect(page.getByRole('row', { name: /^Certain 0 of 1 right/ })).toBeVisible();
  await expect(page.getByRole('link', { name: demo.title })).toBeVisible();
});

test('all of it works from the keyboard', async ({ page }) => {
  await openLesson(page);
  await page.getByRole('radio', { name: truth }).focus();
  await page.keyboard.press(' ');
  await page.getByRole('radio', { name: 'A guess' }).focus();
  await page.keyboard.press(' ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /You guessed/ })).toBeFocused();
});

test('what is not answered is said at its place, and the focus goes there', async ({ page }) => {
  await openLesson(page);
  const sure = page.getByRole('group', { name: 'How sure are you?' });
  const go = page.getByRole('button', { name: 'Predict and run' });
  await expect(async () => {
    await go.click();
    await expect(asked(page).getByRole('alert')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(asked(page)).toHaveAccessibleDescription(/Choose one of these/);
  await expect(sure).toHaveAccessibleDescription(/Say how sure you are/);
  await expect(asked(page).getByRole('radio').first()).toBeFocused();
  await page.getByRole('radio', { name: truth }).check();
  await expect(asked(page).getByRole('alert')).toHaveCount(0);
  await go.click();
  await expect(sure.getByRole('radio').first()).toBeFocused();
  expect(await objections(page, { within: 'form' })).toEqual([]);
});

test.describe('while it runs', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('a demo says that the run goes on, keeps its title back, and nothing jumps when it has ended', async ({
    page,
  }) => {
    await openLesson(page);
    await predict(page, untruth, 'A guess');
    const box = page.getByRole('status').filter({ hasText: 'You guessed' });
    await expect(box.getByText(/The run goes on/)).toBeVisible();
    await expect(page.getByText(demo.title, { exact: true })).toBeHidden();
    const height = async () => (await box.boundingBox())?.height;
    const before = await height();
    await expect(box.getByText(/^It went otherwise\./)).toBeVisible({ timeout: 30_000 });
    expect(await height()).toBe(before);
    await expect(page.getByText(demo.title, { exact: true })).toBeVisible();
  });
});

test('nothing runs before both questions are answered, and a run without a prediction keeps none', async ({ page }) => {
  await openLesson(page);
  const others = await players(page).count();
  await page.getByRole('radio', { name: truth }).check();
  await page.getByRole('button', { name: 'Predict and run' }).click();
  await expect(asked(page)).toBeVisible();
  await expect(players(page)).toHaveCount(others);
  await page.getByRole('button', { name: 'Run it without a prediction' }).click();
  await expect(players(page)).toHaveCount(others + 1);
  await page.goto('/progress');
  await expect(page.getByText('You have not predicted anything yet.')).toBeVisible();
});

test('axe finds nothing, neither in the question nor on the page of progress', async ({ page }) => {
  await openLesson(page);
  expect(await objections(page, { within: 'form' })).toEqual([]);
  await predict(page, untruth, 'Certain');
  await expect(page.getByText(/come first/)).toBeVisible();
  await page.goto('/progress');
  expect(await objections(page)).toEqual([]);
});
