// Demos in a real browser: run, step, back, scrub, take another move, search in a worker, stop, and the address of a state.
import { expect, type Page, test } from '@playwright/test';
import { firstTrace } from '#components/demo/trace-of.ts';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { apply, compile, ended, moves, natural, replay, type Scenario, traceHash } from '#lib/lock/index.ts';
import { holdScripts } from './scripts.ts';

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
  // It plays where it can be seen.
  await expect(page.getByRole('region', { name: /timeline/ })).toBeInViewport({ ratio: 0.9 });
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
  await page.getByText('As text', { exact: true }).click();
  await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible();
  await expect(page.getByRole('table')).toContainText(/refused/);
});

test('a hostile address gives a clear message and the demo as it opens by itself', async ({ page }) => {
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

/** What the table says of the run, row by row, and the moment that is looked at. */
async function shown(page: Page): Promise<{ readonly rows: readonly string[]; readonly moment: number }> {
  const table = page.locator('details').filter({ hasText: 'As text' });
  if (!(await table.evaluate((box) => (box as HTMLDetailsElement).open))) await table.locator('summary').click();
  const rows = await table.getByRole('table').getByRole('row').allInnerTexts();
  return { rows, moment: await value(page) };
}

/** The server's picture comes first and cannot hear anybody; the demo has taken its place when React knows its buttons. */
async function ready(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Copy link' });
  await expect(button).toBeVisible();
  await expect
    .poll(() => button.evaluate((box) => Object.keys(box).some((key) => key.startsWith('__react'))))
    .toBe(true);
}

test('a knob turned by keyboard runs the demo again at once, and stands in the address', async ({ page }) => {
  await page.goto('/demos/pause-no-fence');
  await ready(page);
  const lease = page.getByRole('slider', { name: 'Lease (TTL)' });
  await lease.focus();
  for (let turns = 0; turns < 8; turns += 1) await page.keyboard.press('ArrowRight');
  await expect(lease).toHaveAttribute('aria-valuetext', '100 ms');
  await expect(lease).toBeFocused();
  await expect(page.getByText('This run: not broken.').first()).toBeVisible();
  await expect(page.getByText('const lease = await lock.acquire({ ttl: 100 });').first()).toBeVisible();
  await expect(page).toHaveURL(/ttl=100/);
  await page.getByRole('button', { name: 'Knobs as in the lesson' }).press('Enter');
  await expect(page.getByText(/This run: broken/).first()).toBeVisible();
  await expect(page).not.toHaveURL(/ttl=/);
});

test('a knob that cannot stay moves along, and the page says so', async ({ page }) => {
  await page.goto('/demos/pause-fence-writes');
  await ready(page);
  await page
    .getByLabel('Lock', { exact: true })
    .selectOption({ label: 'Redlock: a majority of independent Redis servers' });
  await expect(page.getByText(/No token here could be compared by a store/)).toBeVisible();
  await expect(page.getByLabel('The store checks')).toHaveValue('none');
  await expect(page).toHaveURL(/lock=redlock/);
});

for (const address of [
  ...scenarios.map(({ id }) => `/demos/${id}?at=3`),
  '/demos/pause-no-fence?ttl=20&faults=pause:2&at=9',
  '/demos/slow-packet?lock=zookeeper&clients=3',
  '/demos/seat-14a-locked?at=40',
  '/demos/experiment?lock=etcd&clients=3&faults=pause:1@A,failover:1&property=one-believer&at=7',
]) {
  test(`${address} shows the same in a browser that has never been here`, async ({ page, browser }) => {
    await page.goto(address);
    await ready(page);
    // Another move, so that the address has to say more than it did.
    await page.getByRole('group', { name: 'Moves you can make here' }).getByRole('button').last().click();
    await expect(page).toHaveURL(/moves=/);
    const before = await shown(page);
    const fresh = await (await browser.newContext()).newPage();
    await fresh.goto(page.url());
    await ready(fresh);
    expect(await shown(fresh)).toEqual(before);
    await fresh.context().close();
  });
}

test('Node, the page and the worker hash the first run of every scenario alike', async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    globalThis.Worker = class extends Worker {
      constructor(...made: ConstructorParameters<typeof Worker>) {
        super(...made);
        this.addEventListener('message', ({ data }) => {
          if (data.kind === 'begun') heard.push(data.hash);
        });
      }
    };
  });
  for (const { id, searchOn = id } of scenarios) {
    await page.goto(`/demos/${id}`);
    await ready(page);
    await page.getByRole('button', { name: 'Search for a counterexample' }).click();
    const inWorker = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard[0]);
    const searched = compile(scenarioById(searchOn) as Scenario);
    await expect.poll(inWorker, id).toBe(traceHash(firstTrace(searched)));
    // The page has compared its own with it, and would say so here.
    await expect(page.getByText('are of different versions'), id).toHaveCount(0);
  }
});

test('what is copied opens the same run, as a link and as text', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/demos/pause-no-fence?ttl=20');
  await ready(page);
  await page.getByRole('button', { name: 'Copy link' }).press('Enter');
  await expect(page.getByText('Copied: it opens this run')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('/demos/pause-no-fence?ttl=20');
  await page.getByRole('button', { name: 'Copy as text' }).press('Enter');
  await expect(page.getByText('Copied: the run as lines of text.')).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines[0]).toBe('A paused holder, no fencing');
  expect(lines.some((line) => /^ *\d+ ms {2}A is paused until \d+ ms and does not notice/.test(line))).toBe(true);
  expect(lines).toContain(link);
});

test('the same pause against four locks, side by side and as a table, from one address', async ({ page, browser }) => {
  await page.goto('/demos/pause-no-fence');
  await ready(page);
  for (const lock of [
    'Redlock: a majority of independent Redis servers',
    'PostgreSQL, a lock in the database',
    'etcd',
  ]) {
    await page.getByLabel('Compare with').selectOption({ label: lock });
    await expect(page.getByRole('heading', { name: lock })).toBeVisible();
  }
  await expect(page.getByLabel('Compare with')).toBeHidden();
  const table = page.getByRole('region', { name: 'The compared runs as a table' });
  await expect(table.getByRole('row')).toHaveCount(5);
  await expect(table.getByRole('row', { name: /^Redis, one server/ })).toContainText('Broken');
  await expect(table.getByRole('row', { name: /^PostgreSQL/ })).toContainText('Not broken');
  const said = (await table.textContent()) ?? '';
  const fresh = await (await browser.newContext()).newPage();
  await expect(page).toHaveURL(/compare=redlock,sql,etcd/);
  await fresh.goto(page.url());
  await expect(fresh.getByRole('region', { name: 'The compared runs as a table' })).toHaveText(said);
  await fresh.context().close();
  await page.getByRole('button', { name: 'Leave out etcd' }).press('Enter');
  await expect(page).toHaveURL(/compare=redlock,sql(&|$)/);
});

test('an experiment opens from its address, is broken by the search, and held by fencing', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/experiment?lock=redis&faults=pause:1@A&property=no-lost-update&network=1-1&timing=corners');
  await ready(page);
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  await expect(page.getByText(/Broken with one fault: here is the shortest way, \d+ moves/)).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Show me' }).click();
  await expect(page.getByText(/This run: broken/).first()).toBeVisible();
  await page.getByLabel('The store checks').selectOption({ label: 'The token on reads and writes' });
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  await expect(page.getByText(/No schedule with up to one fault breaks it \([\d,]+ states/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(page).toHaveURL(/fence=reads-and-writes/);
});

test('a knob or an experiment that makes no sense gives a sentence and a way back', async ({ page }) => {
  for (const [address, sentence] of [
    ['/demos/pause-no-fence?lock=paxos', /The link asks for a lock called “paxos”, and there is none\./],
    ['/demos/pause-no-fence?ttl=99999999', /The link’s “ttl” must be/],
    ['/demos/pause-no-fence?lock=redlock&fence=writes', /does not go together/],
    ['/demos/pause-no-fence?compare=redlock,<script>', /cannot be read from the link/],
    ['/demos/pause-no-fence?ttl=20&moves=99999&sum=x&at=3', /The moves in the link cannot be read/],
    ['/demos/experiment?lock=constructor', /The link asks for a lock called “constructor”, and there is none\./],
    ['/demos/experiment?faults=pause:999', /The link’s “faults” must be a list/],
    ['/demos/experiment?lock=mutex&property=rising-tokens', /does not go together/],
  ] as const) {
    const response = await page.goto(address);
    expect(response?.status(), address).toBe(200);
    await ready(page);
    await expect(page.getByRole('alert').filter({ hasText: sentence }), address).toBeVisible();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Go on with/ })
      .click();
    await ready(page);
    await expect(page.getByRole('alert').filter({ hasText: /The link/ })).toHaveCount(0);
  }
});

test('the speed of playing is kept', async ({ page }) => {
  await page.goto('/demos/pause-no-fence');
  await ready(page);
  await page.getByLabel('Speed').selectOption('slow');
  await page.goto('/demos/slow-packet');
  await ready(page);
  await expect(page.getByLabel('Speed')).toHaveValue('slow');
});

test('a whole demo by keyboard: to the break, back, another move, undone, run', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/demos/pause-no-fence');
  await ready(page);
  const where = page.getByRole('button', { name: 'Where it breaks' });
  await page.getByRole('button', { name: 'Reset' }).press('Enter');
  await where.press('Enter');
  await expect(page.getByText(/This run: broken/).first()).toBeVisible();
  // Who stands there is told that there is nothing to go to.
  await expect(where).toHaveAttribute('aria-disabled', 'true');
  await expect(where).toBeFocused();
  const broken = await value(page);
  await page.keyboard.press('ArrowLeft');
  expect(await value(page)).toBe(broken - 1);
  await expect(where).toHaveAttribute('aria-disabled', 'false');
  const group = page.getByRole('group', { name: 'Moves you can make here' });
  await group.getByRole('button').first().press('Enter');
  await expect(group).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByRole('button', { name: 'Redo' }).press('Enter');
  await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
  await expect(page.getByText('None: the run is over.', { exact: false })).toBeVisible();
});

test('what is turned before the page’s scripts have come is not lost', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const open = await holdScripts(page);
  await page.goto('/demos/experiment?lock=redis&faults=pause:1', { waitUntil: 'commit' });
  await page.getByLabel('The store checks').selectOption('reads-and-writes');
  await page.getByLabel('Lock', { exact: true }).selectOption('etcd');
  const lease = page.getByRole('slider', { name: 'Lease (TTL)' });
  await lease.focus();
  await page.keyboard.press('ArrowRight');
  open();
  await ready(page);
  await expect(page).toHaveURL(/lock=etcd.*ttl=35.*fence=reads-and-writes/);
  await expect(page.getByLabel('The store checks')).toHaveValue('reads-and-writes');
  await expect(lease).toHaveAttribute('aria-valuetext', '35 ms');
  await expect(page.getByText(/^etcd, 2 clients, lease 35 ms/)).toBeVisible();
});

test('an experiment that breaks nothing by itself opens at the start of its quiet run, and says so', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/demos/experiment?lock=redis&faults=pause:1');
  await ready(page);
  expect(await value(page)).toBe(0);
  await expect(page.getByText(/^The quiet run: no fault has struck\./)).toBeVisible();
  expect(await page.getByRole('region', { name: /timeline/ }).evaluate((box) => box.scrollLeft)).toBe(0);
  await page.getByRole('button', { name: /^Pause A for 60 ms/ }).press('Enter');
  await expect(page.getByText('What goes wrong in this run: pause A for 60 ms.')).toBeVisible();
});

test('how long a pause lasts is chosen, stands in the address, and decides what breaks', async ({ page }) => {
  await page.goto('/demos/experiment?lock=redis&faults=pause:1&network=1-1&timing=corners');
  await ready(page);
  const length = page.getByRole('group', { name: 'How long it lasts' }).getByLabel(/Pause/);
  await length.selectOption({ label: '5 ms' });
  await expect(page).toHaveURL(/faults=pause:1=5/);
  await expect(page.getByText(/Still to strike: pause \(5 ms\) once/)).toBeVisible();
  const search = page.getByRole('button', { name: 'Search for a counterexample' });
  await search.press('Enter');
  await expect(page.getByText(/No schedule with up to one fault breaks it/)).toBeVisible({ timeout: 30_000 });
  await length.selectOption({ label: '60 ms, twice the lease' });
  await search.press('Enter');
  await expect(page.getByText(/Broken with one fault/)).toBeVisible({ timeout: 30_000 });
});

test('a turned knob and a move are undone alike, and a slider in one go', async ({ page }) => {
  await page.goto('/demos/experiment?lock=redis&faults=pause:1');
  await ready(page);
  await page.getByRole('button', { name: /^Pause A for 60 ms/ }).press('Enter');
  const lease = page.getByRole('slider', { name: 'Lease (TTL)' });
  await lease.focus();
  for (let turns = 0; turns < 3; turns += 1) await page.keyboard.press('ArrowRight');
  await expect(lease).toHaveAttribute('aria-valuetext', '45 ms');
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.press('Enter');
  await expect(lease).toHaveAttribute('aria-valuetext', '30 ms');
  await expect(page.getByText('What goes wrong in this run: pause A for 60 ms.')).toBeVisible();
  await undo.press('Enter');
  await expect(page.getByText(/^The quiet run/)).toBeVisible();
  const redo = page.getByRole('button', { name: 'Redo' });
  await redo.press('Enter');
  await redo.press('Enter');
  await expect(lease).toHaveAttribute('aria-valuetext', '45 ms');
  // Nothing is left to do again, and the focus stays where it was.
  await expect(redo).toHaveAttribute('aria-disabled', 'true');
  await expect(redo).toBeFocused();
});

test('a search that comes to no end offers a coarser one, which does', async ({ page }) => {
  await page.goto('/demos/experiment?lock=redis&faults=pause:1&fence=reads-and-writes&network=1-1&maxStates=600');
  await ready(page);
  await page.getByRole('button', { name: 'Search for a counterexample' }).press('Enter');
  await expect(page.getByText(/Stopped after .* at the limit on states: unknown/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('A smaller question may have an answer: shorter work.')).toBeVisible();
  await page.getByRole('button', { name: /^Search more coarsely/ }).press('Enter');
  await expect(page.getByText(/No schedule .*each move at its earliest and its latest/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('button', { name: 'Search for a counterexample' })).toBeFocused();
});

test.describe('the list of demos', () => {
  test('says where to begin, and leads on to the rest', async ({ page }) => {
    await page.goto('/demos');
    const begin = page.getByRole('region', { name: 'Begin with these three' });
    await expect(begin.getByRole('link')).toHaveCount(3);
    const others = page.getByRole('navigation', { name: 'Other ways in' });
    for (const [name, address] of [
      ['Break it', '/demos/break'],
      ['Fix it', '/demos/fix'],
      ['The matrix', '/demos/matrix'],
      ['Your own experiment', '/demos/experiment'],
    ] as const) {
      await expect(others.getByRole('link', { name: new RegExp(`^${name}`) })).toHaveAttribute('href', address);
    }
    await begin.getByRole('link').first().press('Enter');
    await expect(page).toHaveURL('/demos/seat-14a');
  });

  test('is narrowed by keyboard at once, and the choice is an address', async ({ page }) => {
    await page.goto('/demos');
    const list = page.getByRole('region', { name: 'All demos' });
    await expect(async () => {
      await page.getByRole('combobox', { name: 'Lock' }).selectOption('etcd');
      await expect(page).toHaveURL('/demos?lock=etcd', { timeout: 2000 });
    }).toPass();
    const etcd = scenarios.filter(({ backend }) => backend === 'etcd');
    await expect(list.getByRole('status')).toContainText(`${etcd.length} demo`);
    await expect(list.getByRole('listitem')).toHaveCount(etcd.length);
    await page.getByRole('combobox', { name: 'What breaks' }).selectOption('nothing');
    await expect(page).toHaveURL('/demos?lock=etcd&breaks=nothing');
    await list.getByRole('link', { name: 'Show all' }).press('Enter');
    await expect(page).toHaveURL('/demos');
    await expect(list.getByRole('listitem')).toHaveCount(scenarios.length);
    await expect(page.getByRole('combobox', { name: 'Lock' })).toHaveValue('');
  });

  test('is narrowed without script, and a hostile address narrows nothing', async ({ browser }) => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto('/demos?lock=constructor&use=<script>&breaks=a&breaks=b');
    const list = page.getByRole('region', { name: 'All demos' });
    await expect(list.getByRole('listitem')).toHaveCount(scenarios.length);
    await page.getByRole('combobox', { name: 'Use case' }).selectOption('cron');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/\/demos\?.*use=cron/);
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await page.context().close();
  });
});
