// next-auth's settings. Sessions are its signed tokens and hold nothing but the user's id. GitHub and Google appear when their
// variables are set.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import GitHub from 'next-auth/providers/github';
import Google from 'next-auth/providers/google';
import { env } from '#lib/env.ts';
import { carryOver, checkPassword, emailSchema, longestPassword, userOfOAuth } from './account.ts';
import { sessionSeconds } from './session.ts';

export type OutsideProvider = { readonly id: 'github' | 'google'; readonly name: string };

/** The providers that the sign-in page offers beside e-mail and password. */
export function outsideProviders(): readonly OutsideProvider[] {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET } = env();
  return [
    ...(GITHUB_ID && GITHUB_SECRET ? [{ id: 'github', name: 'GitHub' } as const] : []),
    ...(GOOGLE_ID && GOOGLE_SECRET ? [{ id: 'google', name: 'Google' } as const] : []),
  ];
}

/** Settings for one request. `currentUserId` is who this browser was before, whose progress is to be kept. */
export function authOptions(currentUserId: string | null): NextAuthOptions {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET, NEXTAUTH_SECRET } = env();
  const password = Credentials({
    credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
    async authorize(credentials) {
      const email = emailSchema.safeParse(credentials?.email);
      // Longer than any password that could have been set: not worth a hash.
      if (!email.success || !credentials?.password || credentials.password.length > longestPassword) return null;
      const result = await checkPassword(email.data, credentials.password, Date.now());
      if (result.kind === 'throttled') throw new Error('Throttled');
      if (result.kind === 'wrong') return null;
      if (currentUserId) await carryOver(currentUserId, result.userId);
      return { id: result.userId };
    },
  });
  return {
    secret: NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      password,
      ...(GITHUB_ID && GITHUB_SECRET ? [GitHub({ clientId: GITHUB_ID, clientSecret: GITHUB_SECRET })] : []),
      ...(GOOGLE_ID && GOOGLE_SECRET ? [Google({ clientId: GOOGLE_ID, clientSecret: GOOGLE_SECRET })] : []),
    ],
    callbacks: {
      async jwt({ token, user, account }) {
        // Only at sign-in is there an account; later calls just renew the token.
        if (!account) return { sub: token.sub };
        if (account.type === 'credentials') return { sub: user.id };
        const { provider, providerAccountId } = account;
        const sub = await userOfOAuth({ provider, providerAccountId, name: user.name ?? null }, currentUserId);
        return { sub };
      },
    },
  };
}
