// When a learner read which lesson, and what has changed in it since. A reading counts from the first time; it moves forward only
// when the lesson was corrected in between, so that each correction is told once.
import 'server-only';
import { allLessons, lessonBySlug } from '#lib/content/lessons.ts';
import { lastRevised, revisedSince } from '#lib/content/revised.ts';
import { database, type Transaction } from './db.ts';

/** Keeps that this learner read the lesson at this time. */
export async function keepReading(db: Transaction, userId: string, slug: string, at: Date): Promise<void> {
  await db.lessonRead.upsert({
    where: { userId_slug: { userId, slug } },
    create: { userId, slug, at },
    update: {},
  });
  const lesson = lessonBySlug(slug);
  const revised = lesson ? lastRevised(lesson) : null;
  if (revised === null || at < revised) return;
  await db.lessonRead.updateMany({ where: { userId, slug, at: { lt: revised } }, data: { at } });
}

/** The lessons that have changed since this learner read them, in the order of the course, each with the number of new corrections. */
export async function changedLessons(userId: string): Promise<Readonly<Record<string, number>>> {
  const db = await database();
  const rows = await db.lessonRead.findMany({ where: { userId }, select: { slug: true, at: true } });
  const readAt = new Map(rows.map(({ slug, at }) => [slug, at]));
  const counted = allLessons().map((lesson) => {
    const at = readAt.get(lesson.slug);
    return [lesson.slug, at ? revisedSince(lesson, at) : 0] as const;
  });
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
