// Saved answers of the practice pages. Every function takes the viewer's id and looks no further than that viewer's rows. The
// paragraph is put together here and kept, so that an old attempt reads as it was said even if the template changes.
import 'server-only';
import { questionById } from '#lib/content/questions.ts';
import { parseBlanks } from '#lib/practice/blanks-url.ts';
import { assemble, type Blanks } from '#lib/practice/template.ts';
import { database } from './db.ts';

export type SaveResult =
  | { readonly kind: 'saved'; readonly id: string; readonly questionId: string }
  | { readonly kind: 'no-such-question' }
  /** This id already stands for another answer, which stays as it is. */
  | { readonly kind: 'id-taken' };

export type Attempt = {
  readonly id: string;
  readonly questionId: string;
  readonly blanks: Blanks;
  readonly paragraph: string;
  readonly seconds: number;
  readonly ticked: readonly number[];
  readonly at: Date;
};

export type TickResult = { readonly kind: 'saved' } | { readonly kind: 'no-such-attempt' };

/** How a learner stands with one question. `best` is null until a point was ticked in some attempt. */
export type Standing = { readonly attempts: number; readonly best: number | null; readonly last: Date };

type Row = {
  id: string;
  questionId: string;
  blanks: string;
  paragraph: string;
  seconds: number;
  ticked: string;
  createdAt: Date;
};

function toJson(blanks: Blanks): string {
  const { useCase, lock, reason, ttlSeconds, heartbeatSeconds, fencing, notes } = blanks;
  // The names and order of the address, so that one reader serves both and equal answers are equal text.
  return JSON.stringify({ useCase, lock, reason, ttl: ttlSeconds, heartbeat: heartbeatSeconds, fencing, notes });
}

function fromJson(text: string): Blanks {
  const kept = JSON.parse(text) as Record<string, unknown>;
  return parseBlanks(
    Object.fromEntries(
      Object.entries(kept).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
    ),
  );
}

function fromRow({ blanks, ticked, createdAt, ...row }: Row): Attempt {
  return { ...row, blanks: fromJson(blanks), ticked: JSON.parse(ticked) as number[], at: createdAt };
}

const columns = {
  id: true,
  questionId: true,
  blanks: true,
  paragraph: true,
  seconds: true,
  ticked: true,
  createdAt: true,
} as const;

/** Keeps an answer. `id` is made by the client; saving it again changes nothing. */
export async function saveAttempt(
  userId: string,
  input: { id: string; questionId: string; blanks: Blanks; seconds: number },
  now: number,
): Promise<SaveResult> {
  const question = questionById(input.questionId);
  if (!question) return { kind: 'no-such-question' };
  const blanks = toJson(input.blanks);
  const db = await database();
  const kept = await db.attempt.upsert({
    where: { id: input.id },
    create: {
      id: input.id,
      userId,
      questionId: question.id,
      blanks,
      paragraph: assemble(input.blanks, question.words),
      seconds: input.seconds,
      createdAt: new Date(now),
    },
    update: {},
    select: { userId: true, questionId: true, blanks: true },
  });
  const same = kept.userId === userId && kept.questionId === question.id && kept.blanks === blanks;
  return same ? { kind: 'saved', id: input.id, questionId: question.id } : { kind: 'id-taken' };
}

export async function attemptOf(userId: string, questionId: string, id: string): Promise<Attempt | null> {
  const db = await database();
  const row = await db.attempt.findFirst({ where: { id, userId, questionId }, select: columns });
  return row && fromRow(row);
}

/** The learner's attempts at one question, newest first. */
export async function attemptsAt(userId: string, questionId: string): Promise<readonly Attempt[]> {
  const db = await database();
  const rows = await db.attempt.findMany({
    where: { userId, questionId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 20,
    select: columns,
  });
  return rows.map(fromRow);
}

export async function standings(userId: string): Promise<Readonly<Record<string, Standing>>> {
  const db = await database();
  const rows = await db.attempt.findMany({
    where: { userId },
    select: { questionId: true, ticked: true, createdAt: true },
  });
  const found: Record<string, Standing> = {};
  for (const row of rows) {
    const points = (JSON.parse(row.ticked) as number[]).length;
    const before = found[row.questionId];
    const best = Math.max(before?.best ?? 0, points);
    found[row.questionId] = {
      attempts: (before?.attempts ?? 0) + 1,
      best: best === 0 ? null : best,
      last: before && before.last > row.createdAt ? before.last : row.createdAt,
    };
  }
  return found;
}

/** Keeps which points of the rubric the learner found in the answer; replaces what was kept before. */
export async function tickPoints(userId: string, id: string, ticked: readonly number[]): Promise<TickResult> {
  const db = await database();
  const attempt = await db.attempt.findFirst({ where: { id, userId }, select: { questionId: true } });
  if (!attempt) return { kind: 'no-such-attempt' };
  const points = questionById(attempt.questionId)?.points.length ?? 0;
  const known = [...new Set(ticked)].filter((at) => at < points).sort((a, b) => a - b);
  const { count } = await db.attempt.updateMany({ where: { id, userId }, data: { ticked: JSON.stringify(known) } });
  return count === 1 ? { kind: 'saved' } : { kind: 'no-such-attempt' };
}
