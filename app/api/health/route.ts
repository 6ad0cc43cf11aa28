import { database } from '#lib/server/db.ts';

export const dynamic = 'force-dynamic';

/** For whoever watches the server: is it up, and does its database answer? */
export async function GET() {
  const version = process.env.FENCEPOST_VERSION ?? 'unknown';
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const db = await database();
    await db.user.findFirst({ select: { id: true } });
    return Response.json({ ok: true, version, database: 'answers' }, { headers });
  } catch {
    return Response.json({ ok: false, version, database: 'does not answer' }, { status: 503, headers });
  }
}
