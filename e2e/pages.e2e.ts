// Every route, in both themes: no accessibility violation, one h1, a title of its own, nothing wider than a phone, and no
// error in the console.
import { expect, type Page, test } from '@playwright/test';
import { scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { allUseCases } from '#lib/content/use-cases.ts';
import { objections } from './axe.ts';
import { reveal } from './keys.ts';

const routes = [
  ...['/', '/lessons', '/demos', '/review', '/practice', '/sources', '/sign-in', '/sign-up', '/wizard', '/decisions'],
  ...['/practice/booking', '/practice/booking/model', '/decisions/we-fence-our-own-writes', '/no-such-page'],
  ...allLessons().map(({ slug }) => `/lessons/${slug}`),
  '/use-cases',
  ...allUseCases().map(({ id }) => `/use-cases/${id}`),
  ...scenarios.map(({ id }) => `/demos/${id}`),
  ...['/demos/matrix', '/demos/matrix/nobody-stuck', '/drills', '/map', '/cheat-sheet', '/review/deck'],
  ...['/quiz', '/quiz?seed=3&n=5&depth=staff&of=seat-14a.fencing', '/quiz?seed=x'],
  ...['/quiz/history?q=history-pause-no-fence-step&seed=1', '/quiz/history?q=history-redlock-restart-safe&seed=1'],
  ...['/progress', '/demos/break', '/demos/break/paused-holder', '/demos/fix', '/demos/fix/fix-paused-holder'],
];

/** By how many pixels the page is wider than the window. */
function sidewaysOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function hearErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    const isMissingPage = page.url().endsWith('/no-such-page') && message.text().includes('404');
    if (message.type() === 'error' && !isMissingPage) errors.push(message.text());
  });
  return errors;
}

// One visit for all of it: loading a page takes longer than looking at it.
for (const route of routes) {
  test(`${route} has nothing that axe objects to in either theme, and fits a phone`, async ({ page }) => {
    const errors = hearErrors(page);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(route);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await test.step('light', async () => expect(await objections(page, { targets: true })).toEqual([]));
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await test.step('dark', async () => expect(await objections(page, { colours: true })).toEqual([]));
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => sidewaysOf(page)).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
  });
}

/** The pages that only somebody who has done something ever sees. */
async function visitAsLearner(page: Page, look: (what: string) => Promise<void>) {
  await page.goto('/lessons/fencing');
  const question = page
    .locator('section', { has: page.getByRole('radio') })
    .filter({ hasText: 'Choose one' })
    .last();
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('You have read this lesson.')).toBeVisible();
  await look('a lesson that was read and answered');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
  await look('today');
  await page.goto('/review');
  await look('a card');
  await reveal(page);
  await look('its answer');
  await page.goto('/practice/booking');
  await page.getByLabel('Lock').selectOption('redis');
  await expect(page.getByRole('region', { name: 'Findings' }).getByRole('listitem').first()).toBeVisible();
  await look('practice with findings');
  await page.getByRole('button', { name: 'Save attempt' }).click();
  await expect(page.getByRole('region', { name: 'Model answer' })).toBeVisible();
  await look('an attempt');
  await page.goto('/wizard');
  while (await page.getByRole('list', { name: 'Answers' }).isVisible()) {
    const address = page.url();
    await page.getByRole('list', { name: 'Answers' }).getByRole('link').last().click();
    await expect(page).not.toHaveURL(address);
  }
  await look('an outcome of the wizard');
  await page.goto('/sign-up');
  await page.getByLabel('E-mail').fill(`looker-${Date.now()}-${Math.random()}@example.com`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText('Your account is ready.')).toBeVisible();
  await look('the account');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme} theme, for somebody who has done something`, () => {
    test.use({ colorScheme });
    test('no page has anything that axe objects to', async ({ page }) => {
      test.setTimeout(120_000);
      const errors = hearErrors(page);
      await visitAsLearner(page, async (what) => {
        await test.step(what, async () => expect(await objections(page, { targets: true })).toEqual([]));
      });
      expect(errors).toEqual([]);
    });
  });
}

test('at phone width no page of a learner scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visitAsLearner(page, async (what) => {
    expect(await sidewaysOf(page), what).toBeLessThanOrEqual(0);
  });
});

test('every page has a title of its own', async ({ page }) => {
  const titles = new Map<string, string>();
  for (const route of [
    '/',
    '/lessons',
    '/demos',
    '/review',
    '/review/deck',
    '/practice',
    '/wizard',
    '/sources',
    '/sign-in',
    '/sign-up',
    '/lessons/fencing',
    '/use-cases',
    '/use-cases/booking',
    '/use-cases/rate-limit',
  ]) {
    await page.goto(route);
    const title = await page.title();
    expect(titles.get(title), `${route} is called “${title}”, too`).toBeUndefined();
    titles.set(title, route);
  }
});

test('a use case leads to the end of the wizard and to the practice question that are about it', async ({ page }) => {
  await page.goto('/use-cases');
  await page
    .getByRole('main')
    .getByRole('link', { name: /Rate limiting/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rate limiting' })).toBeVisible();
  await page.getByRole('link', { name: 'The wizard’s answer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'No lock: an atomic counter' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Limit requests across fifty servers' }).click();
  await expect(page).toHaveURL('/practice/rate-limit');
});

test('an unknown address says so with status 404 and a way on', async ({ page }) => {
  const response = await page.goto('/lessons/no-such-lesson');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('link', { name: 'the lessons' })).toBeVisible();
});

test('the theme that was chosen is kept, and set before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/lessons');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await background();
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  expect(await background()).not.toBe(dark);
});

test('the cheat sheet prints dark on white in the dark theme', async ({ page }) => {
  await page.goto('/cheat-sheet');
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark';
  });
  const colours = () =>
    page.locator('.cheat-sheet dd').evaluateAll(([text]) => {
      const { color } = getComputedStyle(text!);
      const { backgroundColor } = getComputedStyle(document.documentElement);
      return [color, backgroundColor];
    });
  const [onScreen] = await colours();
  await page.emulateMedia({ media: 'print' });
  const [ink, paper] = await colours();
  expect(ink).not.toBe(onScreen);
  expect(ink).toBe('rgb(29, 26, 22)');
  expect(paper).toBe('rgb(255, 255, 255)');
});

test('the cheat sheet is one page of A4', async ({ page }) => {
  await page.goto('/cheat-sheet', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1, name: 'Distributed locks on one page' })).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
});

test('the skip link leads past the navigation', async ({ page }) => {
  await page.goto('/lessons');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('health says that the database answers', async ({ request }) => {
  const response = await request.get('/api/health');
  expect(response.status()).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true, database: 'answers' });
});

// A page whose scripts are in the browser's cache comes to life in another order than one that is seen for the first time.
test('a second page keeps the chosen theme and depth, and comes to life without drawing itself anew', async ({
  browser,
}) => {
  const errors: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      localStorage.setItem('fencepost-theme', 'dark');
      localStorage.setItem('fencepost-depth', 'mid');
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto('/drills', { waitUntil: 'networkidle' });
    for (const next of ['/quiz', '/lessons/etcd']) {
      await page.goto(next, { waitUntil: 'networkidle' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await expect(page.locator('html')).toHaveAttribute('data-depth', 'mid');
    }
    await context.close();
  }
  expect(errors).toEqual([]);
});

test('on a phone, going back comes to the place that was left', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/lessons/sql');
  const place = page.getByRole('heading', { name: 'Check yourself' });
  await place.evaluate((heading) => heading.scrollIntoView());
  // What is near is laid out now, and no longer guessed.
  await expect.poll(() => place.evaluate((heading) => heading.getBoundingClientRect().top)).toBeLessThan(200);
  const left = await place.evaluate((heading) => heading.getBoundingClientRect().top);
  await page.goto('/sources');
  await page.goBack();
  const off = () => place.evaluate((heading, top) => Math.abs(heading.getBoundingClientRect().top - top), left);
  await expect.poll(off).toBeLessThan(60);
});
