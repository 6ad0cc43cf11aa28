// The top of a page: an optional line above, the one h1, and a sentence or two that say what the page is for.
import type { ReactNode } from 'react';

export function PageHeader({
  eyebrow,
  title,
  children,
}: {
  eyebrow?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-8">
      {eyebrow && <p className="mb-2 text-sm text-muted">{eyebrow}</p>}
      <h1 className="font-serif text-[2rem] leading-[1.15] font-[640] tracking-[-0.015em] text-balance sm:text-[2.5rem]">
        {title}
      </h1>
      {children && <div className="mt-3 max-w-[42rem] text-lg text-muted">{children}</div>}
    </header>
  );
}
