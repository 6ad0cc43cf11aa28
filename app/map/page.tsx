import type { Metadata } from 'next';
import { ConceptMap } from '#components/map/concept-map.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allLessons } from '#lib/content/lessons.ts';
import { parts, partTitles } from '#lib/content/schema.ts';

export const metadata: Metadata = {
  title: 'Concept map',
  description: 'All lessons and what each builds on, in one picture.',
};

export default function MapPage() {
  const concepts = allLessons().map(({ slug, title, part, needs }) => ({ slug, title, part, needs }));
  return (
    <article className="page page-wide">
      <PageHeader title="Concept map">
        <p>
          All lessons, and what each builds on.
          <span className="max-[76rem]:hidden"> Look at one to see the way to it.</span>
        </p>
      </PageHeader>
      <ConceptMap concepts={concepts} parts={parts.map((id) => ({ id, title: partTitles[id] }))} />
    </article>
  );
}
