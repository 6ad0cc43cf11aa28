// The wizard: one question a page, answers in the address, an outcome that explains itself.
import { expect, type Page, test } from '@playwright/test';

const answers = (page: Page) => page.getByRole('list', { name: 'Answers' });

/** Takes an answer on each page until there is no question left. */
async function walk(page: Page, pick: 'first' | 'last') {
  for (let question = 0; question < 10 && (await answers(page).isVisible()); question += 1) {
    const address = page.url();
    await answers(page).getByRole('link')[pick]().click();
    await expect(page).not.toHaveURL(address);
  }
  await expect(page.getByRole('heading', { name: 'Why not the others' })).toBeVisible();
}

test('the first question is whether a lock is needed at all', async ({ page }) => {
  await page.goto('/wizard');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/refuse the second request/);
});

test('an outcome gives one recommendation, an alternative, reasons, flips and ways on', async ({ page }) => {
  await page.goto('/wizard');
  await walk(page, 'last');
  const main = page.getByRole('main');
  for (const name of ['What would flip it', 'Why not the others']) {
    await expect(main.getByRole('heading', { name })).toBeVisible();
  }
  for (const place of ['lessons', 'demos', 'practice']) {
    await expect(main.locator(`a[href^="/${place}/"]`).first()).toBeVisible();
  }
  const outcome = await page.getByRole('heading', { level: 1 }).textContent();
  await page.getByRole('region', { name: 'What would flip it' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(outcome ?? '');
});

test('back and change keep the other answers', async ({ page }) => {
  await page.goto('/wizard');
  await walk(page, 'last');
  const given = new URL(page.url()).searchParams;
  await page.goBack();
  await expect(answers(page)).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { name: 'Why not the others' })).toBeVisible();
  await page
    .getByRole('main')
    .getByRole('link', { name: /change/i })
    .first()
    .click();
  await expect(answers(page)).toBeVisible();
  const kept = new URL(page.url()).searchParams;
  for (const [question, answer] of given) expect(kept.get(question)).toBe(answer);
});

test('the wizard works without script, and its address can be shared', async ({ browser, page }) => {
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto('/wizard');
  await walk(plain, 'last');
  const outcome = await plain.getByRole('heading', { level: 1 }).textContent();
  await page.goto(plain.url());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(outcome ?? '');
});

test('the wizard can be walked by number keys', async ({ page }) => {
  await page.goto('/wizard');
  const question = await page.getByRole('heading', { level: 1 }).textContent();
  await expect(async () => {
    await page.keyboard.press('4');
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(question ?? '', { timeout: 1_000 });
  }).toPass();
});

test('an address with answers that do not exist says so and asks', async ({ page }) => {
  for (const query of ['?nonsense=1', '?refuses=perhaps', `?refuses=${'x'.repeat(2000)}`, '?ask=%00&__proto__=1']) {
    const response = await page.goto(`/wizard${query}`);
    expect(response?.status()).toBe(200);
    await expect(answers(page)).toBeVisible();
  }
});
