// The answers on the path, each with a link that asks its question again and keeps all others. On an outcome each answer also
// says what it speaks for.
import Link from 'next/link';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { wizardHref } from '#lib/wizard/address.ts';
import type { Answers, Tree } from '#lib/wizard/tree.ts';
import type { Given, Reason } from '#lib/wizard/walk.ts';

/** An answer that says nothing for the recommendation still speaks, against others. */
function against({ against }: Reason): string {
  return against.length === 1 ? 'Speaks against one other option.' : `Speaks against ${against.length} other options.`;
}

export function GivenAnswers({
  tree,
  answers,
  path,
  asked,
  reasons,
}: {
  tree: Tree;
  answers: Answers;
  path: readonly Given[];
  /** The question on this page, if it is one of them. */
  asked?: string;
  reasons?: readonly Reason[];
}) {
  return (
    <ol className="mt-3">
      {path.map(({ question, choice }, at) => {
        const reason = reasons?.[at];
        return (
          <li key={question.id} className="flex items-baseline gap-4 border-t border-line py-2.5">
            <div className="flex-1">
              <p className="text-[0.9375rem] text-muted">
                <InlineCode text={question.text} />
              </p>
              <p className="font-[560]">
                <InlineCode text={choice.label} />
              </p>
              {reason && (
                <p className="mt-1 font-serif text-[1.0625rem] leading-[1.5]">
                  <InlineCode text={reason.why ?? against(reason)} />
                </p>
              )}
            </div>
            {question.id === asked ? (
              <span className="text-sm text-muted">asked above</span>
            ) : (
              <Link
                href={wizardHref(tree, answers, question.id)}
                prefetch={false}
                className="-my-2.5 inline-flex min-h-11 items-center text-[0.9375rem]"
              >
                Change <span className="sr-only">the answer to “{question.text.replaceAll('`', '')}”</span>
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}
