// The health of the site with good and bad databases. Each test is a server of its own: modules are loaded anew.
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { Database } from '#lib/server/db.ts';
import { migratedFile } from '#lib/server/fresh-site.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fencepost-health-'));
const opened = globalThis as { fencepostDatabase?: Promise<Database> };

async function close(): Promise<void> {
  const db = await opened.fencepostDatabase?.catch(() => undefined);
  await db?.$disconnect();
  delete opened.fencepostDatabase;
}
afterEach(async () => {
  await close();
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function server(url: string | undefined) {
  vi.resetModules();
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret that only the tests know');
  vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
  vi.stubEnv('FENCEPOST_VERSION', '1.2.3');
  const { GET } = await import('./route.ts');
  return async () => {
    const response = await GET();
    return { status: response.status, cache: response.headers.get('Cache-Control'), body: await response.json() };
  };
}

const ill = {
  status: 503,
  cache: 'no-store',
  body: { ok: false, version: '1.2.3', database: 'does not answer' },
};
const lessons = readdirSync('content/lessons').length;
const well = { status: 200, cache: 'no-store', body: { ok: true, version: '1.2.3', database: 'answers', lessons } };

test('a migrated database answers: 200 with the version, and nobody is to keep the answer', async () => {
  const ask = await server(`file:${migratedFile(folder)}`);
  expect(await ask()).toEqual(well);
  expect(await ask()).toEqual(well);
});

test('an empty file without tables is 503', async () => {
  const ask = await server(`file:${path.join(folder, 'empty.db')}`);
  expect(await ask()).toEqual(ill);
});

test('a file that is no database is 503, and asking again leaves no open files behind', async () => {
  const file = path.join(folder, 'corrupt.db');
  writeFileSync(file, 'not a database at all, but long enough to have a header '.repeat(100));
  const ask = await server(`file:${file}`);
  for (let at = 0; at < 5; at += 1) expect(await ask()).toEqual(ill);
  if (process.platform !== 'linux') return;
  const held = readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  });
  expect(held).toEqual([]);
});

test('a folder that is not there is 503, and the site is well again once it is', async () => {
  const missing = path.join(folder, 'later');
  const ask = await server(`file:${path.join(missing, 'test.db')}`);
  expect(await ask()).toEqual(ill);
  mkdirSync(missing);
  migratedFile(missing);
  expect(await ask()).toEqual(well);
});

test('an environment without a database is 503 and no exception', async () => {
  const ask = await server(undefined);
  expect(await ask()).toEqual(ill);
});

test('does not say where the database is or why it failed', async () => {
  const ask = await server(`file:${path.join(folder, 'nowhere', 'test.db')}`);
  expect(JSON.stringify(await ask())).not.toContain(folder);
});
