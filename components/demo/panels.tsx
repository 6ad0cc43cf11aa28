// Where the parts of a demo stand beside its picture: folded away in a lesson, side by side on a page of its own.
import { type ReactNode, useEffect, useRef, useState } from 'react';

export type PanelParts = {
  readonly moves: ReactNode;
  readonly program: ReactNode;
  readonly verdict: ReactNode;
  readonly knobs: ReactNode;
};

/** `unfolded`: the knobs were just asked for, so their fold is open and has the focus. */
export function Panels({ moves, program, verdict, knobs, unfolded }: PanelParts & { unfolded: boolean }) {
  return (
    <div className="mt-2">
      <Fold title="Break it: choose what happens next">{moves}</Fold>
      <Fold title="Search all schedules">{verdict}</Fold>
      <Fold title="Turn the knobs" unfolded={unfolded}>
        {knobs}
      </Fold>
      <Fold title="Program">{program}</Fold>
    </div>
  );
}

export function WidePanels({ moves, program, verdict, knobs, compare }: PanelParts & { compare: ReactNode }) {
  return (
    <div className="mt-6 mb-8 grid gap-x-12 gap-y-10 lg:grid-cols-2">
      <Part title="Break it: choose what happens next">{moves}</Part>
      <Part title="All schedules">{verdict}</Part>
      <Part title="Program" wide>
        {program}
      </Part>
      <Part title="Turn the knobs" wide>
        {knobs}
      </Part>
      <Part title="Compare locks" wide>
        {compare}
      </Part>
    </div>
  );
}

function Part({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={`min-w-0 ${wide ? 'lg:col-span-2' : ''}`} aria-label={title}>
      <h2 className="mb-2 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

export function Fold({
  title,
  unfolded = false,
  children,
}: {
  title: string;
  unfolded?: boolean;
  children: ReactNode;
}) {
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    if (unfolded) head.current?.focus({ preventScroll: true });
  }, [unfolded]);
  return (
    <details open={unfolded || undefined} className="group border-t border-line last:border-b">
      <summary
        ref={head}
        className="flex min-h-11 list-none items-center gap-2 font-medium text-accent [&::-webkit-details-marker]:hidden"
      >
        <svg width="10" height="10" aria-hidden="true" className="group-open:rotate-90">
          <path d="M2 0L8 5L2 10Z" fill="currentColor" />
        </svg>
        <span className="underline-offset-4 hover:underline">{title}</span>
      </summary>
      <div className="pt-1 pb-4">{children}</div>
    </details>
  );
}

/** Stands in a fold for what is fetched when the fold is opened: a lesson is read more often than its folds are. */
export function Fetching({ what, fetch }: { what: string; fetch: () => Promise<void> }) {
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLParagraphElement>(null);
  const latest = useRef(fetch);
  latest.current = fetch;
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      latest.current().catch(() => setFailed(true));
    });
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <p ref={place} className="min-h-6 text-muted" role="status">
      {failed
        ? `The ${what} could not be fetched. Look at your connection, then fold and unfold.`
        : `Fetching the ${what}.`}
    </p>
  );
}
