// A source, cited: a small number in the text that leads to the list at the end of the lesson, and, beside the block that
// cites it for the first time, its name in the margin.
import type { Source } from '#content/sources.ts';

const howRead: Record<Source['read'], string> = {
  primary: '',
  secondary: ' (second-hand: read in excerpts or notes)',
  memory: ' (from memory, not read again)',
};

/** One line: author, title, year. Our own reasoning is no publication, so it has no author. */
export function sourceName(source: Source): string {
  if (source.key === 'derived') return source.title;
  return [source.author, source.title, source.year].filter(Boolean).join(', ');
}

/** Two that follow each other stand apart, so that sources 1 and 2 are not read as source 12. */
export function Cite({ source, number }: { source: Source; number: number }) {
  return (
    <a
      href={`#source-${source.key}`}
      className="mr-[0.25em] align-super font-sans text-[0.6875rem] leading-none no-underline hover:underline"
      aria-label={`Source ${number}: ${sourceName(source)}`}
    >
      {number}
    </a>
  );
}

/** The names of sources that are cited here for the first time. Only for the eye: each number already says its source. */
export function CiteNotes({ cited }: { cited: readonly { readonly source: Source; readonly number: number }[] }) {
  return (
    <div aria-hidden="true" className="hidden min-[70rem]:block">
      {cited.map(({ source, number }) => (
        <span key={source.key} className="margin-note">
          <span className="tabular-nums">{number}</span> {sourceName(source)}
        </span>
      ))}
    </div>
  );
}

export function SourceList({
  sources,
  citedIn,
}: {
  sources: readonly Source[];
  /** Where each is cited, by its key: for the list of all of them. */
  citedIn?: ReadonlyMap<string, readonly { readonly href: string; readonly title: string }[]>;
}) {
  return (
    <ol className="mt-3 space-y-2 text-[0.9375rem]">
      {sources.map((source, at) => (
        <li key={source.key} id={`source-${source.key}`} className="grid grid-cols-[1.75rem_1fr]">
          <span className="text-muted tabular-nums">{at + 1}</span>
          <span>
            {source.url ? <a href={source.url}>{sourceName(source)}</a> : sourceName(source)}
            <span className="text-muted">
              {howRead[source.read]}. {source.goodFor}
            </span>
            <CitedIn places={citedIn?.get(source.key) ?? []} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function CitedIn({ places }: { places: readonly { readonly href: string; readonly title: string }[] }) {
  if (places.length === 0) return null;
  return (
    <span className="block text-sm text-muted">
      Cited in{' '}
      {places.map(({ href, title }, at) => (
        <span key={href}>
          {at > 0 && ', '}
          <a href={href} className="text-muted hover:text-ink">
            {title}
          </a>
        </span>
      ))}
    </span>
  );
}
