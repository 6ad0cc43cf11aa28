// The answers on the path, each with a link that asks its question again and keeps all others. On an outcome each answer also
// says what it spoke for, and how many other candidates fell by it.
import Link from 'next/link';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { wizardHref } from '#lib/wizard/address.ts';
import type { Answers, Tree } from '#lib/wizard/tree.ts';
import type { Given, Reason } from '#lib/wizard/walk.ts';

function fallen({ why, against }: Reason): string {
  const names = against.map((one) => one.name);
  if (names.length === 0) return '';
  const few =
    names.length <= 2 ? names.join(' and ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} others`;
  return why === null ? `Speaks against ${few}.` : ` Speaks against ${few}.`;
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
                  {reason.why !== null && <InlineCode text={reason.why} />}
                  <span className="font-sans text-[0.9375rem] text-muted">{fallen(reason)}</span>
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
                Change<span className="sr-only">: {question.text}</span>
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}
