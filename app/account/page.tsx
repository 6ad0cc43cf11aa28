import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignOutButton } from '#components/account/sign-out-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { today } from '#lib/server/progress.ts';
import { viewer } from '#lib/server/viewer.ts';

export const metadata: Metadata = { title: 'Account' };
export const dynamic = 'force-dynamic';

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ new?: string | string[] }> }) {
  const who = await viewer();
  if (!who || who.guest) redirect('/sign-in');
  const state = await today(who.id, Date.now());
  const isNew = (await searchParams).new !== undefined;
  return (
    <article className="page">
      <PageHeader title="Account">
        {isNew && (
          <p role="status">Your account is ready. Sign in with it on any other device to find all of this there.</p>
        )}
      </PageHeader>
      <dl className="mb-8 max-w-[42rem] border-t border-line [&>div]:grid [&>div]:gap-x-6 [&>div]:border-b [&>div]:border-line [&>div]:py-3 sm:[&>div]:grid-cols-[9rem_1fr] [&_dt]:text-muted">
        <div>
          <dt>Signed in as</dt>
          <dd>{who.email ?? who.name}</dd>
        </div>
        <div>
          <dt>Cards</dt>
          <dd>
            {state.inDeck} in your deck, {state.due} due. <Link href="/review">Review</Link>
          </dd>
        </div>
        <div>
          <dt>Lessons read</dt>
          <dd>{state.read.length}</dd>
        </div>
        <div>
          <dt>Quiz questions</dt>
          <dd>{state.answered} answered</dd>
        </div>
        <div>
          <dt>Practice</dt>
          <dd>
            {state.attempts} {state.attempts === 1 ? 'attempt' : 'attempts'} saved.{' '}
            <Link href="/practice">Practise</Link>
          </dd>
        </div>
      </dl>
      <SignOutButton />
    </article>
  );
}
