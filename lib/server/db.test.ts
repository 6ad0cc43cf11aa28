// The one connection: what is answered as written stays written, whatever happens to other people's transactions.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './fresh-site.ts';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site.close());

test('a write beside an open transaction survives when that transaction is rolled back', async () => {
  const { db } = site;
  let inside = () => {};
  const opened = new Promise<void>((resolve) => {
    inside = resolve;
  });
  const failing = db.$transaction(async (transaction) => {
    await transaction.user.create({ data: { id: 'inside' } });
    inside();
    // Let the write outside try its best to slip in.
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    throw new Error('rolled back');
  });
  await opened;
  const outside = db.user.create({ data: { id: 'outside' } });
  await expect(failing).rejects.toThrow('rolled back');
  await outside;
  const ids = (await db.user.findMany({ where: { id: { in: ['inside', 'outside'] } } })).map(({ id }) => id);
  expect(ids).toEqual(['outside']);
});

test('a read beside an open transaction does not see what may yet be rolled back', async () => {
  const { db } = site;
  const reads: Promise<number>[] = [];
  await db
    .$transaction(async (transaction) => {
      await transaction.user.create({ data: { id: 'perhaps' } });
      reads.push(db.user.count({ where: { id: 'perhaps' } }));
      await new Promise(setImmediate);
      throw new Error('rolled back');
    })
    .catch(() => {});
  expect(await Promise.all(reads)).toEqual([0]);
});

test('many transactions and queries at once all come to their turn', async () => {
  const { db } = site;
  const work = Array.from({ length: 40 }, (_, at) =>
    at % 2 === 0
      ? db.user.create({ data: { id: `many-${at}` } })
      : db.$transaction((transaction) => transaction.user.create({ data: { id: `many-${at}` } })),
  );
  await Promise.all(work);
  expect(await db.user.count({ where: { id: { startsWith: 'many-' } } })).toBe(40);
});

test('the connection keeps what a power cut must not take, and refuses rows that point nowhere', async () => {
  const { db } = site;
  const pragma = async (name: string) =>
    Object.values((await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`))[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(Number(await pragma('synchronous'))).toBe(2);
  expect(Number(await pragma('foreign_keys'))).toBe(1);
  expect(Number(await pragma('busy_timeout'))).toBe(5000);
  await expect(db.lessonRead.create({ data: { userId: 'nobody', slug: 'x', at: new Date() } })).rejects.toThrow();
});
