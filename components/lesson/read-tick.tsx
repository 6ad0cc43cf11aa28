'use client';
// The mark beside a lesson that was read. Its place is kept while it is not known; what is said of few lessons stands in the room
// between two rows, so that nothing moves for it.
import { useMe } from '#components/shell/use-me.ts';

export function ReadTick({ slug }: { slug: string }) {
  const me = useMe();
  const isRead = me?.read.includes(slug) === true;
  return (
    <>
      <span className="inline-block w-12 text-right text-sm text-muted">{isRead ? 'Read' : ''}</span>
      {me?.changed[slug] && (
        <span className="absolute right-0 bottom-1 text-[0.8125rem] leading-4 font-[550] text-ink">
          changed since you read it
        </span>
      )}
    </>
  );
}
