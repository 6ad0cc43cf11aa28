// From guest to account, and back in on another device. An account is added to the same user, so signing up moves nothing.
// Signing in on a device where a guest has already learned something carries that into the account: events are moved, and the
// state of each card is folded again from both histories.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fold, isAside } from '#lib/study/fold.ts';
import { database, type Transaction } from './db.ts';
import { carryLevels } from './levels.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { keepReading } from './reading.ts';
import { columnsOf, eventOf } from './reviews.ts';
import { forgive, isThrottled, noteTry } from './throttle.ts';

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'That e-mail address is too long.')
  .pipe(z.email('That is not an e-mail address.'));

export const longestPassword = 200;

export const passwordSchema = z
  .string()
  .min(10, 'Use at least 10 characters.')
  .max(longestPassword, `Use at most ${longestPassword} characters.`);

export type SignUpResult =
  | { readonly kind: 'saved' }
  | { readonly kind: 'email-taken' }
  | { readonly kind: 'has-account' };

/** Whether an account has this e-mail, so that a stranger who asks in vain is not made a guest first. */
export async function isEmailTaken(email: string): Promise<boolean> {
  const db = await database();
  return (await db.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

/** Adds e-mail and password to a user who has none. */
export async function signUp(userId: string, email: string, password: string): Promise<SignUpResult> {
  const db = await database();
  const passwordHash = await hashPassword(password);
  try {
    const { count } = await db.user.updateMany({ where: { id: userId, email: null }, data: { email, passwordHash } });
    return count === 1 ? { kind: 'saved' } : { kind: 'has-account' };
  } catch (error) {
    if ((error as { code?: string }).code === 'P2002') return { kind: 'email-taken' };
    throw error;
  }
}

export type SignInResult =
  | { readonly kind: 'signed-in'; readonly userId: string; readonly email: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled' };

/** Checks e-mail and password. Does not say which of the two was wrong. */
export async function checkPassword(email: string, password: string, now: number): Promise<SignInResult> {
  if (isThrottled(email, now)) return { kind: 'throttled' };
  noteTry(email, now);
  const db = await database();
  const user = await db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  if (await verifyPassword(password, user?.passwordHash ?? null)) {
    forgive(email);
    return { kind: 'signed-in', userId: user?.id ?? '', email };
  }
  return { kind: 'wrong' };
}

/** The user of a GitHub or Google identity: the one it belongs to, else this browser's guest, else a new user. */
export async function userOfOAuth(
  identity: { readonly provider: string; readonly providerAccountId: string; readonly name: string | null },
  currentUserId: string | null,
): Promise<string> {
  const db = await database();
  const { provider, providerAccountId, name } = identity;
  const key = { provider_providerAccountId: { provider, providerAccountId } };
  const known = await db.oAuthAccount.findUnique({ where: key, select: { userId: true } });
  if (known) {
    if (currentUserId) await carryOver(currentUserId, known.userId);
    return known.userId;
  }
  return db.$transaction(async (transaction) => {
    // Only a guest takes on an identity by signing in with it; somebody with an account keeps it apart.
    const isNew = currentUserId !== null && (await isGuest(transaction, currentUserId));
    const current = isNew ? await transaction.user.findUnique({ where: { id: currentUserId } }) : null;
    const user = current ?? (await transaction.user.create({ data: { id: randomUUID(), name } }));
    if (!user.name && name) await transaction.user.update({ where: { id: user.id }, data: { name } });
    await transaction.oAuthAccount.create({ data: { provider, providerAccountId, userId: user.id } });
    return user.id;
  });
}

async function isGuest(db: Transaction, userId: string): Promise<boolean> {
  const user = await db.user.findUnique({
    where: { id: userId },
    select: { email: true, _count: { select: { accounts: true } } },
  });
  return user !== null && user.email === null && user._count.accounts === 0;
}

/** Thousands of reviews take a second or two, and signing in must not fail for a diligent guest on a slow machine. */
const patience = { timeout: 60_000, maxWait: 10_000 };

/** Moves what a guest of this browser has learned into an account, and removes the guest. Does nothing for anybody else. */
export async function carryOver(guestId: string, accountId: string): Promise<void> {
  const db = await database();
  if (guestId === accountId) return;
  await db.$transaction(async (transaction) => {
    if (!(await isGuest(transaction, guestId))) return;
    const cardIds = await transaction.cardState.findMany({ where: { userId: guestId }, select: { cardId: true } });
    for (const { cardId } of cardIds) await mergeCard(transaction, guestId, accountId, cardId);
    const move = { where: { userId: guestId }, data: { userId: accountId } };
    await transaction.quizAnswer.updateMany(move);
    await transaction.attempt.updateMany(move);
    await transaction.prediction.updateMany(move);
    for (const { slug, at } of await transaction.lessonRead.findMany({ where: { userId: guestId } })) {
      await keepReading(transaction, accountId, slug, at);
    }
    await carryLevels(transaction, guestId, accountId);
    await transaction.user.delete({ where: { id: guestId } });
  }, patience);
}

async function mergeCard(transaction: Transaction, guestId: string, accountId: string, cardId: string): Promise<void> {
  const rows = await transaction.reviewLog.findMany({
    where: { cardId, userId: { in: [guestId, accountId] } },
    orderBy: [{ at: 'asc' }, { version: 'asc' }],
  });
  const events = rows.map(eventOf);
  const memory = fold(cardId, events);
  // Versions are numbered anew in two steps, since (user, card, version) is unique at every moment.
  for (const [at, row] of rows.entries()) {
    await transaction.reviewLog.update({ where: { id: row.id }, data: { userId: accountId, version: -1 - at } });
  }
  for (const [at, row] of rows.entries()) {
    await transaction.reviewLog.update({ where: { id: row.id }, data: { version: at + 1 } });
  }
  if (!memory) return;
  const state = { version: rows.length, ...columnsOf(memory), aside: isAside(events) };
  await transaction.cardState.upsert({
    where: { userId_cardId: { userId: accountId, cardId } },
    create: { userId: accountId, cardId, ...state },
    update: state,
  });
}
