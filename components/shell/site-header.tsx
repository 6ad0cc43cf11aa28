'use client';
// The head of every page: the name, the six places, what one has come to, the theme and the account. It is small enough to need
// no menu on a phone.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { FindButton } from '#components/find/find-button.tsx';
import { AimedLink } from '#components/ui/aimed-link.tsx';
import { ThemeButton } from './theme.tsx';
import { useMe } from './use-me.ts';

const places = [
  { href: '/lessons', name: 'Lessons' },
  { href: '/demos', name: 'Demos' },
  { href: '/review', name: 'Review' },
  { href: '/quiz', name: 'Quiz' },
  { href: '/wizard', name: 'Wizard' },
  { href: '/practice', name: 'Practice' },
] as const;

function DueCount() {
  const me = useMe();
  if (!me || me.due === 0) return null;
  return (
    <span className="ml-1.5 text-[0.8125rem] tabular-nums">
      <span aria-hidden="true">{me.due}</span>
      <span className="sr-only">, {me.due} due</span>
    </span>
  );
}

/**
 * Only for somebody of whom something is known. It stands before the others, so that they do not move when it comes. A phone has no
 * room for it beside them; there the way leads over today's page and the levels.
 */
function Progress() {
  const me = useMe();
  const here = usePathname();
  if (!me?.who) return null;
  return (
    <Link
      href="/progress"
      prefetch={false}
      aria-current={here === '/progress' ? 'page' : undefined}
      className="inline-flex min-h-11 items-center text-sm text-muted no-underline hover:text-ink aria-[current]:text-ink max-sm:hidden"
    >
      Progress
    </Link>
  );
}

function Account() {
  const me = useMe();
  const here = usePathname();
  const hasAccount = me?.who && !me.who.guest;
  const href = hasAccount ? '/account' : '/sign-in';
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here === href ? 'page' : undefined}
      className="inline-flex min-h-11 items-center text-sm text-muted no-underline hover:text-ink aria-[current]:text-ink"
    >
      {hasAccount ? 'Account' : 'Sign in'}
    </Link>
  );
}

export function SiteHeader() {
  const here = usePathname();
  return (
    <header className="border-b border-line print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-center gap-x-6 px-[1.125rem]">
        <AimedLink
          href="/"
          aria-current={here === '/' ? 'page' : undefined}
          className="inline-flex min-h-12 items-center gap-2 font-serif text-xl font-[640] tracking-tight text-ink no-underline"
        >
          <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5">
            <path d="M5 3v15M15 3v15" stroke="currentColor" strokeWidth="2.4" />
            <path d="M1 8h18M1 13h18" stroke="var(--accent)" strokeWidth="1.6" />
          </svg>
          Fencepost
        </AimedLink>
        <div className="order-2 ml-auto flex items-center gap-4 sm:order-3">
          <Progress />
          <FindButton />
          <ThemeButton />
          <Account />
        </div>
        <nav aria-label="Main" className="order-3 -mx-0.5 w-[calc(100%+0.25rem)] sm:order-2 sm:-mx-1 sm:w-auto">
          <ul className="flex justify-between sm:justify-start sm:gap-x-4">
            {places.map(({ href, name }) => {
              const current = here === href || here.startsWith(`${href}/`);
              return (
                <li key={href}>
                  <AimedLink
                    href={href}
                    aria-current={current ? 'page' : undefined}
                    className="inline-flex min-h-11 items-center px-0.5 text-[0.875rem] text-muted sm:px-1 sm:text-[0.9375rem] no-underline hover:text-ink aria-[current]:font-[560] aria-[current]:text-ink"
                  >
                    {name}
                    {href === '/review' && <DueCount />}
                  </AimedLink>
                </li>
              );
            })}
          </ul>
        </nav>
      </div>
    </header>
  );
}
