'use client';
// The concept map. On a wide screen boxes in four columns with lines from what is needed; looking at a lesson, by mouse or by
// keyboard, lights the way to it. On a phone, and for a screen reader, the same as lists that say what each builds on.
import Link from 'next/link';
import { useState } from 'react';
import { useMe } from '#components/shell/use-me.ts';
import { type Concept, lines, placed, SIZE, wayTo } from './placing.ts';

export function ConceptMap({
  concepts,
  parts,
}: {
  concepts: readonly Concept[];
  parts: readonly { readonly id: string; readonly title: string }[];
}) {
  const me = useMe();
  const [looked, setLooked] = useState<string | null>(null);
  const all = placed(
    concepts,
    parts.map(({ id }) => id),
  );
  const titles = new Map(concepts.map(({ slug, title }) => [slug, title]));
  const way = looked === null ? null : new Set([looked, ...wayTo(looked, concepts)]);
  const leads = (slug: string) => way?.has(slug) ?? false;
  const height = Math.max(...all.map(({ row }) => row + 1)) * SIZE.rowHeight;
  const width = parts.length * SIZE.columnWidth + (parts.length - 1) * SIZE.columnGap;
  const pitch = SIZE.columnWidth + SIZE.columnGap;
  return (
    <div
      className="concept-map min-[76rem]:relative min-[76rem]:mx-auto"
      style={{ '--map-width': `${width}px` } as never}
    >
      <svg
        aria-hidden="true"
        width={width}
        height={height}
        className="absolute top-10 left-0 hidden overflow-visible min-[76rem]:block"
      >
        <defs>
          {(['accent', 'muted'] as const).map((ink) => (
            <marker
              key={ink}
              id={`map-${ink}`}
              viewBox="0 0 6 6"
              refX="6"
              refY="3"
              markerWidth="6"
              markerHeight="6"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0L6 3L0 6" fill="none" stroke={`var(--${ink})`} />
            </marker>
          ))}
        </defs>
        {lines(all).map(({ from, to, d }) => {
          const lit = way !== null && leads(from) && leads(to);
          return (
            <path
              key={`${from} ${to}`}
              d={d}
              fill="none"
              stroke={lit ? 'var(--accent)' : 'var(--muted)'}
              strokeWidth={lit ? 2 : 1}
              opacity={lit ? 1 : way === null ? 0.35 : 0.1}
              markerEnd={`url(#map-${lit ? 'accent' : 'muted'})`}
            />
          );
        })}
      </svg>
      {parts.map(({ id, title }, column) => (
        <section key={id} aria-labelledby={`map-${id}`} className="mb-8 min-[76rem]:mb-0">
          <h2
            id={`map-${id}`}
            className="h-10 font-[600] whitespace-nowrap min-[76rem]:absolute min-[76rem]:top-0"
            style={{ left: column * pitch }}
          >
            {title}
          </h2>
          <ul>
            {all
              .filter((one) => one.column === column)
              .map((one) => (
                <li
                  key={one.slug}
                  className="map-box border-b border-line py-2 min-[76rem]:absolute min-[76rem]:border-b-0 min-[76rem]:py-0"
                  style={
                    { '--map-left': `${column * pitch}px`, '--map-top': `${40 + one.row * SIZE.rowHeight}px` } as never
                  }
                >
                  <Link
                    href={`/lessons/${one.slug}`}
                    prefetch={false}
                    onMouseEnter={() => setLooked(one.slug)}
                    onMouseLeave={() => setLooked(null)}
                    onFocus={() => setLooked(one.slug)}
                    onBlur={() => setLooked(null)}
                    className={`flex min-h-11 items-center text-[0.9375rem] leading-tight min-[76rem]:h-[50px] justify-between gap-2 text-ink no-underline hover:underline min-[76rem]:border min-[76rem]:bg-paper min-[76rem]:px-3 ${leads(one.slug) ? 'min-[76rem]:border-accent' : 'min-[76rem]:border-line'}`}
                  >
                    {one.title}
                    {me?.read.includes(one.slug) && <span className="text-sm text-muted">read</span>}
                  </Link>
                  {one.needs.length > 0 && (
                    <p className="text-sm text-muted min-[76rem]:sr-only">
                      {/* Titles may end in a question mark, and contain commas. */}
                      Builds on {one.needs.map((need) => titles.get(need) ?? need).join('; ')}
                    </p>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <div aria-hidden="true" className="hidden min-[76rem]:block" style={{ height: height + 40 }} />
    </div>
  );
}
