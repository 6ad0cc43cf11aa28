'use client';
// Signing out leaves nothing of the learner in the browser: what was typed and not saved goes before the session does.
import { signOut } from 'next-auth/react';
import { dropAllDrafts } from '#components/practice/draft.ts';
import { Button } from '#components/ui/button.tsx';

export function SignOutButton() {
  const leave = () => {
    dropAllDrafts();
    void signOut({ callbackUrl: '/' });
  };
  return <Button onClick={leave}>Sign out</Button>;
}
