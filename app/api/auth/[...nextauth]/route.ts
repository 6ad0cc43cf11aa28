import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/server/auth.ts';
import { sessionUserId } from '#lib/server/session.ts';

async function handler(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  return NextAuth(request, context, authOptions(await sessionUserId()));
}

export { handler as GET, handler as POST };
