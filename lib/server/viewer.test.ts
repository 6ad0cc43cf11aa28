// Who is asking: told by a signed cookie and by nothing else. And the door of every server action, which lets nobody become
// anybody before the input was understood.
import { randomUUID } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { action } from './action.ts';
import { openSite, type Site, sessionCookie } from './fresh-site.ts';
import { renewSession, sessionUserId, startSession } from './session.ts';
import { type Viewer, viewer, viewerOrGuest } from './viewer.ts';

vi.mock('next/headers', async () => (await import('./fresh-site.ts')).headers);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(() => site.cookies.clear());

const secret = () => process.env.NEXTAUTH_SECRET!;
const cookieOf = (sub: string, more: object = {}) => encode({ token: { sub, ...more }, secret: secret() });

describe('the viewer', () => {
  test('is nobody without a cookie, and looking makes no guest', async () => {
    const before = await site.everything();
    expect(await viewer()).toBeNull();
    expect(await site.everything()).toEqual(before);
    expect(site.cookies.size).toBe(0);
  });

  test('is the user that the signed cookie names', async () => {
    const id = await site.newUser();
    await startSession(id);
    expect(await viewer()).toEqual({ id, email: null, name: null, guest: true });
  });

  test('is no guest with an e-mail, or with an identity from outside', async () => {
    const [byEmail, byGitHub] = [await site.newUser(), await site.newUser()];
    await site.db.user.update({ where: { id: byEmail }, data: { email: 'ada@example.org', name: 'Ada' } });
    await site.db.oAuthAccount.create({ data: { provider: 'github', providerAccountId: '1', userId: byGitHub } });
    await startSession(byEmail);
    expect(await viewer()).toEqual({ id: byEmail, email: 'ada@example.org', name: 'Ada', guest: false });
    await startSession(byGitHub);
    expect(await viewer()).toMatchObject({ guest: false });
  });

  test('is never told more than this: the hash of a password stays where it is', async () => {
    const id = await site.newUser();
    await site.db.user.update({ where: { id }, data: { passwordHash: 'scrypt$…' } });
    await startSession(id);
    expect(Object.keys((await viewer())!).sort()).toEqual(['email', 'guest', 'id', 'name']);
  });
});

describe('a cookie that proves nothing names nobody', () => {
  const forgeries: readonly (readonly [string, (id: string) => Promise<string> | string])[] = [
    ['the bare id', (id) => id],
    ['garbage', () => 'garbage.garbage.garbage.garbage.garbage'],
    ['nothing', () => ''],
    ['a very long text', () => 'x'.repeat(100_000)],
    ['a token made with another secret', (id) => encode({ token: { sub: id }, secret: 'the secret of another site' })],
    ['a token that has run out', (id) => encode({ token: { sub: id }, secret: secret(), maxAge: -60 })],
    ['a token with its end cut off', async (id) => (await cookieOf(id)).slice(0, -4)],
    [
      'an unsigned token',
      (id) => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none' })}.${part({ sub: id })}.`;
      },
    ],
    ['a token that names nobody', () => encode({ token: {}, secret: secret() })],
  ];

  test.each(forgeries)('%s', async (_, forge) => {
    site.cookies.set(sessionCookie, await forge(await site.newUser()));
    expect(await sessionUserId()).toBeNull();
    expect(await viewer()).toBeNull();
  });

  test('a good cookie under another name', async () => {
    site.cookies.set('session', await cookieOf(await site.newUser()));
    expect(await viewer()).toBeNull();
  });

  test('a good cookie of a user who was deleted; the next thing worth keeping makes a new guest', async () => {
    const id = await site.newUser();
    await startSession(id);
    await site.db.user.delete({ where: { id } });
    expect(await viewer()).toBeNull();
    const fresh = await viewerOrGuest();
    expect(fresh.id).not.toBe(id);
    expect(await viewer()).toEqual(fresh);
  });
});

describe('a session', () => {
  test('holds the user’s id, and no name or address', async () => {
    await startSession('somebody');
    const token = site.cookies.get(sessionCookie)!;
    const { sub, iat, exp, jti, ...rest } = (await decode({ token, secret: secret() }))!;
    expect(sub).toBe('somebody');
    expect(rest).toEqual({});
  });

  test('gets a new term once a day when something is kept, so that it ends half a year after the last visit', async () => {
    const id = await site.newUser();
    await startSession(id);
    const first = site.cookies.get(sessionCookie);
    const { iat } = (await decode({ token: first, secret: secret() })) as { iat: number };
    await renewSession(iat * 1000 + 60 * 60_000);
    expect(site.cookies.get(sessionCookie)).toBe(first);
    await renewSession(iat * 1000 + 25 * 60 * 60_000);
    expect(site.cookies.get(sessionCookie)).not.toBe(first);
    expect(await sessionUserId()).toBe(id);
  });

  test('of nobody is not renewed', async () => {
    await renewSession(Date.now());
    expect(site.cookies.size).toBe(0);
  });

  test('cannot be read without the secret', async () => {
    await startSession('somebody');
    const parts = site.cookies.get(sessionCookie)!.split('.');
    for (const part of parts) expect(Buffer.from(part, 'base64url').toString()).not.toContain('somebody');
  });
});

describe('somebody without a session', () => {
  test('becomes a guest once, and stays that guest', async () => {
    const users = await site.db.user.count();
    const guest = await viewerOrGuest();
    expect(guest).toMatchObject({ email: null, guest: true });
    expect(await viewerOrGuest()).toEqual(guest);
    expect(await viewer()).toEqual(guest);
    expect(await site.db.user.count()).toBe(users + 1);
  });
});

describe('a server action', () => {
  const seen: { viewer: Viewer; input: unknown }[] = [];
  const schema = z.strictObject({ id: z.uuid(), grade: z.literal([1, 2]).default(1) });
  const run = action(schema, async (who, input) => {
    seen.push({ viewer: who, input });
    return { kind: 'done' as const };
  });
  const refusing = action(
    schema,
    async () => ({ kind: 'done' as const }),
    () => ({ kind: 'refused' as const }),
  );
  beforeEach(() => void seen.splice(0));

  test('gets the viewer and the input as the schema reads it', async () => {
    const [user, id] = [await site.newUser(), randomUUID()];
    await startSession(user);
    expect(await run({ id })).toEqual({ kind: 'done' });
    expect(seen).toMatchObject([{ viewer: { id: user }, input: { id, grade: 1 } }]);
  });

  test('makes a guest of a newcomer whose input is good', async () => {
    await run({ id: randomUUID() });
    expect(seen[0]?.viewer).toEqual(await viewer());
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a list', []],
    ['an empty object', {}],
    ['a field too many', { id: randomUUID(), admin: true }],
    ['a number out of range', { id: randomUUID(), grade: 3 }],
    ['an id that is none', { id: "' OR 1=1 --" }],
    ['a map', new Map([['id', randomUUID()]])],
    ['a promise', Promise.resolve({ id: randomUUID() })],
  ])('answers %s as bad input: nothing runs, nobody becomes a guest', async (_, input) => {
    const before = await site.everything();
    const result = await run(input as never);
    expect(result).toMatchObject({ kind: 'bad-input', message: expect.any(String) });
    expect(seen).toEqual([]);
    expect(site.cookies.size).toBe(0);
    expect(await site.everything()).toEqual(before);
  });

  test('says which field was not understood', async () => {
    const result = await run({ id: 'x', grade: 2 });
    expect(result).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/^id: /) });
  });

  test('that refuses what it understood makes nobody a guest either', async () => {
    const before = await site.everything();
    expect(await refusing({ id: randomUUID() })).toEqual({ kind: 'refused' });
    expect(await site.everything()).toEqual(before);
    expect(site.cookies.size).toBe(0);
  });
});
