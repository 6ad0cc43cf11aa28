// What demos cost a lesson in JavaScript, measured on the production build, gzipped as a server would send it. The framework's own
// share is what a page of plain text of this site loads: Next, React, links and the shell around every page. All that a lesson
// loads beyond that counts: the demos, the locks that they run on, and its quizzes and cards, too.
import { gzipSync } from 'node:zlib';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { holdScripts } from './scripts.ts';

const MOST_BYTES = 60_000;
const plain = '/decisions/we-fence-our-own-writes';
const lesson = '/lessons/fencing';

type Sizes = ReadonlyMap<string, Promise<number>>;

/** The scripts that a page loads from now on, each with its size. */
function scriptsOf(page: Page): Sizes {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    sizes.set(
      pathname,
      response.body().then((body) => gzipSync(body).length),
    );
  });
  return sizes;
}

async function bytesBeyond(framework: Sizes, sizes: Sizes): Promise<number> {
  const own = [...sizes].filter(([file]) => !framework.has(file)).map(([, size]) => size);
  return (await Promise.all(own)).reduce((sum, size) => sum + size, 0);
}

async function frameworkShare(browser: Browser): Promise<Sizes> {
  const page = await browser.newPage();
  const sizes = scriptsOf(page);
  // The palette comes when every page has been at rest for a while.
  const palette = page.waitForResponse('**/find.json');
  await page.goto(plain, { waitUntil: 'networkidle' });
  await palette;
  expect(sizes.size).toBeGreaterThan(2);
  await Promise.all(sizes.values());
  await page.close();
  return sizes;
}

const demos = (page: Page) => page.locator('svg[role=img]');
/** How many demos a script listens to; the others are pictures. */
const alive = (page: Page) =>
  demos(page).evaluateAll(
    (pictures) => pictures.filter((picture) => Object.keys(picture).some((key) => key.startsWith('__react'))).length,
  );

async function readToTheEnd(page: Page) {
  for (let at = 0; at < (await demos(page).count()); at += 1) {
    await demos(page).nth(at).scrollIntoViewIfNeeded();
    await expect.poll(() => alive(page)).toBeGreaterThan(at);
  }
  await page.waitForLoadState('networkidle');
}

test('a lesson with three demos ships at most 60 kB of JavaScript beyond the framework', async ({ browser, page }) => {
  const framework = await frameworkShare(browser);
  const scripts = scriptsOf(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  expect(await demos(page).count()).toBeGreaterThanOrEqual(3);
  const before = await bytesBeyond(framework, scripts);
  await readToTheEnd(page);
  const after = await bytesBeyond(framework, scripts);
  const share = (await Promise.all(framework.values())).reduce((sum, size) => sum + size, 0);
  const bytes = `${before} when opened, ${after} at its end, beside ${share} of the framework`;
  test.info().annotations.push({ type: 'bytes', description: bytes });
  expect(before).toBeGreaterThan(1_000);
  expect(after).toBeLessThanOrEqual(MOST_BYTES);
});

/** What moved before a reader's eyes without being asked to: where it was and where it went, in pixels from the top of the window. */
const shiftsOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const found: string[] = [];
        const watch = new PerformanceObserver((list) => {
          for (const { sources = [] } of list.getEntries() as (PerformanceEntry & { sources?: Moved[] })[]) {
            found.push(
              ...sources.map(
                ({ node, previousRect, currentRect }) => `${node?.nodeName} ${previousRect.y} ${currentRect.y}`,
              ),
            );
          }
        });
        type Moved = { node?: Node; previousRect: DOMRect; currentRect: DOMRect };
        watch.observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(found)));
      }),
  );

test('demos below the fold are fetched when they come near, and nothing jumps', async ({ browser, page }) => {
  const framework = await frameworkShare(browser);
  // So small a window that even the first demo is far away.
  await page.setViewportSize({ width: 390, height: 300 });
  const scripts = scriptsOf(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  expect(await alive(page)).toBe(0);
  const before = await bytesBeyond(framework, scripts);
  await readToTheEnd(page);
  expect(await bytesBeyond(framework, scripts)).toBeGreaterThan(before + 10_000);
  expect(await shiftsOf(page)).toEqual([]);
});

test('a page that nobody has moved fetches no demo that cannot be seen, and one that is near as soon as it is moved', async ({
  page,
}) => {
  await page.setViewportSize({ width: 412, height: 823 });
  await page.goto('/lessons/seat-14a', { waitUntil: 'networkidle' });
  const top = (await demos(page).first().boundingBox())?.y ?? 0;
  expect(top).toBeGreaterThan(823);
  expect(top).toBeLessThan(823 + 600);
  expect(await alive(page)).toBe(0);
  await page.mouse.wheel(0, 10);
  await expect.poll(() => alive(page)).toBe(1);
  expect((await demos(page).first().boundingBox())?.y).toBeGreaterThan(823);
});

test('what every page begins with asks to be compiled while it arrives', async ({ page }) => {
  const long: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) long.push(response.text());
  });
  await page.goto(plain, { waitUntil: 'networkidle' });
  const framework = (await Promise.all(long)).filter((text) => text.length > 100_000);
  // React and Next.
  expect(framework.length).toBeGreaterThanOrEqual(2);
  for (const text of framework) expect(text.slice(0, 30)).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
});

test('the search is fetched when its fold is opened, and is there', async ({ page }) => {
  await page.goto(lesson, { waitUntil: 'networkidle' });
  await readToTheEnd(page);
  const scripts = scriptsOf(page);
  await page.getByText('Search all schedules').first().click();
  await expect(page.getByRole('button', { name: 'Search for a counterexample' })).toBeVisible();
  expect(scripts.size).toBeGreaterThan(0);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson shows the first picture of each demo, with its text and its links', async ({ page }) => {
    await page.goto(lesson);
    const count = await demos(page).count();
    expect(count).toBeGreaterThanOrEqual(3);
    await expect(demos(page).first()).toBeVisible();
    // One that asks for a prediction cannot ask here, and leads to the whole run.
    const links = page.getByRole('link', { name: /^(Open at full width|See the whole run)$/ });
    await expect(links).toHaveCount(count);
    await links.first().click();
    await expect(page).toHaveURL(/\/demos\//);
    await expect(page.locator('svg[role=img]')).toBeVisible();
  });
});

test('a press on a demo that is not there yet is heard when it is', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 300 });
  await page.goto(lesson, { waitUntil: 'networkidle' });
  // What the page fetches from now on, the demo, has to wait.
  const held = page.waitForRequest('**/*.js');
  const open = await holdScripts(page);
  await page.getByRole('button', { name: 'Run', exact: true }).first().press('Enter');
  await held;
  expect(await alive(page)).toBe(0);
  open();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeFocused();
});
