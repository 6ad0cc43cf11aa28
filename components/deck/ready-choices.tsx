// Choices of cards that are made already: what was forgotten, what comes soon, and each lesson. One that has no card is not offered.
import Link from 'next/link';
import { cardsOf } from '#lib/study/card.ts';
import { mostChosen } from '#lib/study/choice.ts';

export type ReadyChoice = { readonly href: string; readonly title: string; readonly cards: number };

export function ReadyChoices({
  choices,
  lessons,
}: {
  choices: readonly ReadyChoice[];
  lessons: readonly ReadyChoice[];
}) {
  const [offered, ofLessons] = [choices, lessons].map((list) => list.filter(({ cards }) => cards > 0));
  if (!offered?.length && !ofLessons?.length) return null;
  return (
    <nav aria-labelledby="ready" className="mb-12">
      <h2 id="ready" className="border-b border-ink pb-1.5 font-medium">
        Study now
      </h2>
      <Choices choices={offered ?? []} />
      {ofLessons && ofLessons.length > 0 && (
        <details className="group border-b border-line">
          <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 py-2 [&::-webkit-details-marker]:hidden">
            <span aria-hidden="true" className="text-muted group-open:rotate-90">
              ›
            </span>
            One lesson
          </summary>
          <div className="mb-3 border-t border-line pl-4 [&_li:last-child]:border-0">
            <Choices choices={ofLessons} />
          </div>
        </details>
      )}
    </nav>
  );
}

function Choices({ choices }: { choices: readonly ReadyChoice[] }) {
  return (
    <ul>
      {choices.map(({ href, title, cards }) => (
        <li key={href} className="border-b border-line">
          <Link
            href={href}
            prefetch={false}
            className="group flex min-h-11 items-center justify-between gap-x-6 py-2 no-underline"
          >
            <span className="underline-offset-4 group-hover:underline">{title}</span>
            <span className="shrink-0 text-right text-sm text-muted tabular-nums">
              {cardsOf(cards)}
              {cards > mostChosen && <span className="max-sm:block">, {mostChosen} at a time</span>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
