// On a slow line a page can be read, and its fields chosen from and typed into, before its script is there. Nothing of that is lost,
// and what the page then does is about what it shows.
import { expect, type Page, test } from '@playwright/test';
import { holdScripts } from './scripts.ts';

const asleep = (page: Page, address: string) => page.goto(address, { waitUntil: 'commit' });

test('knobs that were turned before the page came to life are the ones that are searched with', async ({ page }) => {
  const wake = await holdScripts(page);
  await asleep(page, '/demos/fix/fix-paused-holder');
  const groups = page.getByRole('group');
  const cost = page.getByRole('region', { name: 'Cost' });
  const before = await cost.textContent();
  const chosen = page.getByRole('radio', { checked: false });
  const first = await chosen.first().getAttribute('name');
  await groups.getByRole('radio', { checked: false }).first().check();
  expect(await cost.textContent()).toBe(before);
  wake();
  await expect.poll(() => cost.textContent()).not.toBe(before);
  await expect(page.locator(`input[name="${first}"]:checked`)).toHaveCount(1);
});

test('answers that were chosen and typed before a lesson came to life are the ones that are checked', async ({
  page,
}) => {
  const wake = await holdScripts(page);
  await asleep(page, '/lessons/seat-14a');
  const asking = (what: string) => page.locator('section').filter({ hasText: what }).last();
  const [one, several, number] = ['Choose one', 'Choose all that apply', 'Type a number'].map(asking);
  await one!.getByRole('radio').first().check();
  await number!.getByRole('textbox').fill('12345');
  const boxes = several!.getByRole('checkbox');
  for (const at of [0, 1]) await boxes.nth(at).check();
  wake();
  for (const question of [one!, several!, number!]) {
    // A press is not kept until there is somebody to hear it.
    await expect(async () => {
      await question.getByRole('button', { name: 'Check' }).click({ timeout: 2_000 });
      await expect(question.getByText(/Right\.|Not quite\./)).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }
  await expect(one!.getByRole('radio').first()).toBeChecked();
  await expect(number!.getByText('Not quite.')).toBeVisible();
  for (const at of [0, 1]) await expect(boxes.nth(at)).toBeChecked();
  expect(
    await boxes
      .filter({ visible: true })
      .evaluateAll((all) => all.filter((box) => (box as HTMLInputElement).checked).length),
  ).toBe(2);
});

test.describe('the practice page', () => {
  const field = (page: Page) => page.getByLabel('Because');
  const isAwake = (page: Page) =>
    field(page).evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps')));

  test('leaves the caret where it was when it comes to life in the midst of a word', async ({ page }) => {
    const wake = await holdScripts(page);
    await asleep(page, '/practice/booking');
    await field(page).fill('world');
    await field(page).press('Home');
    wake();
    await expect.poll(() => isAwake(page)).toBe(true);
    await page.keyboard.type('hello ');
    await expect(field(page)).toHaveValue('hello world');
  });

  test('offers an earlier draft, and does not put it over what was typed meanwhile', async ({ page }) => {
    await page.goto('/practice/booking');
    await expect.poll(() => isAwake(page)).toBe(true);
    await field(page).fill('an earlier answer');
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('an earlier answer');
    const wake = await holdScripts(page);
    await page.reload({ waitUntil: 'commit' });
    await field(page).fill('a new answer');
    wake();
    await expect(page.getByRole('button', { name: 'Restore it' })).toBeVisible();
    await expect(field(page)).toHaveValue('a new answer');
  });
});
