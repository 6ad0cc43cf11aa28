// The only connection to the database. SQLite in WAL mode, so that readers do not wait for a writer; `synchronous = FULL`, so
// that a review the browser was told is saved is on the disk; a busy timeout instead of an error when two writers meet.
import 'server-only';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { env } from '#lib/env.ts';
import { PrismaClient } from '#prisma/generated/client.ts';
import { oneAtATime } from './one-at-a-time.ts';

export type Database = PrismaClient;
/** A transaction has the models of the client and nothing else. */
export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

const busyTimeoutMs = 5_000;
/** How long a transaction may wait for its turn, and how long it may take: carrying a guest over can take a second or two. */
const patienceMs = 15_000;

export async function openDatabase(url: string): Promise<Database> {
  const adapter = oneAtATime(new PrismaBetterSqlite3({ url, timeout: busyTimeoutMs }));
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: patienceMs, timeout: patienceMs } });
  try {
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
      await client.$queryRawUnsafe(`PRAGMA ${pragma}`);
    }
    return client;
  } catch (error) {
    // Somebody asks again every few seconds whether the database is back: an opened file must not stay behind each time.
    await client.$disconnect();
    throw error;
  }
}

// Development reloads modules; the connection must outlive them.
const kept = globalThis as { fencepostDatabase?: Promise<Database> };

export function database(): Promise<Database> {
  kept.fencepostDatabase ??= openDatabase(env().DATABASE_URL).catch((error) => {
    // A failed opening is not kept, so that the site recovers when the file does.
    delete kept.fencepostDatabase;
    throw error;
  });
  return kept.fencepostDatabase;
}
