'use server';
// Adds an account to whoever is here: the same user, so nothing is lost. A form post, so that it works before any script runs.
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { emailSchema, isEmailTaken, passwordSchema, signUp } from '#lib/server/account.ts';
import { startSession } from '#lib/server/session.ts';
import { viewerOrGuest } from '#lib/server/viewer.ts';

export type SignUpState = {
  readonly email: string;
  readonly errors: { readonly email?: string; readonly password?: string; readonly form?: string };
};

const input = z.object({ email: emailSchema, password: passwordSchema });

export async function createAccount(_before: SignUpState, form: FormData): Promise<SignUpState> {
  // An action is a public address: what arrives need not be a form.
  const read = (name: string) => (form instanceof FormData ? form.get(name) : null);
  const typed = { email: read('email'), password: read('password') };
  const email = typeof typed.email === 'string' ? typed.email.slice(0, 300) : '';
  const parsed = input.safeParse(typed);
  if (!parsed.success) {
    const { fieldErrors } = z.flattenError(parsed.error);
    return { email, errors: { email: fieldErrors.email?.[0], password: fieldErrors.password?.[0] } };
  }
  const taken = { email, errors: { email: 'There is already an account with this e-mail. Sign in instead.' } };
  if (await isEmailTaken(parsed.data.email)) return taken;
  const who = await viewerOrGuest();
  const result = await signUp(who.id, parsed.data.email, parsed.data.password);
  // Somebody else may have taken it since we looked.
  if (result.kind === 'email-taken') return taken;
  if (result.kind === 'has-account') {
    return { email, errors: { form: 'You are signed in to an account already. Sign out first to make another.' } };
  }
  await startSession(who.id);
  redirect('/account?new=1');
}
