// The picture of a run in a real browser: zoom by keys, wheel and fingers, the nodes of a quorum unfolded, the file that is saved,
// and that no demo's picture is cut off or makes the page scroll sideways.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { firstTrace } from '#components/demo/trace-of.ts';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { compile } from '#lib/lock/index.ts';

const timeline = (page: Page) => page.getByRole('region', { name: /timeline/ });
const width = (page: Page) => timeline(page).evaluate((box) => box.scrollWidth);

/** Opened by itself, and taken over by the page: only then does it know how wide its place is. */
async function open(page: Page, id: string) {
  await page.goto(`/demos/${id}`);
  await expect(page.getByRole('button', { name: 'Zoom in' })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

test('plus and minus zoom, 0 fits the whole run in, and the arrows still step', async ({ page }) => {
  await open(page, 'pause-no-fence');
  await timeline(page).focus();
  const before = await width(page);
  await expect(async () => {
    await page.keyboard.press('+');
    expect(await width(page)).toBeGreaterThan(before);
  }).toPass();
  await page.keyboard.press('0');
  await expect.poll(() => timeline(page).evaluate((box) => box.scrollWidth <= box.clientWidth + 1)).toBe(true);
  const moment = page.getByRole('slider', { name: 'Moment' });
  const at = Number(await moment.inputValue());
  await page.keyboard.press('ArrowRight');
  expect(Number(await moment.inputValue())).toBe(at + 1);
});

test('the wheel zooms with Control and scrolls the page without', async ({ page }) => {
  await open(page, 'pause-no-fence');
  const box = await timeline(page).boundingBox();
  if (!box) throw new Error('the timeline is on the page');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await width(page);
  await page.keyboard.down('Control');
  await expect(async () => {
    await page.mouse.wheel(0, -100);
    expect(await width(page)).toBeGreaterThan(before);
  }).toPass();
  await page.keyboard.up('Control');
  const zoomed = await width(page);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect(await width(page)).toBe(zoomed);
});

test('two fingers zoom the picture and not the page', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await open(page, 'pause-no-fence');
  await timeline(page).scrollIntoViewIfNeeded();
  const box = await timeline(page).boundingBox();
  if (!box) throw new Error('the timeline is on the page');
  const before = await width(page);
  const touch = await context.newCDPSession(page);
  const fingers = (apart: number) => [-1, 1].map((side, id) => ({ x: box.x + 200 + side * apart, y: box.y + 120, id }));
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
  for (const apart of [45, 60, 75, 90]) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(() => width(page)).toBeGreaterThan(before);
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  await context.close();
});

test('the nodes of a Redlock unfold into lanes, by keyboard, and fold again', async ({ page }) => {
  await open(page, 'redlock-clock-jump');
  const fold = page.getByRole('button', { name: /a lane for each of the \d nodes/ });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  const height = async () => (await timeline(page).boundingBox())?.height ?? 0;
  const before = await height();
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  expect(await height()).toBeGreaterThan(before);
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  expect(await height()).toBe(before);
});

test('the picture can be saved as a file that has its title, its lanes and the broken guarantee in it', async ({
  page,
}) => {
  await open(page, 'pause-no-fence');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download SVG' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('pause-no-fence.svg');
  const text = await readFile(await file.path(), 'utf8');
  await page.setContent(text.slice(text.indexOf('<svg')));
  await expect(page.locator('svg > title')).toHaveText('A paused holder, no fencing');
  await expect(page.locator('svg')).toContainText('both believe they hold the lock');
  await expect(page.getByText('store', { exact: true })).toBeVisible();
});

test('a quorum whose nodes are unfolded is saved with all of them', async ({ page }) => {
  await open(page, 'redlock-clock-jump');
  const saved = async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download SVG' }).click();
    return readFile(await (await saving).path(), 'utf8');
  };
  expect(await saved()).not.toMatch(/>redis3</);
  await page.getByRole('button', { name: /a lane for each of the \d nodes/ }).press('Enter');
  expect(await saved()).toMatch(/>redis3</);
});

test('a crowd can be saved as a file, too, with the tickets counted in it', async ({ page }) => {
  await page.goto('/demos/seat-14a');
  await page.waitForLoadState('networkidle');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download SVG' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('seat-14a.svg');
  expect(await readFile(await file.path(), 'utf8')).toContain('47 requests, 2 servers, 47 tickets sold');
});

test('the line of the moment never covers the number of what is broken, also where it breaks', async ({ page }) => {
  await open(page, 'pause-no-fence');
  const breaks = firstTrace(compile(scenarioById('pause-no-fence')!)).violations.map(({ step }) => step + 1);
  for (const at of [...new Set(breaks)]) {
    await page.getByRole('slider', { name: 'Moment' }).fill(`${at}`);
    const discs = timeline(page).locator('circle[fill="var(--broken)"]');
    await expect(discs).toHaveCount(3);
    await timeline(page).scrollIntoViewIfNeeded();
    const onTop = await discs.evaluateAll((all) =>
      all.map((disc) => {
        const { x, y, width, height } = disc.getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return top !== null && disc.parentElement?.contains(top);
      }),
    );
    expect(onTop).toEqual([true, true, true]);
  }
});

test('on a phone the name of a bar stays in sight while the bar does', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'pause-no-fence');
  const name = timeline(page).getByText('paused 60 ms');
  const places = () =>
    name.evaluate((text) => {
      const gutter = text.closest('section')?.querySelector('[data-names]')?.getBoundingClientRect().right ?? 0;
      return text.getBoundingClientRect().left - gutter;
    });
  const scroll = (left: number) => timeline(page).evaluate((box, to) => box.scrollTo({ left: to }), left);
  await scroll(0);
  await expect.poll(places).toBeGreaterThan(0);
  // The pause begins left of what is seen, and goes on.
  const begins = await name.evaluate((text) => Number(text.getAttribute('x')));
  await scroll(begins + 60);
  await expect.poll(places).toBeGreaterThanOrEqual(0);
});

test('the scrubber is long enough to aim with, wherever it stands', async ({ page }) => {
  for (const [width, address] of [
    [390, '/demos/pause-no-fence'],
    [1280, '/demos/pause-no-fence'],
    [1280, '/lessons/bathroom-key'],
    [1100, '/lessons/bathroom-key'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(address);
    const sliders = page.getByRole('slider', { name: 'Moment' });
    await expect(sliders.first()).toBeVisible();
    const lengths = await sliders.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    for (const length of lengths) expect(length, `${address} at ${width}`).toBeGreaterThanOrEqual(190);
  }
});

test('what a turned knob has done is said and drawn beside it, at once and in sight, on a phone and on a page', async ({
  page,
}) => {
  for (const [width, height] of [
    [390, 844],
    [1280, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page, 'pause-no-fence');
    const knobs = page.getByRole('region', { name: 'Turn the knobs' });
    const result = knobs.getByRole('status').filter({ hasText: /Broken|Nothing is broken/ });
    await expect(result).toHaveText(/^Broken at \d+ ms: A and B both believe/);
    const checks = knobs.getByRole('combobox', { name: 'The store checks' });
    const pauses = knobs.getByRole('combobox', { name: /^Pause/ });
    await checks.scrollIntoViewIfNeeded();
    await checks.selectOption('writes');
    await expect(result).toHaveText(/1 refused/);
    await expect(result).toBeInViewport({ ratio: 1 });
    await pauses.scrollIntoViewIfNeeded();
    await pauses.selectOption('never');
    await expect(result).toHaveText(/^Nothing is broken in this run/);
    await expect(result).toBeInViewport({ ratio: 1 });
    await expect(pauses).toBeInViewport({ ratio: 1 });
    await knobs.getByRole('button', { name: 'See it above' }).click();
    await expect(timeline(page)).toBeFocused();
    await expect(timeline(page)).toBeInViewport();
  }
});

test('no picture makes a page scroll sideways on a phone', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const { id } of scenarios) {
    await page.goto(`/demos/${id}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBeLessThanOrEqual(390);
  }
});
