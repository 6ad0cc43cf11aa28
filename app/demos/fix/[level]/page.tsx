// One system to repair. What the cheapest repair costs is searched for when the page is built.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { RepairPlay } from '#components/campaign/repair-play.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { repairLevelById, repairLevels } from '#content/levels/index.ts';
import { bestRepair } from '#content/levels/repair-judgement.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { propertyById } from '#lib/lock/index.ts';
import { keepRepair } from '../actions.ts';

type Props = { params: Promise<{ level: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return repairLevels.map(({ id }) => ({ level: id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const level = repairLevelById((await params).level);
  return level ? { title: `Fix it: ${level.title}`, description: level.story } : {};
}

export default async function RepairPage({ params }: Props) {
  const level = repairLevelById((await params).level);
  const best = level && bestRepair(level);
  if (!level || !best) notFound();
  const place = repairLevels.indexOf(level);
  const next = repairLevels[place + 1];
  const lesson = lessonBySlug(level.lesson);
  return (
    <article className="page page-wide">
      <PageHeader
        eyebrow={
          <>
            <Link href="/demos/fix" className="text-muted hover:text-ink">
              Fix it
            </Link>
            , {place + 1} of {repairLevels.length}
          </>
        }
        title={level.title}
      >
        <p>{level.story}</p>
        <p className="mt-2 text-ink">
          <span className="font-semibold">To be kept in every schedule:</span>{' '}
          {level.promises.map((promise) => propertyById(promise)?.title).join(' ')} And somebody must still be able to
          finish.
        </p>
      </PageHeader>
      <RepairPlay
        key={level.id}
        level={level}
        best={best.cost.total}
        next={next ? { href: `/demos/fix/${next.id}`, title: next.title } : null}
        keepRepair={keepRepair}
      />
      {lesson && (
        <p className="mt-8">
          The lesson behind it: <Link href={`/lessons/${lesson.slug}`}>{lesson.title}</Link>.
        </p>
      )}
    </article>
  );
}
