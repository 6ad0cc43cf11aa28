'use client';
// E-mail and a password, nothing else.
import Link from 'next/link';
import { type ReactNode, useActionState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from './field.tsx';

type State = { readonly email: string; readonly errors: { email?: string; password?: string; form?: string } };

const wayIn = 'Sign in instead';

/** An error that says to sign in also leads there. */
function withWayIn(error: string | undefined): ReactNode {
  if (!error?.includes(wayIn)) return error;
  const [before, after] = error.split(wayIn);
  return (
    <>
      {before}
      <Link href="/sign-in">{wayIn}</Link>
      {after}
    </>
  );
}

export function SignUpForm({ create }: { create: (before: State, form: FormData) => Promise<State> }) {
  const [state, submit, busy] = useActionState(create, { email: '', errors: {} });
  return (
    <form action={submit} className="max-w-96 space-y-5">
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={state.email}
        error={withWayIn(state.errors.email)}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        hint="At least 10 characters."
        error={state.errors.password}
      />
      <Button type="submit" variant="primary" disabled={busy}>
        Create the account
      </Button>
      <p role="alert" className="font-[560]">
        {state.errors.form}
      </p>
    </form>
  );
}
