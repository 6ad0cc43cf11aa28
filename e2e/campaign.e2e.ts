// The campaign in a real browser: every level is won by keyboard alone, by the moves or by the claim, and what was won is kept for a
// guest who has no account.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { verdictOn } from '#content/levels/judgement.ts';
import { bestRepair } from '#content/levels/repair-judgement.ts';
import { apply, compile, type Move, moves, replay, start } from '#lib/lock/index.ts';

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
  });
}

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
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [address, id, nodes[0]?.html])).toEqual([]);
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
