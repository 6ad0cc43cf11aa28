// The single answers that would change the recommendation, by question, the most recent first: those are the nearest.
import Link from 'next/link';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { wizardHref } from '#lib/wizard/address.ts';
import type { Flip } from '#lib/wizard/flips.ts';
import type { Answers, Tree } from '#lib/wizard/tree.ts';
import type { Given } from '#lib/wizard/walk.ts';

function leadsTo({ candidates, asksMore }: Flip): string {
  const names = candidates.map((one) => one.name);
  if (!asksMore) return names.join('');
  return names.length <= 2 ? names.join(', or ') : `one of ${names.length}, after another question`;
}

export function Flips({
  tree,
  answers,
  path,
  flips,
}: {
  tree: Tree;
  answers: Answers;
  path: readonly Given[];
  flips: readonly Flip[];
}) {
  const groups = path
    .map((given) => ({ given, flips: flips.filter((one) => one.question === given.question) }))
    .filter((one) => one.flips.length > 0)
    .reverse();
  return (
    <>
      <p className="mt-2 text-muted">One other answer, all else as it is:</p>
      <dl className="mt-3">
        {groups.map((group) => (
          <div key={group.given.question.id} className="border-t border-line py-3">
            <dt className="text-[0.9375rem] text-muted">
              <InlineCode text={group.given.question.text} />
            </dt>
            {group.flips.map((flip) => (
              <dd
                key={flip.choice.id}
                className="mt-1 grid gap-x-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] sm:items-baseline"
              >
                <Link
                  href={wizardHref(tree, { ...answers, [flip.question.id]: flip.choice.id })}
                  prefetch={false}
                  className="inline-block py-1 pointer-coarse:py-2.5"
                >
                  <InlineCode text={flip.choice.label} />
                </Link>
                <span>
                  <span aria-hidden="true" className="mr-1.5 text-muted">
                    →
                  </span>
                  <InlineCode text={leadsTo(flip)} />
                </span>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </>
  );
}
