// The home page of somebody who has been here before: what is due, what comes next, what is weakest.
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { minutesFor } from '#lib/study/effort.ts';
import { spoken } from '#lib/study/schedule.ts';

export type TodayProps = {
  readonly due: number;
  readonly nextDue: number | null;
  readonly inDeck: number;
  readonly readCount: number;
  readonly lessonCount: number;
  readonly nextLesson: { readonly slug: string; readonly title: string; readonly minutes: number } | null;
  /** Lessons that were corrected since they were read. */
  readonly changed: readonly { readonly slug: string; readonly title: string }[];
  readonly weakest: { readonly lesson: string; readonly title: string; readonly score: number } | null;
  /** How many questions of demos were answered before they ran. */
  readonly predicted: number;
  readonly now: number;
};

export function Today({
  due,
  nextDue,
  inDeck,
  readCount,
  lessonCount,
  nextLesson,
  changed,
  weakest,
  predicted,
  now,
}: TodayProps) {
  return (
    <dl className="max-w-[42rem] border-t border-ink [&>div]:grid [&>div]:gap-x-6 [&>div]:gap-y-1 [&>div]:border-b [&>div]:border-line [&>div]:py-5 sm:[&>div]:grid-cols-[9rem_1fr] [&_dt]:text-muted">
      <div>
        <dt>Due now</dt>
        <dd>
          {due > 0 ? (
            <>
              <p className="font-serif text-2xl font-[580]">
                {due} {due === 1 ? 'card' : 'cards'}, about {minutesFor(due)} min
              </p>
              <Link href="/review" className={`${buttonClass('primary')} mt-3`}>
                Review
              </Link>
            </>
          ) : (
            <p>
              {inDeck === 0 ? 'No cards yet: they come from the lessons you read.' : 'Nothing.'}
              {nextDue !== null && ` The next card comes in ${spoken(Math.max(nextDue - now, 60_000))}.`}
            </p>
          )}
        </dd>
      </div>
      <div>
        <dt>Next lesson</dt>
        <dd>
          {nextLesson ? (
            <>
              <Link href={`/lessons/${nextLesson.slug}`} className="font-serif text-xl">
                {nextLesson.title}
              </Link>
              <p className="text-sm text-muted">
                {nextLesson.minutes} minutes. You have read {readCount} of {lessonCount}.
              </p>
            </>
          ) : (
            <p>You have read all {lessonCount}.</p>
          )}
        </dd>
      </div>
      {changed.length > 0 && (
        <div>
          <dt>Changed</dt>
          <dd>
            {changed.length === 1 ? (
              <>
                <Link href={`/lessons/${changed[0]!.slug}`}>{changed[0]!.title}</Link> has changed since you read it.
              </>
            ) : (
              <>
                <Link href="/lessons">{changed.length} lessons</Link> have changed since you read them.
              </>
            )}
          </dd>
        </div>
      )}
      <div>
        <dt>Weakest topic</dt>
        <dd>
          {weakest && weakest.score < 0.95 ? (
            <>
              <Link href={`/lessons/${weakest.lesson}`} className="font-serif text-xl">
                {weakest.title}
              </Link>
              <p className="text-sm text-muted">
                {Math.round(weakest.score * 100)}% by your cards and quiz answers, as of now.{' '}
                <Link href="/quiz">Take a mixed quiz</Link>
              </p>
            </>
          ) : (
            <p className="text-muted">
              {weakest
                ? 'None stands out: everything measured is above 95%.'
                : 'Shows after a few quiz answers and reviews.'}
            </p>
          )}
        </dd>
      </div>
      <div>
        <dt>Predictions</dt>
        <dd>
          {predicted > 0 ? (
            <>
              <Link href="/progress" className="font-serif text-xl">
                How far your certainty can be trusted
              </Link>
              <p className="text-sm text-muted">
                By {predicted === 1 ? 'one prediction' : `${predicted} predictions`} of what a demo would do.
              </p>
            </>
          ) : (
            <p className="text-muted">Demos in the lessons ask you first. What you say is kept here.</p>
          )}
        </dd>
      </div>
    </dl>
  );
}
