import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/account/sign-in-form.tsx';
import { SendWaiting } from '#components/review/send-waiting.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { outsideProviders } from '#lib/server/auth.ts';
import { viewer } from '#lib/server/viewer.ts';
import { reviewCard } from '../review/actions.ts';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ error?: string | string[] }> }) {
  const who = await viewer();
  if (who && !who.guest) redirect('/account');
  const { error } = await searchParams;
  return (
    <article className="page">
      <PageHeader title="Sign in">
        <p>
          {who ? 'What you have done in this browser is added to your account.' : 'Your progress, on this device too.'}
        </p>
      </PageHeader>
      {who && <SendWaiting viewerId={who.id} send={reviewCard} />}
      <SignInForm providers={outsideProviders()} error={typeof error === 'string' ? error : null} />
      <p className="mt-4">
        No account yet? <Link href="/sign-up">Create one</Link>; what you have done so far stays yours.
      </p>
    </article>
  );
}
