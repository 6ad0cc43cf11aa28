// Attempts against a real SQLite file: an id saves once, and nobody reaches another's answers.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { assemble, type Blanks, emptyBlanks } from '#lib/practice/template.ts';
import { attemptOf, attemptsAt, saveAttempt, standings, tickPoints } from './attempts.ts';
import { type Database, openDatabase } from './db.ts';

let db: Database;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fencepost-attempts-'));

vi.mock('./db.ts', async (original) => {
  const real = await original<typeof import('./db.ts')>();
  return { ...real, database: async () => db };
});

beforeAll(async () => {
  const file = path.join(folder, 'test.db');
  const { execFileSync } = await import('node:child_process');
  execFileSync(process.execPath, [path.join('prisma', 'migrate.mjs'), file], { stdio: 'ignore' });
  db = await openDatabase(`file:${file}`);
});

afterAll(async () => {
  await db.$disconnect();
  rmSync(folder, { recursive: true, force: true });
});

const newUser = async () => (await db.user.create({ data: { id: randomUUID() } })).id;

const blanks: Blanks = {
  ...emptyBlanks,
  useCase: 'selling each seat once',
  lock: 'redis',
  reason: 'it is fast;\nand we have it',
  ttlSeconds: 30,
  heartbeatSeconds: 0,
  fencing: 'none',
};
const answer = (more: Partial<{ id: string; questionId: string; blanks: Blanks; seconds: number }> = {}) => ({
  id: randomUUID(),
  questionId: 'booking',
  blanks,
  seconds: 61,
  ...more,
});

test('an attempt comes back as it was saved, with the paragraph that was said', async () => {
  const user = await newUser();
  const input = answer();
  expect(await saveAttempt(user, input, 1_000)).toEqual({ kind: 'saved', id: input.id, questionId: 'booking' });
  expect(await attemptOf(user, 'booking', input.id)).toEqual({
    id: input.id,
    questionId: 'booking',
    blanks,
    paragraph: assemble(blanks, { resource: 'the seats table' }),
    seconds: 61,
    ticked: [],
    at: new Date(1_000),
  });
});

test('saving the same id twice, also at the same moment, keeps one attempt and its first words', async () => {
  const user = await newUser();
  const input = answer();
  const results = await Promise.all([1, 2, 3].map((now) => saveAttempt(user, input, now)));
  expect(results.map((result) => result.kind)).toEqual(['saved', 'saved', 'saved']);
  const other = { ...input, blanks: { ...blanks, reason: 'something else' } };
  expect(await saveAttempt(user, other, 9)).toEqual({ kind: 'id-taken' });
  const kept = await attemptsAt(user, 'booking');
  expect(kept).toHaveLength(1);
  expect(kept[0]?.blanks.reason).toBe(blanks.reason);
});

test("another user's attempt can neither be read, nor ticked, nor overwritten", async () => {
  const [owner, stranger] = [await newUser(), await newUser()];
  const input = answer();
  await saveAttempt(owner, input, 1);
  expect(await attemptOf(stranger, 'booking', input.id)).toBeNull();
  expect(await attemptsAt(stranger, 'booking')).toEqual([]);
  expect(await tickPoints(stranger, input.id, [0])).toEqual({ kind: 'no-such-attempt' });
  expect(await saveAttempt(stranger, input, 2)).toEqual({ kind: 'id-taken' });
  expect(await standings(stranger)).toEqual({});
  expect((await attemptOf(owner, 'booking', input.id))?.ticked).toEqual([]);
});

test('an attempt is found under its own question only, and an unknown question keeps nothing', async () => {
  const user = await newUser();
  const input = answer();
  await saveAttempt(user, input, 1);
  expect(await attemptOf(user, 'payments', input.id)).toBeNull();
  expect(await saveAttempt(user, answer({ questionId: 'nope' }), 1)).toEqual({ kind: 'no-such-question' });
  expect(await db.attempt.count({ where: { userId: user } })).toBe(1);
});

test('ticks are kept in order and once each, and points that do not exist are left out', async () => {
  const user = await newUser();
  const input = answer();
  await saveAttempt(user, input, 1);
  expect(await tickPoints(user, input.id, [3, 0, 3, 40])).toEqual({ kind: 'saved' });
  expect((await attemptOf(user, 'booking', input.id))?.ticked).toEqual([0, 3]);
  expect(await tickPoints(user, input.id, [])).toEqual({ kind: 'saved' });
  expect((await attemptOf(user, 'booking', input.id))?.ticked).toEqual([]);
});

test('the standing counts attempts and takes the best and the latest', async () => {
  const user = await newUser();
  const [first, second] = [answer(), answer()];
  await saveAttempt(user, first, 1_000);
  await saveAttempt(user, second, 2_000);
  await saveAttempt(user, answer({ questionId: 'leader' }), 500);
  await tickPoints(user, first.id, [0, 1, 2]);
  await tickPoints(user, second.id, [5]);
  expect(await standings(user)).toEqual({
    booking: { attempts: 2, best: 3, last: new Date(2_000) },
    leader: { attempts: 1, best: null, last: new Date(500) },
  });
  expect((await attemptsAt(user, 'booking')).map((one) => one.id)).toEqual([second.id, first.id]);
});
