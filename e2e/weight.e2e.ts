// What demos cost a lesson in JavaScript, measured on the production build, gzipped as a server would send it. The framework's own
// share is what Next loads on every page whatever stands on it: the root files of its build manifest. All else counts as
// ours: the demos, the locks that they run on, and the shell and the quizzes of the lesson, too.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';

const MOST_BYTES = 60_000;
const lesson = '/lessons/fencing';

type Manifest = { readonly rootMainFiles: readonly string[]; readonly polyfillFiles: readonly string[] };

function frameworkFiles(): ReadonlySet<string> {
  const file = path.join(path.dirname(import.meta.dirname), '.next', 'build-manifest.json');
  const { rootMainFiles, polyfillFiles } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return new Set([...rootMainFiles, ...polyfillFiles].map((name) => `/_next/${name}`));
}

/** Collects the scripts that a page loads; the answer says how many bytes of them are not the framework's. */
function scriptsOf(page: Page): { ownBytes(): Promise<number> } {
  const framework = frameworkFiles();
  expect(framework.size).toBeGreaterThan(2);
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || framework.has(pathname)) return;
    sizes.set(
      pathname,
      response.body().then((body) => gzipSync(body).length),
    );
  });
  return { ownBytes: async () => (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0) };
}

const demos = (page: Page) => page.getByText('Open at full width');
/** Only a demo that is alive has a slider that a script listens to. */
const alive = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('input[type=range]')].filter((slider) =>
        Object.keys(slider).some((key) => key.startsWith('__react')),
      ).length,
  );

async function readToTheEnd(page: Page) {
  for (let at = 0; at < (await demos(page).count()); at += 1) {
    await demos(page).nth(at).scrollIntoViewIfNeeded();
    await expect.poll(() => alive(page)).toBeGreaterThan(at);
  }
  await page.waitForLoadState('networkidle');
}

test('a lesson with three demos ships at most 60 kB of JavaScript beyond the framework', async ({ page }) => {
  const scripts = scriptsOf(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  expect(await demos(page).count()).toBeGreaterThanOrEqual(3);
  const before = await scripts.ownBytes();
  await readToTheEnd(page);
  const after = await scripts.ownBytes();
  test.info().annotations.push({ type: 'bytes', description: `${before} when opened, ${after} at its end` });
  expect(before).toBeGreaterThan(5_000);
  expect(after).toBeLessThanOrEqual(MOST_BYTES);
});

test('demos below the fold are fetched when they come near, and nothing jumps', async ({ page }) => {
  // So small a window that even the first demo is far away.
  await page.setViewportSize({ width: 390, height: 300 });
  const scripts = scriptsOf(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  expect(await alive(page)).toBe(0);
  const [before, height] = [await scripts.ownBytes(), await page.evaluate(() => document.body.scrollHeight)];
  await readToTheEnd(page);
  expect(await scripts.ownBytes()).toBeGreaterThan(before + 10_000);
  expect(await page.evaluate(() => document.body.scrollHeight)).toBe(height);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson shows the first picture of each demo, with its text and its links', async ({ page }) => {
    await page.goto(lesson);
    const count = await demos(page).count();
    expect(count).toBeGreaterThanOrEqual(3);
    await expect(page.locator('svg[role=img]')).toHaveCount(count);
    await expect(page.locator('svg[role=img]').first()).toBeVisible();
    await demos(page).first().click();
    await expect(page).toHaveURL(/\/demos\//);
    await expect(page.locator('svg[role=img]')).toBeVisible();
  });
});

test('a press on a demo that is not there yet is heard when it is', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 300 });
  await page.goto(lesson, { waitUntil: 'networkidle' });
  // What the page fetches from now on, the demo, has to wait.
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = page.waitForRequest('**/*.js');
  await page.route('**/*.js', async (route) => {
    await gate;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Run', exact: true }).first().press('Enter');
  await held;
  expect(await alive(page)).toBe(0);
  open();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeFocused();
});
