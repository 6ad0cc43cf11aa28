'use client';
// Signing in, through next-auth. The page is loaded anew afterwards, since everything on it may be somebody else's now.
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from './field.tsx';

const messages: Record<string, string> = {
  CredentialsSignin: 'Wrong e-mail or password. Check both and try again.',
  Throttled: 'Too many wrong passwords for this e-mail. Wait a quarter of an hour, then try again.',
  OAuthCallback: 'The other site did not confirm who you are. Try again.',
  OAuthSignin: 'The other site could not be reached. Try again.',
  AccessDenied: 'The other site refused. You can sign in with e-mail and password instead.',
};

const messageFor = (code: string) => messages[code] ?? 'Signing in failed. Try again.';

export function SignInForm({
  providers,
  error: firstError,
}: {
  providers: readonly { readonly id: string; readonly name: string }[];
  error: string | null;
}) {
  const [error, setError] = useState(firstError && messageFor(firstError));
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const result = await signIn('credentials', {
        email: form.get('email'),
        password: form.get('password'),
        redirect: false,
      });
      if (result?.ok) return window.location.assign('/');
      setError(messageFor(result?.error ?? ''));
    } catch {
      setError('The server did not answer. Check your connection and try again.');
    }
    setBusy(false);
  }
  return (
    <>
      <form onSubmit={submit} className="max-w-96 space-y-5" method="post">
        <Field label="E-mail" name="email" type="email" autoComplete="username" required />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Signing in' : 'Sign in'}
        </Button>
        <p role="alert" className="min-h-6 font-[560]">
          {error}
        </p>
      </form>
      {providers.length > 0 && (
        <p className="mt-4 flex flex-wrap gap-3">
          {providers.map(({ id, name }) => (
            <Button key={id} onClick={() => signIn(id, { callbackUrl: '/' })}>
              Sign in with {name}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}
