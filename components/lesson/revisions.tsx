// What has changed in a lesson: for whoever read it before, at its top; for everybody, at its end.

import { InlineCode } from '#components/ui/inline-code.tsx';

type Revision = { readonly at: string; readonly what: string; readonly where?: string | undefined };
type Props = { readonly revised: readonly Revision[] };

/**
 * Rendered for everybody and hidden. The read marker, who knows the reader, shows it with as many sentences as are newer than the
 * reading: the marked parts are the note itself and then its sentences, the newest first.
 */
export function ChangedNote({ revised }: Props) {
  if (revised.length === 0) return null;
  return (
    <aside
      role="note"
      aria-labelledby="changed-since"
      hidden
      data-revised
      className="mb-8 max-w-[36rem] border-l-2 border-line pl-4 text-[0.9375rem] print:hidden"
    >
      <h2 id="changed-since" className="font-[600]">
        Changed since you read it
      </h2>
      <ul>
        {revised.toReversed().map((revision) => (
          <li key={revision.what} data-revised className="mt-1">
            <Sentence {...revision} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Sentence({ what, where }: Revision) {
  if (where === undefined) return <InlineCode text={what} />;
  return (
    <a href={`#${where}`} className="block py-1 text-ink decoration-accent hover:decoration-2">
      <InlineCode text={what} />
    </a>
  );
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** All corrections with their dates, the newest first. */
export function WhatHasChanged({ revised }: Props) {
  if (revised.length === 0) return null;
  return (
    <section aria-labelledby="what-has-changed" className="mt-12">
      <h2 id="what-has-changed" className="text-lg font-[600]">
        What has changed
      </h2>
      <ul className="mt-3 space-y-3 text-[0.9375rem]">
        {revised.toReversed().map((revision) => (
          <li key={revision.what} className="grid gap-x-4 sm:grid-cols-[9.5rem_1fr]">
            <time dateTime={revision.at} className="text-muted">
              {day.format(new Date(revision.at))}
            </time>
            <span>
              <InlineCode text={revision.what} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
