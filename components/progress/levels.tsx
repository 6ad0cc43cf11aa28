// How far somebody is in the campaign: one line for each of its parts, with a bar for the eye and the first level that is still open.
import Link from 'next/link';

export type CampaignPart = {
  readonly name: string;
  readonly href: string;
  /** What has become of a level that was won: 'repaired'. */
  readonly done: string;
  readonly won: number;
  readonly of: number;
  /** The first level that is not won yet. */
  readonly next: { readonly href: string; readonly title: string } | null;
};

export function Levels({ parts }: { parts: readonly CampaignPart[] }) {
  return (
    <ul className="max-w-[42rem] border-t border-ink">
      {parts.map(({ name, href, done, won, of, next }) => (
        <li key={href} className="border-b border-line py-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-6">
            <Link href={href} className="font-[560]">
              {name}
            </Link>
            <span className="tabular-nums">
              {won} of {of} {done}
            </span>
          </p>
          <svg aria-hidden="true" viewBox={`0 0 ${of} 1`} preserveAspectRatio="none" className="mt-2 h-1 w-full">
            <rect width={of} height={1} fill="var(--line)" />
            <rect width={won} height={1} fill="var(--ink)" />
          </svg>
          <p className="mt-1.5 text-[0.9375rem] text-muted">
            {next ? (
              <>
                {won === 0 ? 'Begin with' : 'Next'}: <Link href={next.href}>{next.title}</Link>
              </>
            ) : (
              'All of them.'
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
