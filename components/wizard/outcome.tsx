// The end of a path: what to do, the sentence to say, and the whole reasoning behind it, all drawn from the learner's own
// answers. Whatever would change the recommendation is a link that changes it.
import Link from 'next/link';
import { SourceList } from '#components/mdx/cite.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sourceByKey } from '#content/sources.ts';
import { practiceHref, wizardHref } from '#lib/wizard/address.ts';
import type { Flip } from '#lib/wizard/flips.ts';
import type { Answers, Tree } from '#lib/wizard/tree.ts';
import type { Outcome } from '#lib/wizard/walk.ts';
import { Flips } from './flips.tsx';
import { GivenAnswers } from './given-answers.tsx';
import { Rejections } from './rejections.tsx';

const heading = 'font-serif text-2xl leading-tight font-[620] tracking-[-0.01em]';
const running = 'mt-3 max-w-[42rem] font-serif text-[1.125rem] leading-[1.6]';

export function WizardOutcome({
  tree,
  answers,
  outcome,
  flips,
  lessonTitle,
}: {
  tree: Tree;
  answers: Answers;
  outcome: Outcome;
  flips: readonly Flip[];
  lessonTitle: string;
}) {
  const { candidate, alternative, path, practice, blanks } = outcome;
  const cited = candidate.cites.flatMap((key) => sourceByKey(key) ?? []);
  return (
    <article className="page">
      <PageHeader
        eyebrow={`Recommendation after ${path.length} ${path.length === 1 ? 'question' : 'questions'}`}
        title={<InlineCode text={candidate.title} />}
      />
      <section aria-labelledby="say">
        <h2 id="say" className="text-sm text-muted">
          Say it like this
        </h2>
        <p className="mt-1 max-w-[42rem] border-l-2 border-accent pl-4 font-serif text-[1.3125rem] leading-[1.45]">
          “<InlineCode text={candidate.say} />”
        </p>
      </section>

      <ul aria-label="Go on from here" className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
        <li>
          <Link href={practiceHref(practice, blanks)} prefetch={false} className={buttonClass('primary')}>
            Practise this answer
          </Link>
        </li>
        <li>
          <Link href={`/lessons/${candidate.lesson}`} className="inline-flex min-h-11 items-center">
            Lesson: {lessonTitle}
          </Link>
        </li>
        <li>
          <Link href={`/demos/${candidate.demo.id}`} prefetch={false} className="inline-flex min-h-11 items-center">
            Run the demo
          </Link>
        </li>
      </ul>
      <p className="mt-2 max-w-[42rem] text-[0.9375rem] text-muted">
        In the demo: <InlineCode text={candidate.demo.shows} />
      </p>

      <section aria-labelledby="why" className="mt-12">
        <h2 id="why" className={heading}>
          Why
        </h2>
        <p className={running}>
          <InlineCode text={candidate.because} />
        </p>
        <h3 className="mt-6 font-[600]">What your answers say</h3>
        <GivenAnswers tree={tree} answers={answers} path={path} reasons={outcome.reasons} />
        <p className="border-t border-line">
          <Link href={wizardHref(tree, {})} className="inline-flex min-h-11 items-center text-[0.9375rem]">
            Start again
          </Link>
        </p>
      </section>

      <section aria-labelledby="watch" className="mt-10">
        <h2 id="watch" className={heading}>
          Where it goes wrong
        </h2>
        <p className={running}>
          <InlineCode text={candidate.watch} />
        </p>
      </section>

      <section aria-labelledby="alternative" className="mt-12">
        <h2 id="alternative" className={heading}>
          The alternative: {alternative.candidate.name}
        </h2>
        <p className={running}>
          <InlineCode text={alternative.when} />
        </p>
      </section>

      <section aria-labelledby="flips" className="mt-12">
        <h2 id="flips" className={heading}>
          What would flip it
        </h2>
        <Flips tree={tree} answers={answers} path={path} flips={flips} />
      </section>

      <section aria-labelledby="rejected" className="mt-12">
        <h2 id="rejected" className={heading}>
          Why not the others
        </h2>
        <Rejections path={path} rejections={outcome.rejections} />
      </section>

      <section aria-labelledby="sources" className="mt-12">
        <h2 id="sources" className={heading}>
          Sources
        </h2>
        <SourceList sources={cited} />
      </section>
    </article>
  );
}
