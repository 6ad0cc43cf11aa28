// A site of its own for one test file: a migrated database in a temporary folder, and a browser's cookies in memory in place of
// `next/headers`. Nothing but tests imports it.
import 'server-only';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, database } from './db.ts';

const jar = new Map<string, string>();

/** The cookies of the only browser there is: `vi.mock('next/headers', async () => (await import('…/fresh-site.ts')).headers)`. */
export const headers = {
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => void jar.set(name, value),
  }),
};

export const sessionCookie = 'next-auth.session-token';

export type Site = {
  readonly db: Database;
  readonly cookies: Map<string, string>;
  newUser(): Promise<string>;
  /** Every row of every table: two of them are equal when nothing was written in between. */
  everything(): Promise<Readonly<Record<string, readonly unknown[]>>>;
  close(): Promise<void>;
};

/** Makes a file as `npm start` does: by the migrations, in a process of its own. */
export function migratedFile(folder: string): string {
  const file = path.join(folder, 'test.db');
  execFileSync(process.execPath, [path.join('prisma', 'migrate.mjs'), file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
}

export async function openSite(): Promise<Site> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fencepost-'));
  process.env.DATABASE_URL = `file:${migratedFile(folder)}`;
  process.env.NEXTAUTH_SECRET = 'a secret that only the tests know';
  process.env.NEXTAUTH_URL = 'http://localhost:3000';
  const db = await database();
  return {
    db,
    cookies: jar,
    newUser: async () => (await db.user.create({ data: { id: randomUUID() } })).id,
    async everything() {
      const tables = await db.$queryRawUnsafe<{ name: string }[]>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_prisma%' ORDER BY name`,
      );
      const dump: Record<string, readonly unknown[]> = {};
      for (const { name } of tables) {
        dump[name] = await db.$queryRawUnsafe<unknown[]>(`SELECT * FROM "${name}" ORDER BY rowid`);
      }
      return dump;
    },
    async close() {
      await db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
