// One level. Par is searched for when the page is built.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LevelPlay } from '#components/campaign/level-play.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { breakLevelById, breakLevels } from '#content/levels/index.ts';
import { parOf } from '#content/levels/judgement.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { keepBreak, keepClaim } from '../actions.ts';

type Props = { params: Promise<{ level: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return breakLevels.map(({ id }) => ({ level: id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const level = breakLevelById((await params).level);
  return level ? { title: `Break it: ${level.title}`, description: level.goal } : {};
}

export default async function LevelPage({ params }: Props) {
  const level = breakLevelById((await params).level);
  if (!level) notFound();
  const place = breakLevels.indexOf(level);
  const next = breakLevels[place + 1];
  const lesson = lessonBySlug(level.lesson);
  return (
    // The goal, the picture and the moves share one screen, so its head is as small as it can be.
    <article className="page page-wide pt-4! sm:pt-7! max-sm:[&_h1]:text-[1.75rem] [&>header]:mb-3 sm:[&>header]:mb-5">
      <PageHeader
        eyebrow={
          <>
            <Link href="/demos/break" className="text-muted hover:text-ink">
              Break it
            </Link>
            , level {place + 1} of {breakLevels.length}
          </>
        }
        title={level.title}
      >
        <div className="max-sm:text-sm">
          <p>{level.story}</p>
          <p className="mt-1 text-ink max-sm:text-[0.9375rem] max-sm:leading-snug">
            <span className="font-semibold">Your goal:</span> {level.goal}
          </p>
        </div>
      </PageHeader>
      <LevelPlay
        key={level.id}
        level={level}
        par={parOf(level)}
        next={next ? { href: `/demos/break/${next.id}`, title: next.title } : null}
        keepBreak={keepBreak}
        keepClaim={keepClaim}
      />
      {lesson && (
        <p className="mt-8">
          The lesson behind it: <Link href={`/lessons/${lesson.slug}`}>{lesson.title}</Link>.
        </p>
      )}
    </article>
  );
}
