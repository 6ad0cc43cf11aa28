'use client';
// The mark beside a lesson that was read. Its place is kept while it is not known.
import { useMe } from '#components/shell/use-me.ts';

export function ReadTick({ slug }: { slug: string }) {
  const isRead = useMe()?.read.includes(slug) === true;
  return <span className="inline-block w-12 text-right text-sm text-muted">{isRead ? 'Read' : ''}</span>;
}
