// Migrations as files: what they make of an empty file is what the schema says, and running them again changes nothing. Each
// run is a process of its own, as it is at the start of the site.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#lib/server/db.ts';
import { Prisma } from './generated/client.ts';

const here = import.meta.dirname;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fencepost-migrate-'));
const file = path.join(folder, 'test.db');

function migrate(...args: string[]) {
  const all = [path.join(here, 'migrate.mjs'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const migrations = readdirSync(path.join(here, 'migrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

let first: ReturnType<typeof migrate>;
let db: Database;
beforeAll(async () => {
  first = migrate('test.db');
  db = await openDatabase(`file:${file}`);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(folder, { recursive: true, force: true });
});

// The database is open all the time here, as by a server that is already running.
describe('migrating', () => {
  test('an empty file applies every migration in order and names each', () => {
    const lines = migrations.map((name) => `Applied migration ${name}\n`).join('');
    expect(first).toEqual({ status: 0, stdout: lines, stderr: '' });
  });

  test('again applies nothing, and what was stored stays', async () => {
    await db.user.create({ data: { id: 'ada', email: 'ada@example.org' } });
    expect(migrate('test.db')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await db.user.findUnique({ where: { id: 'ada' } })).toMatchObject({ email: 'ada@example.org' });
  });

  test('while another server has the file open and a migration is missing says in one line why not, and changes nothing', async () => {
    const newest = migrations.at(-1)!;
    const rename = (from: string, to: string) =>
      db.$executeRaw`UPDATE _prisma_migrations SET migration_name = ${to} WHERE migration_name = ${from}`;
    await rename(newest, 'of-old');
    const { status, stdout, stderr } = migrate('test.db');
    await rename('of-old', newest);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The database is in use: [^\n]+\n$/);
  });

  test('a migration that was cut off half-way is begun again from the copy made before it, and nothing is lost', async () => {
    const cut = path.join(folder, 'cut.db');
    expect(migrate('cut.db').status).toBe(0);
    const half = await openDatabase(`file:${cut}`);
    await half.user.create({ data: { id: 'kept' } });
    await half.$executeRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {});
    await half.$queryRawUnsafe(`VACUUM INTO '${cut}.before-migration'`);
    await half.$executeRawUnsafe('UPDATE _prisma_migrations SET finished_at = NULL');
    await half.$executeRawUnsafe('DROP TABLE Attempt');
    await half.$disconnect();
    const again = migrate('cut.db');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('starting again from the copy');
    const healed = await openDatabase(`file:${cut}`);
    expect(await healed.user.findMany({ select: { id: true } })).toEqual([{ id: 'kept' }]);
    expect(await healed.attempt.count()).toBe(0);
    await healed.$disconnect();
    expect(readdirSync(folder).filter((name) => name.includes('before-migration'))).toEqual([]);
  });

  test('a file that is no database fails, and leaves the file as it was', () => {
    const odd = path.join(folder, 'odd.db');
    const text = 'these are my notes and not a database\n'.repeat(200);
    writeFileSync(odd, text);
    expect(migrate('odd.db').status).not.toBe(0);
    expect(readFileSync(odd, 'utf8')).toBe(text);
  });

  test.each([
    [[]],
    [['a.db', 'b.db']],
    [['--help']],
    [['--new']],
    [['--new', 'Not Snake']],
    [['--new', '../escape']],
    [['']],
  ])('%j is answered with the usage and code 2, and makes nothing', (args) => {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = migrate(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('usage: node prisma/migrate.mjs DATABASE_FILE | --new name_in_snake_case\n');
    expect(readdirSync(folder)).toEqual(before);
    expect(readdirSync(path.join(here, 'migrations')).filter((name) => name.includes('scape'))).toEqual([]);
  });
});

describe('the schema and the migrations agree', () => {
  type Model = { findFirst(): Promise<unknown>; count(): Promise<number> };
  const modelOf = (name: string) => (db as unknown as Record<string, Model>)[name[0]!.toLowerCase() + name.slice(1)]!;

  test.each(Object.values(Prisma.ModelName))('every column of %s can be read', async (name) => {
    await expect(modelOf(name).findFirst()).resolves.toBeDefined();
    expect(await modelOf(name).count()).toBeGreaterThanOrEqual(0);
  });

  test('there are no tables but those of the schema', async () => {
    const tables = await db.$queryRaw<{ name: string }[]>`SELECT name FROM sqlite_master WHERE type = 'table'`;
    const own = tables.map((row) => row.name).filter((name) => !/^(sqlite|_prisma)_/.test(name));
    expect(own.sort()).toEqual(Object.values(Prisma.ModelName).sort());
  });

  test('the copy that the next migration starts from is today’s schema: none was forgotten', () => {
    const read = (name: string) => readFileSync(path.join(here, name), 'utf8');
    expect(read('migrations/schema.prisma')).toBe(read('schema.prisma'));
  });
});

describe('an opened database', () => {
  const pragma = async (name: string) => {
    const [row] = await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    return String(Object.values(row!)[0]);
  };

  test('writes ahead, waits for others, keeps what it said is kept, and checks its references', async () => {
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe('2');
    expect(await pragma('busy_timeout')).toBe('5000');
    expect(await pragma('foreign_keys')).toBe('1');
  });

  test('keeps nothing of a user who does not exist', async () => {
    const orphan = db.lessonRead.create({ data: { userId: 'nobody', slug: 'fencing', at: new Date(0) } });
    await expect(orphan).rejects.toMatchObject({ code: 'P2003' });
  });

  test('forgets everything of a user who is deleted', async () => {
    await db.user.create({
      data: {
        id: 'grace',
        lessonsRead: { create: { slug: 'fencing', at: new Date(0) } },
        accounts: { create: { provider: 'github', providerAccountId: '1' } },
        quizAnswers: { create: { id: 'q', quizId: 'x', given: '0', correct: true, at: new Date(0) } },
      },
    });
    await db.user.delete({ where: { id: 'grace' } });
    expect(await db.lessonRead.count()).toBe(0);
    expect(await db.oAuthAccount.count()).toBe(0);
    expect(await db.quizAnswer.count()).toBe(0);
  });
});
