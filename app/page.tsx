import Link from 'next/link';
import { modelOf } from '#components/demo/demo-by-id.tsx';
import { FirstMinute } from '#components/home/first-minute.tsx';
import { Journeys } from '#components/home/journeys.tsx';
import { Today } from '#components/home/today.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { scenarioById } from '#content/scenarios/index.ts';
import { allCards } from '#lib/content/cards.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { today } from '#lib/server/progress.ts';
import { viewer } from '#lib/server/viewer.ts';
import { questionById } from './quiz/bank.ts';
import { bringCards } from './review/actions.ts';

export const dynamic = 'force-dynamic';

const firstCards = ['recall-ttl-too-short', 'recall-fencing-token', 'recall-ttl-dilemma'];
const firstDemos = ['seat-14a', 'seat-14a-locked', 'seat-14a-paused', 'seat-14a-fenced'];

/** Somebody who has just kept their first cards is still in their first minute: the page must not change under them. */
const firstVisitMs = 10 * 60_000;

type State = Awaited<ReturnType<typeof today>>;

function isReturning({ read, graded, answered, attempts, predicted, since }: State, now: number): boolean {
  const hasDone = read.length + graded + answered + attempts + predicted > 0;
  return hasDone || (since !== null && now - since > firstVisitMs);
}

export default async function HomePage() {
  const who = await viewer();
  const now = Date.now();
  const state = who ? await today(who.id, now, (id) => questionById(id)?.quiz.card) : null;
  if (who && state && (!who.guest || isReturning(state, now))) {
    return (
      <article className="page">
        <PageHeader title="Today" />
        <Today {...state} now={now} readCount={state.read.length} lessonCount={allLessons().length} />
        {who.guest && (
          <p className="mt-6 text-muted">
            Your progress is kept in this browser. <Link href="/sign-up">Add an account</Link> to have it on other
            devices.
          </p>
        )}
        <h2 className="mt-12 mb-4 text-lg font-[600]">Everything else</h2>
        <Journeys />
      </article>
    );
  }
  const cards = firstCards.flatMap((id) => allCards().find((card) => card.id === id) ?? []);
  const demos = firstDemos.flatMap((id) => {
    const scenario = scenarioById(id);
    return scenario ? [{ scenario, model: modelOf(scenario) }] : [];
  });
  return (
    <article className="page page-wide">
      <PageHeader title="Seat 14A has been sold 47 times.">
        <p>
          Learn distributed locks for a system-design interview, so well that the interviewer takes notes. Every claim
          runs.
        </p>
      </PageHeader>
      <FirstMinute cards={cards} demos={demos} bring={bringCards} />
      <h2 className="mt-16 mb-4 font-serif text-2xl font-[620]">Then</h2>
      <Journeys />
    </article>
  );
}
