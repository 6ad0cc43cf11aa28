// The matrix in a real browser: a cell leads to its run, the view is in the address, and all of it is there without script.
import { expect, test } from '@playwright/test';
import { backends } from '#lib/lock/index.ts';
import { objections } from './axe.ts';

test('a broken cell opens the run that breaks it', async ({ page }) => {
  await page.goto('/demos/matrix');
  await page.getByRole('link', { name: /^broken.*Redis, one server, client pause, without fencing/ }).press('Enter');
  await expect(page).toHaveURL(/\/demos\/experiment\?lock=redis&.*moves=/);
  await expect(page.getByText(/increments were accepted, but the value is/).first()).toBeVisible();
  await expect(page.getByText(/This run: broken/).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Redis, one server: client pause, without fencing');
  await expect(page.getByText(/Broken\. One fault is enough: the shortest way, \d+ moves, stands below/)).toBeVisible();
  await expect(page.getByText(/^What goes wrong in this run: pause [AB] for 60 ms\.$/)).toBeVisible();
  await page.getByRole('link', { name: 'Back to this row of the matrix' }).press('Enter');
  await expect(page).toHaveURL('/demos/matrix#redis');
});

test('a cell that holds opens with its proof, named, and leads back to its row', async ({ page }) => {
  await page.goto('/demos/matrix');
  const cell = page.getByRole('link', { name: /^holds.*Redis, one server, client pause, with fencing/ });
  const states = /[\d,]+ states/.exec((await cell.getAttribute('aria-label')) ?? '')?.[0] ?? 'no states';
  await cell.press('Enter');
  await expect(page).toHaveURL(/\/demos\/experiment\?lock=redis&fence=reads-and-writes&/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Redis, one server: client pause, with fencing');
  await expect(page.getByRole('status').filter({ hasText: `Holds. No schedule` })).toContainText(states);
  await expect(page.getByRole('region', { name: 'All schedules' })).toContainText(states);
  await expect(
    page.getByText(/^The quiet run: no fault has struck\. Still to strike: pause \(60 ms\) once/),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Back to this row of the matrix' }).press('Enter');
  await expect(page).toHaveURL('/demos/matrix#redis');
  await expect(page.locator('tbody#redis')).toBeInViewport();
});

test('what a cell found is there without script, and is the engine’s own word', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/demos/matrix/one-believer');
  const holds = page.getByRole('link', { name: /^holds.*A mutex in one process, client pause, without fencing/ });
  const address = (await holds.getAttribute('href')) ?? '';
  await page.goto(`${address}&verdict=violated&states=1`);
  await expect(page.getByText(/Holds\. No schedule with up to one fault breaks it \(\d+ states/)).toBeVisible();
  await page.context().close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an opened cell and the list of demos are for everybody, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/demos/matrix');
    const cell = page.getByRole('link', { name: /^broken.*Redis, one server, client pause, without fencing/ });
    const address = (await cell.getAttribute('href')) ?? '';
    for (const place of [address, '/demos?breaks=nothing']) {
      await page.goto(place);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await objections(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });
}

test('a turned knob takes the proof away, and undo brings both back', async ({ page }) => {
  await page.goto('/demos/matrix');
  await page.getByRole('link', { name: /^holds.*Redis, one server, client pause, with fencing/ }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Holds. No schedule' })).toBeVisible();
  const fence = page.getByLabel('The store checks');
  await expect(async () => {
    await fence.selectOption('none');
    await expect(page.getByText('so this is another experiment now')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByText(/Holds\. No schedule/)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'All schedules' }).getByText(/^Search: /)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(fence).toHaveValue('reads-and-writes');
  await expect(page.getByText(/Holds\. No schedule/)).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).press('Enter');
  await expect(fence).toHaveValue('none');
});

test('fencing and order are chosen from the keyboard, stand in the address, and go along to the next property', async ({
  page,
}) => {
  await page.goto('/demos/matrix');
  await page.getByLabel('Fencing', { exact: true }).selectOption('on');
  await expect(page.getByRole('link', { name: /without fencing/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'failover' }).press('Enter');
  await expect(page).toHaveURL('/demos/matrix?fencing=on&order=by-5');
  await expect(page.locator('tbody').first()).toHaveAttribute('id', 'redis-replica');
  await page.getByRole('link', { name: 'Nobody stuck' }).press('Enter');
  await expect(page).toHaveURL('/demos/matrix/nobody-stuck?fencing=on&order=by-5');
  await expect(page.getByLabel('Order', { exact: true })).toHaveValue('by-5');
});

test.describe('on a phone, without script', () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });

  test('every lock is a list of its own, found by its title, and nothing is wider than the screen', async ({
    page,
  }) => {
    await page.goto('/demos/matrix?fencing=on');
    expect(await page.locator('tbody').count()).toBeGreaterThanOrEqual(Object.keys(backends).length);
    expect(await page.getByRole('link', { name: /^(holds|broken)/ }).count()).toBeGreaterThan(150);
    await expect(page.getByLabel('Fencing', { exact: true })).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByText('Go to a lock', { exact: true }).click();
    await page.getByRole('link', { name: 'Redlock: a majority of independent Redis servers', exact: true }).click();
    await expect(page).toHaveURL(/#redlock$/);
    await expect(page.locator('tbody#redlock')).toBeInViewport();
  });
});

test('what takes no lock stands once where locks are asked about, and can still be gone to', async ({ page }) => {
  await page.goto('/demos/matrix/one-believer#queue');
  await expect(page.getByText('It takes no lock, so there is nothing to ask about one.')).toHaveCount(1);
  await expect(page.locator('#queue')).toBeInViewport();
});

test('without a lock nothing has to go wrong, which is said in one cell', async ({ page }) => {
  await page.goto('/demos/matrix');
  const cell = page.locator('tbody#none').getByRole('link');
  await expect(cell).toHaveCount(1);
  await expect(cell).toHaveAccessibleName(
    /^broken, in \d+ moves, whatever else goes wrong: No lock, no fault, client pause, .*or delayed message/,
  );
});

test('a property that is not one is not found', async ({ page }) => {
  const response = await page.goto('/demos/matrix/constructor');
  expect(response?.status()).toBe(404);
});
