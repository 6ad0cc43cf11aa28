'use client';
// Shown when a page fails to render. Nothing that was saved is affected.
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <article className="page">
      <PageHeader title="This page could not be shown">
        <p>Something failed on our side. What you had saved is still saved.</p>
      </PageHeader>
      <Button variant="primary" onClick={reset}>
        Try again
      </Button>
      {error.digest && (
        <p className="mt-6 text-sm text-muted">If it keeps failing, report this number: {error.digest}</p>
      )}
    </article>
  );
}
