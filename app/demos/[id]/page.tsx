// One demo at full width. The address carries its run and its moment, so the server already draws what the link was copied from.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DemoAtFullWidth } from '#components/demo/demo-by-id.tsx';
import type { DemoQuery } from '#components/demo/demo-url.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { allLessons } from '#lib/content/lessons.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<DemoQuery> };

export function generateStaticParams() {
  return scenarios.map(({ id }) => ({ id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scenario = scenarioById((await params).id);
  return scenario ? { title: scenario.title, description: scenario.point } : {};
}

export default async function DemoPage({ params, searchParams }: Props) {
  const scenario = scenarioById((await params).id);
  if (!scenario) notFound();
  const lesson = allLessons().find(({ slug }) => slug === scenario.lesson);
  return (
    <article className="page page-wide">
      <PageHeader eyebrow={<Link href="/demos">Demos</Link>} title={scenario.title}>
        <p>{scenario.point}</p>
      </PageHeader>
      <DemoAtFullWidth key={scenario.id} id={scenario.id} query={await searchParams} />
      {lesson && (
        <p className="mt-8">
          This demo belongs to the lesson <Link href={`/lessons/${lesson.slug}`}>{lesson.title}</Link>.
        </p>
      )}
    </article>
  );
}
