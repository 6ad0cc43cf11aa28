// Which levels of the campaign somebody has won, and how well. Whether a level was won is judged before it comes here.
import 'server-only';
import { database, type Transaction } from './db.ts';

export type LevelBest = { readonly level: string; readonly best: number };

/** Keeps a win. A better one replaces the number and leaves the day; a worse one, or the same again, changes nothing. */
export async function keepLevel(userId: string, level: string, best: number, now: number): Promise<void> {
  const db = await database();
  await db.$transaction((transaction) => keepIn(transaction, { userId, levelId: level, best, at: new Date(now) }));
}

export async function levelsWon(userId: string): Promise<readonly LevelBest[]> {
  const db = await database();
  const rows = await db.levelResult.findMany({ where: { userId }, orderBy: [{ at: 'asc' }, { levelId: 'asc' }] });
  return rows.map(({ levelId, best }) => ({ level: levelId, best }));
}

/** What a guest has won counts for the account that they sign in to. */
export async function carryLevels(transaction: Transaction, guestId: string, accountId: string): Promise<void> {
  const rows = await transaction.levelResult.findMany({ where: { userId: guestId } });
  for (const row of rows) await keepIn(transaction, { ...row, userId: accountId });
}

type Row = { readonly userId: string; readonly levelId: string; readonly best: number; readonly at: Date };

async function keepIn(transaction: Transaction, row: Row): Promise<void> {
  const { userId, levelId, best } = row;
  const improved = await transaction.levelResult.updateMany({
    where: { userId, levelId, best: { gt: best } },
    data: { best },
  });
  if (improved.count === 0) {
    await transaction.levelResult.upsert({
      where: { userId_levelId: { userId, levelId } },
      create: { userId, levelId, best, at: row.at },
      update: {},
    });
  }
}
