// The campaign in a real browser: every level is won by keyboard alone, by the moves or by the claim, and what was won is kept for a
// guest who has no account.
import { expect, type Page, test } from '@playwright/test';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { verdictOn } from '#content/levels/judgement.ts';
import { bestRepair } from '#content/levels/repair-judgement.ts';
import { apply, compile, type Move, moves, replay, start } from '#lib/lock/index.ts';
import { objections } from './axe.ts';

/** Where Tab leads, among the buttons of the moves: each move at its earliest, and at its latest where that is another moment. */
function stopsOf(offered: readonly Move[]): readonly { readonly label: string; readonly at: number }[] {
  const inOrder = [...offered.filter(({ kind }) => kind === 'take'), ...offered.filter(({ kind }) => kind === 'fault')];
  return inOrder.flatMap(({ label, window: [soon, late] }) =>
    soon.$at === late.$at
      ? [{ label, at: soon.$at }]
      : [
          { label, at: soon.$at },
          { label, at: late.$at },
        ],
  );
}

const movesGroup = (page: Page) => page.getByRole('group', { name: 'Moves you can make here' });

/** A page that has just come may not listen yet; a key that only looks is pressed until it is heard. */
async function listening(page: Page): Promise<void> {
  const moment = page.getByRole('slider', { name: 'Moment' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Step' }).press('Enter');
    expect(await moment.inputValue()).not.toBe('0');
  }).toPass();
  await page.getByRole('button', { name: 'Reset' }).press('Enter');
  await expect(moment).toHaveValue('0');
}

/** Tab, until it stands on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to “${name}”`);
}

for (const level of breakLevels) {
  const verdict = verdictOn(level);
  if (verdict.kind !== 'violated') {
    test(`${level.id} is won by keyboard with the claim that it holds`, async ({ page }) => {
      await page.goto(`/demos/break/${level.id}`);
      await listening(page);
      await page.getByRole('button', { name: 'Reset' }).focus();
      await tabTo(page, 'It holds');
      await page.keyboard.press('Enter');
      await expect(page.getByText(/^No schedule .*breaks it \([\d,]+ states?, /)).toContainText(
        `${verdict.states.toLocaleString('en-US')} states`,
        { timeout: 30_000 },
      );
      await expect(page.getByRole('link', { name: /^Next: |^To all levels/ })).toBeVisible();
    });
    continue;
  }
  test(`${level.id} is won by keyboard at par`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`/demos/break/${level.id}`);
    await listening(page);
    const system = compile(level.scenario);
    const way = replay(system, verdict.script);
    let world = start(system);
    await movesGroup(page).focus();
    for (const [index, { move, at }] of way.steps.entries()) {
      const stops = stopsOf(moves(system, world));
      const place = stops.findIndex((stop) => stop.label === move.label && stop.at === at.$at);
      expect(place, `${move.label} at ${at.$at} ms is on offer`).toBeGreaterThanOrEqual(0);
      // The list may come a moment after the picture.
      const buttons = movesGroup(page).getByRole('button');
      await expect(buttons).toHaveCount(stops.length);
      await expect(buttons.nth(place)).toContainText(`${at.$at} ms`);
      for (let press = 0; press <= place; press += 1) await page.keyboard.press('Tab');
      await expect(buttons.nth(place)).toBeFocused();
      await page.keyboard.press('Enter');
      world = apply(system, world, move, at).world;
      await expect(page.getByRole('slider', { name: 'Moment' })).toHaveValue(String(index + 1));
    }
    await expect(page.getByText(`Broken in ${verdict.script.length} moves. That is par`)).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: verdict.words })).toBeVisible();
    await expect(page.getByRole('link', { name: /^Next: |^To all levels/ })).toBeVisible();
    // The moves are gone, and the one who made the last of them stands on what came in their place.
    await expect(page.getByRole('region', { name: 'How it ended' })).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`&at=${verdict.script.length}$`));
  });
}

/** The paused holder is broken: to the answer of A's read, a pause, and then on to the end. */
async function breakPausedHolder(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/break/paused-holder');
  await listening(page);
  for (let moved = 0; moved < 8; moved += 1) await page.getByRole('button', { name: 'Step' }).press('Enter');
  await movesGroup(page)
    .getByRole('button', { name: /^Pause A for 60 ms/ })
    .first()
    .press('Enter');
  await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
  await expect(page.getByText('Broken in 29 moves. That is par')).toBeVisible();
}

/** Every row of the table, which says what the picture says. */
async function tableOf(page: Page): Promise<readonly string[]> {
  return page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));
}

test('a reload keeps the run and the moment; a link opens both elsewhere, and counts only once its reader makes a move', async ({
  page,
  browser,
}) => {
  const kept = page.waitForResponse((response) => response.url().includes('/api/me'));
  await breakPausedHolder(page);
  await kept;
  await expect(page).toHaveURL(/\?moves=[\w.~]+&sum=\w+&at=29$/);
  const [address, table] = [page.url(), await tableOf(page)];
  await page.reload();
  const moment = page.getByRole('slider', { name: 'Moment' });
  await expect(moment).toHaveValue('29');
  expect(await tableOf(page)).toEqual(table);

  const other = await (await browser.newContext()).newPage();
  const sent: string[] = [];
  other.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await other.goto(address);
  await expect(other.getByText('This run came with the link, so it is not kept as yours.')).toBeVisible();
  await expect(other.getByRole('slider', { name: 'Moment' })).toHaveValue('29');
  expect(await tableOf(other)).toEqual(table);
  expect(other.url()).toBe(address);
  // Looking back and forth makes no move.
  await other.getByRole('button', { name: 'Back', exact: true }).press('Enter');
  await other.getByRole('button', { name: 'Step' }).press('Enter');
  await expect(other.getByText('This run came with the link')).toBeVisible();
  expect(sent).toEqual([]);
  await other.getByRole('button', { name: 'Back', exact: true }).press('Enter');
  const mine = other.waitForResponse((response) => response.url().includes('/api/me'));
  await movesGroup(other)
    .getByRole('button', { name: /comes next/ })
    .press('Enter');
  await expect(other.getByText('Broken in 29 moves. That is par')).toBeVisible();
  await expect(other.getByText('This run came with the link')).toHaveCount(0);
  await mine;
  await other.goto('/progress');
  await expect(other.getByText(`1 of ${breakLevels.length} broken, or shown to hold`)).toBeVisible();
  await other.context().close();
});

test('a level that was broken is over: what happened stands there alone, and nothing goes on past it', async ({
  page,
}) => {
  await breakPausedHolder(page);
  const moment = page.getByRole('slider', { name: 'Moment' });
  await expect(page.getByRole('region', { name: 'Hints' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'It holds' })).toBeHidden();
  await expect(movesGroup(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Step' }).press('Enter');
  await page.keyboard.press('End');
  await expect(moment).toHaveValue('29');
  await expect(moment).toHaveAttribute('max', '29');
  await page.getByRole('button', { name: 'Watch it again' }).press('Enter');
  await expect(page.getByText('Broken in 29 moves.')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).press('Enter');
  await expect(moment).toHaveValue('0');
  await expect(page.getByRole('region', { name: 'Your move' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Hints' })).toBeVisible();
});

test('“comes next” stands at the move that Step makes, also after a move of one’s own', async ({ page }) => {
  await page.goto('/demos/break/paused-holder');
  await listening(page);
  await movesGroup(page)
    .getByRole('button', { name: /^Pause A for 60 ms/ })
    .first()
    .press('Enter');
  await expect(page.getByText('comes next', { exact: true })).toHaveCount(1);
  const next = movesGroup(page).getByRole('button', { name: /comes next/ });
  await expect(next).toHaveText(/^Let B run/);
  await page.getByRole('button', { name: 'Step' }).press('Enter');
  await expect(page.getByRole('note')).toHaveText(/^B /);
});

test('whoever asks for a hint never loses the focus', async ({ page }) => {
  await page.goto('/demos/break/paused-holder');
  await listening(page);
  await page.getByRole('button', { name: 'Show par' }).press('Enter');
  await expect(page.getByText('Par is 29 moves')).toBeFocused();
  await page.getByRole('button', { name: 'Give me a hint' }).press('Enter');
  await page.getByRole('button', { name: 'Another hint' }).press('Enter');
  const exact = page.getByRole('button', { name: 'Show the exact next move' });
  await exact.press('Enter');
  await expect(exact).toBeFocused();
  await expect(page.getByText(/^Next: /)).toBeVisible();
  await expect(exact).toBeFocused();
  await movesGroup(page)
    .getByRole('button', { name: /^Pause A for 60 ms/ })
    .first()
    .press('Enter');
  await exact.press('Enter');
  await page.getByRole('button', { name: 'Go back there' }).press('Enter');
  await expect(exact).toBeFocused();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.press('Enter');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await expect(undo).toBeFocused();
});

const hostile = [
  ['/demos/break/paused-holder', '?moves=999n'],
  ['/demos/break/paused-holder', '?moves=1n&sum=<script>alert(1)</script>&at=1'],
  ['/demos/break/paused-holder', '?at=1&at=2'],
  ['/demos/fix/fix-paused-holder', '?lease=1-ms'],
  ['/demos/fix/fix-paused-holder', `?lease=15-ms&moves=${'9n.'.repeat(500)}`],
] as const;
for (const [path, query] of hostile) {
  test(`${path}${query.slice(0, 60)} is answered with a sentence and a way back`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(path + query);
    const alert = page.getByRole('alert').filter({ hasText: 'Here is the level as it begins.' });
    await expect(alert).toContainText(/^The .+\./);
    await alert.getByRole('link', { name: 'Open it without the rest of the link' }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(alert).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test('on a phone a newcomer sees the goal, the picture and a move at once, and keeps picture and player in sight', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/demos/break/paused-holder');
  await expect(page.getByText('Your goal:')).toBeInViewport();
  // Time scrolls sideways, so the lanes are asked: all of them, from the first to the last.
  const lanes = page.locator('[data-names] > span');
  const seesPicture = async () => {
    for (const name of ['redis', 'store']) await expect(lanes.filter({ hasText: name })).toBeInViewport({ ratio: 0.9 });
  };
  await seesPicture();
  const first = movesGroup(page).getByRole('button').first();
  const onTop = () =>
    first.evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  expect(await onTop()).toBe(true);
  await expect(page.getByRole('button', { name: 'Step' })).toBeInViewport();
  await movesGroup(page).getByRole('button').last().scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 250);
  await expect(page.getByText('Your goal:')).not.toBeInViewport();
  await seesPicture();
  await expect(movesGroup(page).getByRole('button').last()).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Step' })).toBeInViewport();
});

test('a wrong claim says that there is a way, and not which', async ({ page }) => {
  await page.goto('/demos/break/paused-holder');
  await listening(page);
  await page.getByRole('button', { name: 'It holds' }).press('Enter');
  await expect(page.getByText(/a schedule that breaks it exists/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Claim that it holds' })).not.toContainText(/Pause [AB]|in \d+ moves/);
  await expect(page.getByRole('link', { name: /^Next: / })).toHaveCount(0);
});

test('three hints lead from a nudge to the exact next move, and back to the way for who has left it', async ({
  page,
}) => {
  await page.goto('/demos/break/paused-holder');
  await listening(page);
  await page.getByRole('button', { name: 'Give me a hint' }).click();
  await page.getByRole('button', { name: 'Another hint' }).click();
  await page.getByRole('button', { name: 'Show the exact next move' }).click();
  await expect(page.getByText('Next: Let A run: acquire.')).toBeVisible();
  await movesGroup(page)
    .getByRole('button', { name: /^Pause A for 60 ms/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Show the exact next move' }).click();
  await page.getByRole('button', { name: 'Go back there' }).click();
  await expect(page.getByRole('slider', { name: 'Moment' })).toHaveValue('0');
});

test('a guest’s win is kept: the index, the level and its lesson show it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/break/careful-holder');
  await listening(page);
  const step = page.getByRole('button', { name: 'Step' });
  for (let moved = 0; moved < 11; moved += 1) await step.press('Enter');
  await movesGroup(page)
    .getByRole('button', { name: /^Pause A for 60 ms/ })
    .first()
    .press('Enter');
  const kept = page.waitForResponse((response) => response.url().includes('/api/me'));
  await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
  await expect(page.getByText(/^Broken in 28 moves\. That is par/)).toBeVisible();
  await kept;
  await page.goto('/demos/break');
  await expect(page.getByText(`1 of ${breakLevels.length} won`)).toBeVisible();
  await expect(page.getByRole('link', { name: /The careful holder/ })).toContainText('Won at par, 28');
  await page.goto('/lessons/leases');
  await expect(page.getByRole('link', { name: /Break it: The careful holder/ })).toContainText('Won at par, 28');
});

for (const level of repairLevels) {
  test(`${level.id} is won by keyboard with the cheapest repair`, async ({ page }) => {
    const best = bestRepair(level);
    if (!best) throw new Error('there is a repair');
    await page.goto(`/demos/fix/${level.id}`);
    await expect(page.getByText(`The cheapest repair with these knobs costs ${best.cost.total}.`)).toBeVisible();
    for (const [at, { name, settings }] of level.knobs.entries()) {
      const wanted = best.picks[at] ?? 0;
      const radios = page.getByRole('group', { name }).getByRole('radio');
      const label = settings[wanted]?.label ?? '';
      await radios.nth(level.broken[at] ?? 0).focus();
      for (let from = level.broken[at] ?? 0; from < wanted; from += 1) await page.keyboard.press('ArrowDown');
      for (let from = level.broken[at] ?? 0; from > wanted; from -= 1) await page.keyboard.press('ArrowUp');
      await expect(page.getByRole('group', { name }).getByRole('radio', { name: label, exact: true })).toBeChecked();
    }
    await expect(async () => {
      await page.getByRole('button', { name: 'Search every schedule' }).press('Enter', { timeout: 2000 });
      await expect(page.getByText(/^Fixed, at a cost of/)).toBeVisible({ timeout: 20_000 });
    }).toPass({ timeout: 50_000 });
    await expect(
      page.getByText(`Fixed, at a cost of ${best.cost.total}. No repair with these knobs is cheaper.`),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: /^Next: |^To all levels/ })).toBeVisible();
  });
}

test('a failed repair shows how it breaks', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/fix/fix-paused-holder');
  await expect(async () => {
    await page.getByRole('button', { name: 'Search every schedule' }).click();
    await expect(page.getByText(/increments were accepted, but/)).toBeVisible({ timeout: 5000 });
  }).toPass();
  await page.getByRole('button', { name: 'Show how it breaks' }).click();
  await expect(page.getByRole('note').filter({ hasText: /Broken: .*overwrote/ })).toBeVisible();
});

test('turned knobs have an address; a repair that came with a link counts once its reader turns a knob', async ({
  page,
  browser,
}) => {
  const level = repairLevels.find(({ id }) => id === 'fix-bare-delete');
  const best = level && bestRepair(level);
  if (!level || !best) throw new Error('there is a repair');
  const labels = level.knobs.map(({ settings }, at) => settings[best.picks[at] ?? 0]?.label ?? '');
  const radio = (on: Page, at: number, label = labels[at] ?? '') =>
    on.getByRole('group', { name: level.knobs[at]?.name }).getByRole('radio', { name: label, exact: true });
  await page.goto(`/demos/fix/${level.id}`);
  for (const at of labels.keys()) {
    await expect(async () => {
      await radio(page, at).click();
      await expect(radio(page, at)).toBeChecked();
    }).toPass();
  }
  await page.getByRole('button', { name: 'Back', exact: true }).press('Enter');
  await expect(page).toHaveURL(/\?release=delete-if-the-value-is-mine.*&at=\d+$/);
  const address = page.url();
  await page.reload();
  for (const at of labels.keys()) await expect(radio(page, at)).toBeChecked();

  const other = await (await browser.newContext()).newPage();
  const sent: string[] = [];
  other.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await other.goto(address);
  for (const at of labels.keys()) await expect(radio(other, at)).toBeChecked();
  expect(await tableOf(other)).toEqual(await tableOf(page));
  const search = other.getByRole('button', { name: 'Search every schedule' });
  await search.press('Enter');
  await expect(other.getByText('These settings came with the link')).toBeVisible({ timeout: 30_000 });
  expect(sent).toEqual([]);
  await radio(other, 0, level.knobs[0]?.settings[0]?.label).click();
  await radio(other, 0).click();
  const kept = other.waitForResponse((response) => response.url().includes('/api/me'));
  await search.press('Enter');
  await expect(other.getByText(`Fixed, at a cost of ${best.cost.total}.`)).toBeVisible({ timeout: 30_000 });
  await expect(other.getByText('These settings came with the link')).toHaveCount(0);
  await kept;
  await other.goto('/demos/fix');
  await expect(other.getByText(`1 of ${repairLevels.length} won`)).toBeVisible();
  await other.context().close();
});

test('a level that does not exist is a 404', async ({ page }) => {
  expect((await page.goto('/demos/break/no-such-level'))?.status()).toBe(404);
  expect((await page.goto('/demos/fix/__proto__'))?.status()).toBe(404);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing that axe objects to, and nothing wider than a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of ['/demos/break', '/demos/break/clock-jump', '/demos/fix', '/demos/fix/fix-dead-holder']) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await objections(page), address).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, address).toBeLessThanOrEqual(0);
    }
  });
}

test('a level reached by a link, and one that was loaded, both come alive without an error', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto('/demos/break');
  await page.getByRole('link', { name: /The clock jump/ }).click();
  await listening(page);
  await page.reload();
  await listening(page);
  await page.goto('/demos/fix/fix-failover');
  await page.getByRole('radio', { name: 'etcd' }).check();
  await expect(page.getByText('The cheapest repair with these knobs')).toBeVisible();
  expect(errors).toEqual([]);
});
