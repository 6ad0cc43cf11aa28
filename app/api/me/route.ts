import { z } from 'zod';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { levelsWon } from '#lib/server/levels.ts';
import { keptCards, readSlugs } from '#lib/server/progress.ts';
import { newestAnswers } from '#lib/server/quiz-answers.ts';
import { changedLessons } from '#lib/server/reading.ts';
import { dueCount } from '#lib/server/reviews.ts';
import { viewer } from '#lib/server/viewer.ts';

export const dynamic = 'force-dynamic';

const query = z.object({ lesson: z.string().max(80).optional() });
const headers = { 'Cache-Control': 'private, no-store' };

/**
 * What static pages need to know about who is looking. With `?lesson=slug` also that lesson's answers. Never makes a guest.
 */
export async function GET(request: Request) {
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return Response.json({ kind: 'bad-input' }, { status: 400, headers });
  const who = await viewer();
  if (!who)
    return Response.json({ who: null, due: 0, read: [], changed: {}, kept: [], answers: [], levels: [] }, { headers });
  const lesson = asked.data.lesson === undefined ? undefined : lessonBySlug(asked.data.lesson);
  const [due, read, changed, kept, answers, levels] = await Promise.all([
    dueCount(who.id, Date.now()),
    readSlugs(who.id),
    changedLessons(who.id),
    keptCards(who.id, lesson?.slug),
    lesson
      ? newestAnswers(
          who.id,
          lesson.quizzes.map((quiz) => quiz.id),
        )
      : [],
    levelsWon(who.id),
  ]);
  const name = who.name ?? who.email;
  return Response.json({ who: { name, guest: who.guest }, due, read, changed, kept, answers, levels }, { headers });
}
