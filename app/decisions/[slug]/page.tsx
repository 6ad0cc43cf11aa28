import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageHeader } from '#components/ui/page-header.tsx';
import { allDecisions } from '#lib/content/decisions.ts';
import { render } from '#lib/content/mdx.ts';

type Props = { params: Promise<{ slug: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return allDecisions().map(({ slug }) => ({ slug }));
}

const decisionAt = async ({ params }: Props) => {
  const { slug } = await params;
  return allDecisions().find((decision) => decision.slug === slug);
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await decisionAt(props))?.title };
}

export default async function DecisionPage(props: Props) {
  const decision = await decisionAt(props);
  if (!decision) notFound();
  const Body = await render(decision.body);
  return (
    <article className="page">
      <PageHeader
        eyebrow={
          <Link href="/decisions" className="text-muted hover:text-ink">
            Decision {decision.number}
          </Link>
        }
        title={decision.title}
      />
      <div className="prose">
        <Body components={{}} />
      </div>
    </article>
  );
}
