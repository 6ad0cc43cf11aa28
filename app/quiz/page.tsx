// The mixed quiz. Without an address of a round it asks how much and how deep; a round's address says everything, so that a reload,
// another day or another reader gets the same questions.
import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { QuizStart } from '#components/quiz/quiz-start.tsx';
import { Round } from '#components/quiz/round.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons } from '#lib/content/lessons.ts';
import { readSlugs } from '#lib/server/progress.ts';
import { viewer } from '#lib/server/viewer.ts';
import { keepCard, saveAnswer } from '../lessons/actions.ts';
import { COUNTS, fromAddress, MAX_ROUND_SEED, type Query, type RoundAddress, toAddress } from './address.ts';
import { firstLessons, questionsOf, roundOf } from './round.ts';

export const metadata: Metadata = {
  title: 'Quiz',
  description: 'Questions of all lessons that you have read, mixed, with how sure you are before each verdict.',
};

type Props = { searchParams: Promise<Query> };

/** The slugs of what this viewer has read, as far as the course still has it. */
async function readByViewer(): Promise<readonly string[]> {
  const who = await viewer();
  const read = who ? await readSlugs(who.id) : [];
  return allLessons()
    .map(({ slug }) => slug)
    .filter((slug) => read.includes(slug));
}

export default async function QuizPage({ searchParams }: Props) {
  const asked = fromAddress(await searchParams);
  if (asked.kind !== 'round') return <Start trouble={asked.kind === 'bad' ? asked.why : null} />;
  const { round } = asked;
  if (round.seed === null || (round.of === null && round.only === null)) redirect(toAddress(await made(round)));
  const questions = roundOf({ ...round, seed: round.seed });
  if (questions.length === 0) {
    return (
      <Start trouble="There is no question at this depth in these lessons, or the link names none that there is." />
    );
  }
  return (
    <article className="page">
      <PageHeader eyebrow={<Link href="/quiz">Another choice</Link>} title="Quiz" />
      <noscript>
        <p className="mb-6">
          The mixed quiz needs JavaScript to judge an answer. The questions of each lesson stand at its end.
        </p>
      </noscript>
      <Round
        key={toAddress(round)}
        questions={questions}
        clock={round.clock}
        another={toAddress({
          ...round,
          seed: null,
          of: round.only ? null : round.of,
          only: null,
          count: Math.max(round.count, COUNTS[0]),
        })}
        save={saveAnswer}
        bring={keepCard}
      />
    </article>
  );
}

/** With all that was left open. */
async function made(round: RoundAddress): Promise<RoundAddress> {
  const seed = round.seed ?? Math.floor(Math.random() * (MAX_ROUND_SEED + 1));
  if (round.of !== null || round.only !== null) return { ...round, seed };
  const read = await readByViewer();
  const of = read.length === allLessons().length ? 'all' : read.length > 0 ? read : firstLessons();
  return { ...round, seed, of };
}

async function Start({ trouble }: { trouble: string | null }) {
  const read = await readByViewer();
  const of = read.length > 0 ? read : firstLessons();
  const titles = allLessons().flatMap(({ slug, title }) => (of.includes(slug) ? [{ slug, title }] : []));
  return (
    <article className="page">
      <PageHeader title="Quiz">
        <p>
          Questions of several lessons, mixed, so that you must first see what each is about, as in an interview. Before
          each verdict you say how sure you are.
        </p>
      </PageHeader>
      {trouble && (
        <p role="alert" className="mb-6 border-y border-line py-3">
          {trouble} Choose a round here.
        </p>
      )}
      <QuizStart hasRead={read.length > 0} lessons={titles} available={questionsOf(of).length} counts={COUNTS} />
    </article>
  );
}
