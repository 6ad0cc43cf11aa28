// `npm run bench -- --page`: how a demo's page feels while it works, in a real Chromium against the production build. Two questions:
// how long after turning a knob the next frame stands, and whether the main thread is ever busy for long while a search runs in the
// worker. Every figure is read off the browser's own records (Event Timing, Long Tasks); nothing here says what is good enough.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { flags } from '../playwright.config.ts';

const root = path.resolve(import.meta.dirname, '../..');

const DEMOS = ['pause-no-fence', 'pause-fence-seal', 'seat-14a'];
/** Some 250,000 states: long enough for a reader to go on working meanwhile. */
const LONG_SEARCH = '/demos/experiment?lock=redis&clients=3&fence=writes&faults=pause:1&property=no-stale-write';

type Spread = { readonly median: number; readonly worst: number; readonly count: number };

/** Starts the site on a free port with a data folder of its own, as the journeys do, and stops it afterwards. */
async function withSite<T>(use: (address: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fencepost-bench-'));
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const server = spawn(process.execPath, [path.join(root, 'e2e', 'serve.mjs')], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      PORT: String(port),
      NEXTAUTH_URL: address,
      DATABASE_URL: `file:${path.join(folder, 'site.db')}`,
      E2E_DATA: folder,
    },
  });
  const gone = new Promise<never>((_, reject) => {
    server.once('exit', () => reject(new Error('the site stopped; `npm start` says why')));
  });
  gone.catch(() => {});
  try {
    await Promise.race([answers(`${address}/api/health`), gone]);
    return await use(address);
  } finally {
    server.kill('SIGTERM');
    await gone.catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Building the site may take minutes. */
async function answers(address: string): Promise<void> {
  for (let second = 0; second < 600; second += 1) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('the site did not answer within ten minutes');
}

/** Collects, from before the page's own script runs, every main-thread task of 50 ms and more and every event with its next frame. */
async function watched(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { tasks: [] as number[], events: [] as number[] };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') seen.events.push(duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

type Seen = { tasks: number[]; events: number[] };
const takeSeen = (page: Page) =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Seen };
    const taken = { tasks: [...seen.tasks], events: [...seen.events] };
    seen.tasks.length = 0;
    seen.events.length = 0;
    return taken;
  });
/** Events are recorded after the frame that follows them. */
const twoFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0, count: sorted.length };
}

export type PageRow = { readonly what: string; readonly presses: Spread; readonly longTasks: Spread };

async function turningKnobs(page: Page, address: string, id: string): Promise<PageRow> {
  await page.goto(`${address}/demos/${id}`);
  const lease = page.getByRole('slider', { name: 'Lease (TTL)' });
  const knob = (await lease.count()) > 0 && (await lease.isEnabled()) ? lease : page.getByRole('slider').last();
  await knob.focus();
  await page.keyboard.press('ArrowRight');
  await twoFrames(page);
  await takeSeen(page);
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press(press % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await twoFrames(page);
  }
  const { tasks, events } = await takeSeen(page);
  return { what: `${id}: a knob turned by key`, presses: spreadOf(events), longTasks: spreadOf(tasks) };
}

async function searching(page: Page, address: string): Promise<PageRow> {
  await page.goto(`${address}${LONG_SEARCH}`);
  await page.getByRole('button', { name: 'Search for a counterexample' }).click();
  const stop = page.getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  await page.getByRole('slider', { name: 'Moment' }).focus();
  await twoFrames(page);
  await takeSeen(page);
  while ((await stop.count()) > 0) {
    await page.keyboard.press('ArrowLeft');
    await twoFrames(page);
  }
  const { tasks, events } = await takeSeen(page);
  const states = await page
    .getByText(/[\d,]+ states/)
    .last()
    .textContent();
  const found = /[\d,]+ states/.exec(states ?? '')?.[0] ?? 'no verdict';
  return { what: `stepping while a search visits ${found}`, presses: spreadOf(events), longTasks: spreadOf(tasks) };
}

export async function benchOfPages(): Promise<readonly PageRow[]> {
  return withSite(async (address) => {
    const browser = await chromium.launch({
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: flags,
    });
    try {
      const page = await browser.newPage();
      await watched(page);
      const rows: PageRow[] = [];
      for (const id of DEMOS) rows.push(await turningKnobs(page, address, id));
      rows.push(await searching(page, address));
      return rows;
    } finally {
      await browser.close();
    }
  });
}

/** Presses that were answered within 16 ms are not recorded by the browser, so they are not counted. */
export function pageTable(rows: readonly PageRow[]): string {
  const whole = (ms: number) => `${Math.round(ms)} ms`;
  return rows
    .map(({ what, presses, longTasks }) =>
      [
        what,
        `  key press to next frame: median ${whole(presses.median)}, worst ${whole(presses.worst)} (${presses.count} of 16 ms and more)`,
        `  main-thread tasks of 50 ms and more: ${longTasks.count}${longTasks.count > 0 ? `, the longest ${whole(longTasks.worst)}` : ''}`,
      ].join('\n'),
    )
    .join('\n');
}
