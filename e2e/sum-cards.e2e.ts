// A card whose numbers change: the course's own example in its lesson, other numbers at each review, and the same ones on a reload.
import { expect, type Page, test } from '@playwright/test';
import { facesOf } from '#lib/content/card-faces.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { allSent } from './keys.ts';

const card = lessonBySlug('consul')!.cards.find(({ kind }) => kind === 'sum')!;
const faces = facesOf([card])[card.id]!;

const question = (page: Page) => page.getByRole('heading', { level: 2 });
const grades = (page: Page) => page.getByRole('group', { name: 'How well did you know it?' });

/** Types a number and shows the answer. A page that has just been loaded may not listen yet. */
async function answer(page: Page, number: number) {
  const field = page.getByRole('textbox', { name: 'Your number' });
  await expect(async () => {
    await field.fill(String(number));
    await field.press('Enter');
    await expect(grades(page)).toBeVisible({ timeout: 500 });
  }).toPass();
}

async function keepFromLesson(page: Page) {
  await page.goto(`/lessons/${card.lesson}`);
  const inLesson = page.locator(`#${card.id}`);
  await expect(inLesson).toContainText('A sum, with new numbers each time');
  await expect(inLesson).toContainText(card.question);
  await inLesson.locator('summary').click();
  await expect(inLesson).toContainText(card.answer);
  await inLesson.getByRole('button', { name: /^Keep/ }).click();
  await expect(inLesson.getByText('In your deck')).toBeVisible();
  await page.goto('/review');
}

test('each review asks other numbers than the last, a reload asks the same, and undo shows what was graded', async ({
  page,
}) => {
  await keepFromLesson(page);
  const [first, second, third] = faces;
  await expect(question(page)).toHaveText(first!.question);
  await answer(page, first!.value! + 1);
  await expect(page.getByText(`You typed ${first!.value! + 1} s: not so.`)).toBeVisible();
  await expect(page.getByText(first!.answer)).toBeVisible();
  await page.keyboard.press('1');

  await expect(question(page)).toHaveText(second!.question);
  await expect(question(page)).toBeFocused();
  await expect(grades(page)).toBeHidden();
  await allSent(page);
  await page.reload();
  await expect(question(page)).toHaveText(second!.question);

  await answer(page, second!.value!);
  await expect(page.getByText(`You typed ${second!.value} s: right.`)).toBeVisible();
  await expect(page.getByText(second!.answer)).toBeVisible();
  await page.keyboard.press('1');
  await expect(question(page)).toHaveText(third!.question);
  await answer(page, third!.value!);
  await page.keyboard.press('u');
  await expect(question(page)).toHaveText(second!.question);
  await expect(page.getByText(second!.answer)).toBeVisible();
  await expect(page.getByText(/^You typed/)).toBeHidden();
  await allSent(page);
  await page.reload();
  await expect(question(page)).toHaveText(second!.question);
});

test('without the network a sum goes on with other numbers, too', async ({ page, context }) => {
  await keepFromLesson(page);
  await expect(question(page)).toHaveText(faces[0]!.question);
  await answer(page, faces[0]!.value!);
  await context.setOffline(true);
  await page.keyboard.press('1');
  for (const face of faces.slice(1, 4)) {
    await expect(question(page)).toHaveText(face.question);
    await answer(page, face.value!);
    await expect(page.getByText(/right\.$/)).toBeVisible();
    await page.keyboard.press('1');
  }
  await context.setOffline(false);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(question(page)).toHaveText(faces[4]!.question);
});
