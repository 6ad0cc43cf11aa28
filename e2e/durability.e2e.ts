// The promise of the word “Saved”: the server is killed, without warning and again and again, in the middle of a review. Every
// review that the browser was told is saved must be in the database, and none twice.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '#prisma/generated/client.ts';
import { gradeCard } from './keys.ts';

const root = path.dirname(import.meta.dirname);
const port = Number(process.env.E2E_PORT ?? 3210) + 1;
const address = `http://localhost:${port}`;
const folder = path.join(root, 'test-results', 'durability');
const file = path.join(folder, 'site.db');

function startServer(): ChildProcess {
  // Straight to Node, so that SIGKILL hits the process that writes.
  return spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--port', String(port)], {
    cwd: root,
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: `file:${file}`,
      NEXTAUTH_URL: address,
      NEXTAUTH_SECRET: 'a secret for this test alone, and no other',
    },
  });
}

async function untilUp(): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(`${address}/api/health`).then(
          (response) => response.status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
}

function kill(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}

/** Collects the ids of reviews that were sent, and of those that the browser was told are saved. */
function listen(page: Page) {
  const sent = new Set<string>();
  const saved = new Set<string>();
  page.on('request', (request) => {
    const id = /"reviewId":"([^"]+)"/.exec(request.postData() ?? '')?.[1];
    if (id) sent.add(id);
  });
  page.on('response', async (response) => {
    const id = /"reviewId":"([^"]+)"/.exec(response.request().postData() ?? '')?.[1];
    const text = await response.text().catch(() => '');
    if (id && text.includes('"kind":"saved"')) saved.add(id);
  });
  return { sent, saved };
}

async function reviewIds(): Promise<string[]> {
  const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  const rows = await db.reviewLog.findMany({ where: { kind: { in: ['grade', 'undo'] } }, select: { id: true } });
  await db.$disconnect();
  return rows.map((row) => row.id);
}

test('killing the server at any moment loses no review that the browser was told is saved', async ({ page }) => {
  test.setTimeout(180_000);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const migrated = spawn(process.execPath, ['prisma/migrate.mjs', file], { cwd: root, stdio: 'ignore' });
  expect(await new Promise((resolve) => migrated.once('exit', resolve))).toBe(0);
  let server = startServer();
  try {
    await untilUp();
    for (const slug of ['leases', 'fencing']) {
      await page.goto(`${address}/lessons/${slug}`);
      await page.getByRole('button', { name: 'Mark as read' }).click();
      // A server that has just started reads the whole course before its first answer.
      await expect(page.getByText('You have read this lesson.')).toBeVisible({ timeout: 60_000 });
    }
    const { sent, saved } = listen(page);
    await page.goto(`${address}/review`);
    // Moments spread over the life of a request: before it is sent, while it is written, after it was answered.
    for (const afterMs of [0, 3, 8, 15, 30, 60]) {
      await gradeCard(page, 4);
      await gradeCard(page, 4);
      // A real wait on purpose: the moment of the crash is what this test varies.
      await pause(afterMs);
      await kill(server);
      const toldSoFar = [...saved];
      const kept = await reviewIds();
      expect(toldSoFar.filter((id) => !kept.includes(id))).toEqual([]);
      server = startServer();
      await untilUp();
    }
    await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 60_000 });
    const kept = await reviewIds();
    expect(kept).toHaveLength(12);
    expect(new Set(kept)).toEqual(sent);
    expect([...saved].filter((id) => !kept.includes(id))).toEqual([]);
    await page.reload();
    await expect(page.getByText(/8 new/)).toBeVisible();
  } finally {
    await kill(server);
  }
});
