// The numeric drills, as somebody does them who has only a keyboard.
import { expect, test } from '@playwright/test';
import { drills } from '#content/drills.ts';

test('a drill is checked by keyboard, shows its working, and can be done again with other numbers', async ({
  page,
}) => {
  await page.goto('/drills');
  const drill = page.locator('#redlock-validity');
  const field = drill.getByLabel('Validity');
  await field.focus();
  await page.keyboard.press('Enter');
  await expect(drill.getByRole('alert')).toContainText('Type a number');
  await expect(field).toBeFocused();
  await page.keyboard.type('4,88');
  await page.keyboard.press('Enter');
  await expect(drill.getByRole('alert')).toHaveText('Type a decimal point, not a comma: 4.88.');
  await expect(field).toBeFocused();
  await field.fill('4880');
  await page.keyboard.press('Enter');
  await expect(drill.getByText('Not so: validity 4828 ms.')).toBeVisible();
  await expect(drill.getByText('5000 × 0.01 + 2 = 52 ms', { exact: false })).toBeVisible();
  const before = await drill.locator('p').first().textContent();
  await drill.getByRole('button', { name: 'Other numbers' }).press('Enter');
  await expect(drill.locator('p').first()).not.toHaveText(before ?? '');
  await expect(page.getByText('None solved on this visit')).toBeVisible();
});

test('a number that is right is counted', async ({ page }) => {
  await page.goto('/drills');
  const drill = page.locator('#hot-row');
  await drill.getByLabel('At most').fill('125');
  await drill.getByRole('button', { name: 'Check' }).click();
  await expect(drill.getByText('Right.')).toBeVisible();
  await expect(page.getByText(`1 of ${drills.length} solved on this visit.`)).toBeVisible();
});
