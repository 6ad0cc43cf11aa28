// Practice: the template becomes a paragraph while it is typed, its rules answer at once, and attempts are kept for their owner.
import { expect, type Page, test } from '@playwright/test';

async function fill(page: Page) {
  await page.getByLabel('Lock').selectOption('redis');
  await page.getByLabel('Because').fill('it is fast');
  await page.getByLabel('TTL (seconds)').fill('30');
  await page.getByLabel('Heartbeat (seconds)').fill('25');
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Save attempt' }).click();
  await expect(page).toHaveURL(/\/practice\/[a-z-]+\/[0-9a-f-]{36}$/);
}

test('there is a question for each of the six use cases', async ({ page }) => {
  await page.goto('/practice');
  await expect(page.getByRole('main').locator('a[href^="/practice/"]')).toHaveCount(6);
});

test('the paragraph and the findings follow what is typed', async ({ page }) => {
  await page.goto('/practice/payments');
  const paragraph = page.getByRole('region', { name: 'Your answer' });
  const findings = page.getByRole('region', { name: 'Findings' });
  await fill(page);
  await expect(paragraph).toContainText('it is fast');
  await expect(paragraph).toContainText('30');
  await expect(findings).toContainText(/heartbeat|renew/i);
  const before = await findings.textContent();
  await page.getByLabel('Heartbeat (seconds)').fill('10');
  await expect(findings).not.toHaveText(before ?? '');
});

test('a saved attempt stands beside the model answer and is kept', async ({ page }) => {
  await page.goto('/practice/booking');
  await fill(page);
  await save(page);
  await expect(page.getByText('it is fast').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Model answer' })).toBeVisible();
  await page.goto('/practice');
  await expect(page.getByRole('main').getByText(/1 attempt/)).toBeVisible();
});

test('what was typed survives a reload, and saving without the network says so and loses nothing', async ({
  page,
  context,
}) => {
  await page.goto('/practice/cron');
  await fill(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save attempt' }).click();
  await expect(page.getByText(/Not saved/)).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  const restore = page.getByRole('button', { name: 'Restore it' });
  if (await restore.isVisible()) await restore.click();
  await expect(page.getByLabel('Because')).toHaveValue('it is fast');
  await save(page);
});

test('an attempt is nobody else’s: another learner gets a 404', async ({ page, browser }) => {
  await page.goto('/practice/leader');
  await fill(page);
  await save(page);
  const other = await (await browser.newContext()).newPage();
  expect((await other.goto(page.url()))?.status()).toBe(404);
  await other.goto('/practice/leader');
  await fill(other);
  await save(other);
  expect((await other.goto(page.url()))?.status()).toBe(404);
});

test('an attempt can be saved before any script has run', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/practice/file');
  await fill(page);
  await save(page);
  await expect(page.getByText('it is fast').first()).toBeVisible();
});

test('the wizard’s address fills the template, and bad values are ignored', async ({ page }) => {
  await page.goto('/practice/booking?lock=etcd&ttl=15&heartbeat=5&fencing=seal&reason=because%20of%20the%20token');
  await expect(page.getByLabel('Lock')).toHaveValue('etcd');
  await expect(page.getByLabel('TTL (seconds)')).toHaveValue('15');
  const response = await page.goto('/practice/booking?lock=%3Cscript%3E&ttl=-1&heartbeat=NaN&fencing=1');
  expect(response?.status()).toBe(200);
  await expect(page.getByLabel('Lock')).toHaveValue('');
});
