// One question a page. Every answer is a link to the address with one pair more, so the page works without script, the
// browser's own back goes back, and the address can be shared at any point.
import Link from 'next/link';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { wizardHref } from '#lib/wizard/address.ts';
import type { QuestionPage } from '#lib/wizard/page.ts';
import type { Answers, Tree } from '#lib/wizard/tree.ts';
import { GivenAnswers } from './given-answers.tsx';

function progress({ number, atMost, path }: QuestionPage): string {
  if (atMost === null) return `Question ${number} of the ${path.length} you answered`;
  if (atMost === 0) return `Question ${number}, the last one`;
  return `Question ${number}, at most ${atMost} more`;
}

export function WizardQuestion({ tree, answers, page }: { tree: Tree; answers: Answers; page: QuestionPage }) {
  const { question, chosen, path, before, open, settled } = page;
  const first = path.length === 0;
  const all = tree.candidates.filter((one) => one.never !== true).length;
  return (
    <article className="page">
      <PageHeader eyebrow={progress(page)} title={<InlineCode text={question.text} />}>
        <p className="text-base sm:text-lg">
          <InlineCode text={question.why} />
        </p>
      </PageHeader>
      <ol aria-label="Answers" className="border-b border-line">
        {question.choices.map((choice, at) => {
          const current = choice === chosen;
          return (
            <li key={choice.id} className="border-t border-line first:border-ink">
              <Link
                href={wizardHref(tree, { ...answers, [question.id]: choice.id })}
                // The next page is small, so it is fetched ahead and a press answers at once.
                prefetch={true}
                data-key={at + 1}
                aria-current={current ? 'true' : undefined}
                className="group -mx-3 flex min-h-11 gap-3 px-3 py-3.5 text-ink no-underline hover:bg-accent-soft active:bg-accent-soft"
              >
                <span aria-hidden="true" className="hidden w-5 shrink-0 pt-0.5 sm:block pointer-coarse:hidden">
                  <Kbd>{at + 1}</Kbd>
                </span>
                <span className="flex-1">
                  <span className="text-[1.0625rem] font-[560] text-accent underline decoration-transparent group-hover:decoration-current">
                    <InlineCode text={choice.label} />
                  </span>
                  <span className="mt-0.5 block text-[0.9375rem] text-muted">
                    <InlineCode text={choice.hint} />
                  </span>
                </span>
                {current && <span className="shrink-0 pt-0.5 text-sm text-muted">your answer</span>}
              </Link>
            </li>
          );
        })}
      </ol>
      <p className="mt-4 flex flex-wrap items-baseline gap-x-6 text-[0.9375rem] text-muted">
        {before && (
          <Link href={wizardHref(tree, answers, before.id)} className="inline-flex min-h-11 items-center">
            Back
          </Link>
        )}
        {chosen && (
          <Link href={wizardHref(tree, answers)} className="inline-flex min-h-11 items-center">
            {settled ? 'Keep this answer, to the recommendation' : 'Keep this answer'}
          </Link>
        )}
        {!first && (
          <Link href={wizardHref(tree, {})} className="inline-flex min-h-11 items-center">
            Start again
          </Link>
        )}
        {chosen === null && open.length < all && (
          <span>
            {open.length} of {all} recommendations are still possible.
          </span>
        )}
      </p>
      {first && (
        <p className="mt-8 max-w-[42rem] text-muted">
          Think of one system while you answer, yours or the interviewer’s. At the end stands one recommendation, the
          sentence to say for it, why everything else was rejected, and which answer would change it.
        </p>
      )}
      {!first && (
        <section aria-labelledby="so-far" className="mt-10">
          <h2 id="so-far" className="font-[600]">
            {settled ? 'Your answers' : 'Your answers so far'}
          </h2>
          <GivenAnswers tree={tree} answers={answers} path={path} asked={question.id} />
        </section>
      )}
    </article>
  );
}
