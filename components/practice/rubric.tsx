'use client';
// The points that a strong answer has, ticked by the learner. A point that is missing names the lesson that has it. Every tick is
// kept at once; the newest state is sent after the one before has arrived, so that the last press wins.
import Link from 'next/link';
import { useRef, useState } from 'react';
import { InlineCode } from '#components/ui/inline-code.tsx';
import type { LessonTitles } from './findings.tsx';

export type TickPoints = (input: { id: string; ticked: number[] }) => Promise<{ readonly kind: string }>;

export function Rubric({
  attempt,
  questionId,
  points,
  ticked: kept,
  titles,
  tick,
  post,
}: {
  attempt: string;
  questionId: string;
  points: readonly { readonly text: string; readonly lesson: string }[];
  ticked: readonly number[];
  titles: LessonTitles;
  tick: TickPoints;
  post: (form: FormData) => Promise<void>;
}) {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set(kept));
  const [failed, setFailed] = useState(false);
  const wanted = useRef<number[] | null>(null);
  const sending = useRef(false);

  async function send() {
    if (sending.current) return;
    sending.current = true;
    while (wanted.current !== null) {
      const now = wanted.current;
      wanted.current = null;
      try {
        const { kind } = await tick({ id: attempt, ticked: now });
        setFailed(kind !== 'saved');
      } catch {
        setFailed(true);
      }
    }
    sending.current = false;
  }

  function press(at: number) {
    const next = new Set(ticked);
    if (!next.delete(at)) next.add(at);
    setTicked(next);
    wanted.current = [...next].sort((a, b) => a - b);
    void send();
  }

  return (
    <form action={post} aria-labelledby="rubric">
      <input type="hidden" name="id" value={attempt} />
      <input type="hidden" name="questionId" value={questionId} />
      <h2 id="rubric" className="mb-1 text-lg font-[600]">
        Check yourself
      </h2>
      <p className="mb-3 text-sm text-muted">Tick what your answer had, in whatever words.</p>
      <ul>
        {points.map((point, at) => {
          const has = ticked.has(at);
          const title = titles[point.lesson];
          return (
            <li key={at} className="border-t border-line py-2.5">
              <label className="grid cursor-pointer grid-cols-[1.75rem_1fr] pointer-coarse:py-1.5">
                <input
                  type="checkbox"
                  name="ticked"
                  value={at}
                  checked={has}
                  onChange={() => press(at)}
                  className="mt-1 size-4 accent-(--accent)"
                />
                <span>
                  <InlineCode text={point.text} />
                </span>
              </label>
              {title && (
                <p className="ml-7 text-sm text-muted">
                  {has ? 'More in' : 'Missed it?'}{' '}
                  <Link
                    href={`/lessons/${point.lesson}`}
                    prefetch={false}
                    className="text-muted underline hover:text-ink"
                  >
                    {title}
                  </Link>
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <p role="status" className="mt-2 border-t border-line pt-3">
        {ticked.size} of {points.length} points
        {failed && <span className="block text-sm">Not kept: the server did not answer. Press again.</span>}
      </p>
      <noscript>
        <button type="submit" className="field mt-3">
          Keep my ticks
        </button>
      </noscript>
    </form>
  );
}
