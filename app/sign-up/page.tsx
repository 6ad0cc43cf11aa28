import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignUpForm } from '#components/account/sign-up-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { viewer } from '#lib/server/viewer.ts';
import { createAccount } from './actions.ts';

export const metadata: Metadata = { title: 'Create an account' };
export const dynamic = 'force-dynamic';

export default async function SignUpPage() {
  const who = await viewer();
  if (who && !who.guest) redirect('/account');
  return (
    <article className="page">
      <PageHeader title="Create an account">
        <p>
          {who
            ? 'What you have done so far becomes part of it.'
            : 'It carries your progress from one device to another.'}{' '}
          No e-mail will be sent.
        </p>
      </PageHeader>
      <SignUpForm create={createAccount} />
      <p className="mt-8">
        You have one already? <Link href="/sign-in">Sign in</Link>.
      </p>
    </article>
  );
}
