// The session cookie is next-auth's own signed and encrypted token. Guests get the same kind of cookie as people with an account,
// so signing up changes the user's row and not who the browser is.
import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { env } from '#lib/env.ts';

/** Half a year, in seconds: an interview takes weeks to prepare for, and a guest has no other key to their progress. */
export const sessionSeconds = 180 * 24 * 60 * 60;

function cookieName(): string {
  return `${isSecure() ? '__Secure-' : ''}next-auth.session-token`;
}

function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith('https://');
}

type Session = { readonly userId: string; readonly startedAtMs: number };

async function session(): Promise<Session | null> {
  const token = (await cookies()).get(cookieName())?.value;
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    return claims?.sub ? { userId: claims.sub, startedAtMs: Number(claims.iat ?? 0) * 1000 } : null;
  } catch {
    // A cookie from another installation, or one that somebody changed.
    return null;
  }
}

/** Who the request's cookie names, or null. Says nothing about whether that user still exists. */
export async function sessionUserId(): Promise<string | null> {
  return (await session())?.userId ?? null;
}

const renewAfterMs = 24 * 60 * 60_000;

/** Gives somebody who is here a new term once a day, so that a session ends half a year after the last visit, not the first. */
export async function renewSession(now: number): Promise<void> {
  const current = await session();
  if (current && now - current.startedAtMs > renewAfterMs) await startSession(current.userId);
}

/** Makes this browser the user's. Only a server action or a route handler may call it. */
export async function startSession(userId: string): Promise<void> {
  const token = await encode({ token: { sub: userId }, secret: env().NEXTAUTH_SECRET, maxAge: sessionSeconds });
  (await cookies()).set(cookieName(), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge: sessionSeconds,
  });
}
