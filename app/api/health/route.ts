import { allLessons } from '#lib/content/lessons.ts';
import { database } from '#lib/server/db.ts';

export const dynamic = 'force-dynamic';

/**
 * For whoever watches the server: is it up, does its database answer, and is the course there? The first answer waits for the course
 * to be read, so that no learner has to.
 */
export async function GET() {
  const version = process.env.FENCEPOST_VERSION ?? 'unknown';
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const db = await database();
    await db.user.findFirst({ select: { id: true } });
  } catch {
    return Response.json({ ok: false, version, database: 'does not answer' }, { status: 503, headers });
  }
  return Response.json({ ok: true, version, database: 'answers', lessons: allLessons().length }, { headers });
}
