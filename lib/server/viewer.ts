// Who is asking. Every read and every write starts here.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { cache } from 'react';
import { database } from './db.ts';
import { renewSession, sessionUserId, startSession } from './session.ts';

export type Viewer = {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly guest: boolean;
};

/** The viewer of this request, or null for somebody who has not kept anything yet. */
export const viewer = cache(async (): Promise<Viewer | null> => {
  const id = await sessionUserId();
  if (!id) return null;
  const db = await database();
  const user = await db.user.findUnique({
    where: { id },
    select: { id: true, email: true, name: true, _count: { select: { accounts: true } } },
  });
  if (!user) return null;
  const { _count, ...rest } = user;
  return { ...rest, guest: rest.email === null && _count.accounts === 0 };
});

/** The viewer, made a guest at the first thing worth keeping. */
export async function viewerOrGuest(): Promise<Viewer> {
  const known = await viewer();
  if (known) {
    await renewSession(Date.now());
    return known;
  }
  const db = await database();
  const { id } = await db.user.create({ data: { id: randomUUID() }, select: { id: true } });
  await startSession(id);
  return { id, email: null, name: null, guest: true };
}
