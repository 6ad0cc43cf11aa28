// What a learner's predictions say about their certainty, and how far they are in the campaign.
import type { Metadata } from 'next';
import Link from 'next/link';
import { pose } from '#components/demo/prediction.ts';
import { Calibration } from '#components/progress/calibration.tsx';
import { type CampaignPart, Levels } from '#components/progress/levels.tsx';
import { type Surprise, Surprises } from '#components/progress/surprises.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { scenarioById } from '#content/scenarios/index.ts';
import { lessonAsking } from '#lib/content/lessons.ts';
import { levelsWon } from '#lib/server/levels.ts';
import { type KeptPrediction, predictionsOf } from '#lib/server/predictions.ts';
import { sureAnswers } from '#lib/server/quiz-answers.ts';
import { deckOf } from '#lib/server/reviews.ts';
import { viewer } from '#lib/server/viewer.ts';
import { calibrationOf, firstOfEach } from '#lib/study/calibration.ts';

export const metadata: Metadata = {
  title: 'Progress',
  description: 'How often you are right when you are sure, and which levels of the campaign you have won.',
};
export const dynamic = 'force-dynamic';

export default async function ProgressPage() {
  const who = await viewer();
  const [predictions, answers, deck, won] = who
    ? await Promise.all([predictionsOf(who.id), sureAnswers(who.id), deckOf(who.id, Date.now()), levelsWon(who.id)])
    : [[], [], { cards: [] }, []];
  const judged = [...predictions, ...answers];
  const isWon = new Set(won.map(({ level }) => level));
  const waitingIn = (slug: string) => deck.cards.filter(({ card, front }) => front && card.lesson === slug).length;
  const surprises = firstOfEach(predictions)
    .filter(({ sureness, correct }) => sureness === 3 && !correct)
    .toReversed()
    .flatMap((one) => surpriseOf(one, waitingIn) ?? []);
  return (
    <article className="page">
      <PageHeader title="Progress">
        <p>
          Demos in the lessons ask what will happen before they run, and a quiz asks how sure you are of each answer. In
          an interview it matters not only that you are right, but that you know when you are.
        </p>
      </PageHeader>
      <section aria-labelledby="calibration">
        <h2 id="calibration" className="mb-3 text-lg font-[600]">
          How far your certainty can be trusted
        </h2>
        {judged.length > 0 ? (
          <Calibration rows={calibrationOf(judged)} />
        ) : (
          <p className="max-w-[42rem]">
            You have not predicted anything yet. The first to try is in{' '}
            <Link href="/lessons/seat-14a">the lesson on seat 14A</Link>: 47 requests, one lock. A round of the{' '}
            <Link href="/quiz">quiz</Link> counts, too.
          </p>
        )}
      </section>
      {surprises.length > 0 && (
        <section aria-labelledby="surprises" className="mt-12">
          <h2 id="surprises" className="mb-3 text-lg font-[600]">
            Certain, and it went otherwise
          </h2>
          <Surprises surprises={surprises} />
        </section>
      )}
      <section aria-labelledby="levels" className="mt-12">
        <h2 id="levels" className="mb-3 text-lg font-[600]">
          Levels
        </h2>
        <Levels
          parts={[
            partOf('/demos/break', 'Break it', 'broken, or shown to hold', breakLevels, isWon),
            partOf('/demos/fix', 'Fix it', 'repaired', repairLevels, isWon),
          ]}
        />
      </section>
    </article>
  );
}

function partOf(
  href: string,
  name: string,
  done: string,
  levels: readonly { readonly id: string; readonly title: string }[],
  isWon: ReadonlySet<string>,
): CampaignPart {
  const open = levels.find(({ id }) => !isWon.has(id));
  return {
    href,
    name,
    done,
    won: levels.filter(({ id }) => isWon.has(id)).length,
    of: levels.length,
    next: open ? { href: `${href}/${open.id}`, title: open.title } : null,
  };
}

/** Null where the course no longer asks this. */
function surpriseOf(
  { key, demo, question, given }: KeptPrediction,
  waitingIn: (slug: string) => number,
): Surprise | null {
  const [scenario, lesson] = [scenarioById(demo), lessonAsking(demo, question)];
  if (!scenario || !lesson) return null;
  const { ask, told, options } = pose(scenario, question);
  return {
    key,
    ask,
    told,
    given: options.find(({ id }) => id === given)?.text ?? given,
    demo: { id: scenario.id, title: scenario.title },
    lesson: { slug: lesson.slug, title: lesson.title },
    waiting: waitingIn(lesson.slug),
  };
}
