// What a round shall be: how many questions, how deep, with a clock or without. A plain form that leads to the round's address, so
// nothing runs on the page before it is sent.
import Link from 'next/link';
import { DepthChoice } from '#components/shell/depth.tsx';
import { Button } from '#components/ui/button.tsx';

type Props = {
  readonly hasRead: boolean;
  /** Of which questions are asked. */
  readonly lessons: readonly { readonly slug: string; readonly title: string }[];
  readonly available: number;
  readonly counts: readonly number[];
};

const legend = 'float-left mr-5 flex min-h-11 w-24 items-center text-muted';

export function QuizStart({ hasRead, lessons, available, counts }: Props) {
  return (
    <div className="max-w-[42rem]">
      <p className="font-serif text-xl leading-snug text-balance">
        {hasRead
          ? `You have read ${lessons.length === 1 ? 'one lesson' : `${lessons.length} lessons`}: ${available} questions to draw from.`
          : 'You have read no lesson yet, so the questions are those of the first lessons.'}
      </p>
      <details className="mt-2 text-[0.9375rem]" open={!hasRead}>
        <summary className="cursor-pointer text-muted">Which lessons</summary>
        <ul className="mt-1">
          {lessons.map(({ slug, title }) => (
            <li key={slug} className="py-0.5">
              <Link href={`/lessons/${slug}`} prefetch={false}>
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </details>
      <form action="/quiz" method="get" className="mt-6 border-t border-ink">
        <fieldset className="flex flex-wrap items-center gap-x-5 border-b border-line py-1 text-[0.9375rem]">
          <legend className={legend}>Questions</legend>
          {counts.map((count) => (
            <label key={count} className="flex min-h-11 items-center gap-2">
              <input
                type="radio"
                name="n"
                value={count}
                defaultChecked={count === 10}
                className="size-4 accent-accent"
              />
              {count}
            </label>
          ))}
        </fieldset>
        <div className="border-b border-line py-1 [&_legend]:w-24">
          <DepthChoice legend="Ask me as" />
        </div>
        <label className="flex min-h-11 items-baseline gap-3 border-b border-line py-3 text-[0.9375rem]">
          <input type="checkbox" name="clock" value="on" className="size-4 shrink-0 translate-y-0.5 accent-accent" />
          <span>
            With a clock
            <span className="block text-muted">
              A minute and a half for a question, two and a half where there is more to read. When it is over nothing is
              cut off, and you can stop it at any time.
            </span>
          </span>
        </label>
        <p className="mt-6">
          <Button type="submit" variant="primary">
            Start
          </Button>
        </p>
      </form>
      <p className="mt-10 text-[0.9375rem] text-muted">
        Only in the mood for runs? <a href="/quiz/history">Judge a history</a> that the engine has just made.
      </p>
    </div>
  );
}
