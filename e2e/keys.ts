// Keys for the review page. A page that has just been loaded may not listen yet, so the first press is repeated until it is
// heard; showing an answer twice changes nothing.
import { expect, type Page } from '@playwright/test';

export async function reveal(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /Show answer/ })).toBeVisible();
  await expect(async () => {
    await page.locator('body').press(' ');
    await expect(page.getByRole('group', { name: 'How well did you know it?' })).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** Shows the answer and grades it: 1 Again, 2 Hard, 3 Good, 4 Easy. */
export async function gradeCard(page: Page, grade: 1 | 2 | 3 | 4): Promise<void> {
  await reveal(page);
  await page.keyboard.press(String(grade));
  await expect(page.getByRole('group', { name: 'How well did you know it?' })).toBeHidden();
}

/** Waits until the server has answered everything that was graded here: only then is a reload sure to see it. */
export async function allSent(page: Page): Promise<void> {
  const waiting = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('fencepost-outbox')).length);
  await expect.poll(waiting).toBe(0);
}
