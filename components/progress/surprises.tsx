// What somebody was certain of, and wrong: the demo to look at again, and what has become of the cards of its lesson.
import Link from 'next/link';

export type Surprise = {
  readonly key: string;
  readonly ask: string;
  readonly given: string;
  readonly told: string;
  readonly demo: { readonly id: string; readonly title: string };
  readonly lesson: { readonly slug: string; readonly title: string };
  /** Cards of the lesson that still wait to be reviewed because of it. */
  readonly waiting: number;
};

export function Surprises({ surprises }: { surprises: readonly Surprise[] }) {
  return (
    <ul className="max-w-[42rem] border-t border-ink">
      {surprises.map(({ key, ask, given, told, demo, lesson, waiting }) => (
        <li key={key} className="border-b border-line py-4">
          <p className="text-sm text-muted">
            <Link href={`/demos/${demo.id}`}>{demo.title}</Link>, in{' '}
            <Link href={`/lessons/${lesson.slug}`}>{lesson.title}</Link>
          </p>
          <p className="mt-1">
            {ask} You were certain: “{given}”.
          </p>
          <p className="font-[560]">{told}</p>
          <p className="mt-1 text-[0.9375rem] text-muted">
            {waiting > 0 ? (
              <>
                {waiting === 1 ? 'One card of this lesson comes' : `${waiting} cards of this lesson come`} first in your{' '}
                <Link href="/review">next review</Link>.
              </>
            ) : (
              'You have reviewed the cards of this lesson since.'
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
