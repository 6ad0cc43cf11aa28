// Stands under an answer: where it comes from, a run to look at, and what it is easily confused with.
import { Fragment } from 'react';
import { Anchor } from '#components/ui/anchor.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { Backing } from './backing.ts';

export function CardBacking({ sources, confused, run }: Backing) {
  return (
    <>
      <p className="mt-2 text-sm text-muted">
        {sources.length === 1 ? 'Source: ' : 'Sources: '}
        <Links links={sources} />
      </p>
      {run && (
        <p className="mt-1 text-sm text-muted">
          A run of its {run.of}: <Links links={[run.link]} />
        </p>
      )}
      {confused.length > 0 && (
        <p className="mt-1 text-sm text-muted">
          Often confused with: <Links links={confused} />
        </p>
      )}
    </>
  );
}

function Links({ links }: { links: Backing['sources'] }) {
  return links.map(({ words, href }, at) => (
    <Fragment key={words}>
      {at > 0 && '; '}
      {href === null ? (
        words
      ) : (
        <Anchor href={href} className="text-muted hover:text-ink">
          <InlineCode text={words} />
        </Anchor>
      )}
    </Fragment>
  ));
}
