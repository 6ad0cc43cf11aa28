// Demos in a real browser: run, step, back, scrub, take another move, search in a worker, stop, and the address of a state.
import { expect, type Page, test } from '@playwright/test';
import { scenarioById } from '#content/scenarios/index.ts';
import { apply, compile, ended, moves, natural, replay } from '#lib/lock/index.ts';

const moment = (page: Page) => page.getByRole('slider', { name: 'Moment' });
const value = async (page: Page) => Number(await moment(page).inputValue());

test('a run can be reset, stepped, taken back and scrubbed from the keyboard', async ({ page }) => {
  await page.goto('/demos/pause-no-fence');
  await page.getByRole('button', { name: 'Reset' }).press('Enter');
  await moment(page).focus();
  await page.keyboard.press('Home');
  expect(await value(page)).toBe(0);
  await page.getByRole('button', { name: 'Step' }).press('Enter');
  expect(await value(page)).toBe(1);
  await page.getByRole('button', { name: 'Step' }).press('Enter');
  await page.getByRole('button', { name: 'Back' }).press('Enter');
  expect(await value(page)).toBe(1);
  await moment(page).focus();
  await page.keyboard.press('End');
  expect(await value(page)).toBeGreaterThan(10);
});

test('running shows the broken guarantee with its sentence', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/pause-no-fence');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/both believe they hold the lock/).first()).toBeVisible();
});

test('another move cuts the future and goes on from there', async ({ page }) => {
  await page.goto('/demos/pause-no-fence');
  await moment(page).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
  const moves = page.getByRole('group', { name: 'Moves you can make here' });
  const before = Number(await moment(page).getAttribute('max'));
  await moves.getByRole('button').last().click();
  expect(await value(page)).toBe(7);
  expect(Number(await moment(page).getAttribute('max'))).not.toBe(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(Number(await moment(page).getAttribute('max'))).toBe(before);
});

test('the search finds the counterexample in a worker, and shows it', async ({ page }) => {
  await page.goto('/demos/pause-no-fence');
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  await expect(page.getByText(/Broken with one fault/i)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Show me' }).click();
  await expect(page.getByText(/This run: broken/).first()).toBeVisible();
});

test('a search that finds nothing says within which bounds', async ({ page }) => {
  await page.goto('/demos/pause-fence-writes');
  await page.getByRole('radio', { name: /later holder/ }).check();
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  await expect(page.getByText(/No schedule .*states/).first()).toBeVisible({ timeout: 45_000 });
});

test('a search can be stopped', async ({ page }) => {
  await page.goto('/demos/pause-fence-seal');
  await page.getByRole('radio', { name: /accepted increment/ }).check();
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/Stopped/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search for a counterexample' })).toBeVisible();
});

test('47 requests sell 47 tickets without a lock and one with it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [id, sold] of [
    ['seat-14a', /47 tickets sold/],
    ['seat-14a-locked', /1 ticket sold/],
  ] as const) {
    await page.goto(`/demos/${id}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText(sold).first()).toBeVisible();
  }
});

test('the table says the same as the picture', async ({ page }) => {
  await page.goto('/demos/pause-fence-writes');
  await page.getByText('As text').click();
  await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible();
  await expect(page.getByRole('table')).toContainText(/refused/);
});

test('a hostile address gives a clear message and the demo from its start', async ({ page }) => {
  for (const query of [
    '?at=-5',
    '?at=999999',
    '?script=%00%FF',
    `?script=${'z'.repeat(5000)}`,
    '?s=<script>alert(1)</script>',
  ]) {
    const response = await page.goto(`/demos/pause-no-fence${query}`);
    expect(response?.status(), query).toBeLessThan(500);
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  }
});

test('an unknown demo is a 404', async ({ page }) => {
  expect((await page.goto('/demos/no-such-demo'))?.status()).toBe(404);
});

test('the page opens with the run that Node computes: the script, then its quiet course', async ({ page }) => {
  const scenario = scenarioById('pause-no-fence');
  if (!scenario?.script) throw new Error('the scenario has a script');
  const system = compile(scenario);
  const scripted = replay(system, scenario.script);
  expect(scripted.stuck).toBeUndefined();
  let steps = scripted.steps.length;
  let world = scripted.steps.at(-1)?.world ?? scripted.start;
  for (;;) {
    const choice = ended(world) ? null : natural().pick(moves(system, world), world);
    if (!choice) break;
    world = apply(system, world, choice.move, choice.at).world;
    steps += 1;
  }
  await page.goto('/demos/pause-no-fence');
  await expect(moment(page)).toHaveAttribute('max', String(steps));
});
