// The model answer for somebody who asks for it without an attempt of their own.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { SourceList } from '#components/mdx/cite.tsx';
import { Paragraph } from '#components/practice/paragraph.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sourceByKey } from '#content/sources.ts';
import { allQuestions, modelAnswer, questionById } from '#lib/content/questions.ts';

type Props = { params: Promise<{ id: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return allQuestions().map(({ id }) => ({ id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const question = questionById((await params).id);
  return question ? { title: `Model answer: ${question.title}`, robots: { index: false } } : {};
}

export default async function ModelPage({ params }: Props) {
  const question = questionById((await params).id);
  if (!question) notFound();
  const Body = await modelAnswer(question);
  return (
    <article className="page">
      <PageHeader
        eyebrow={
          <Link href={`/practice/${question.id}`} className="text-muted hover:text-ink">
            {question.title}
          </Link>
        }
        title="Model answer"
      />
      <blockquote className="mb-8 border-l-2 border-line pl-5 font-serif text-lg text-muted">
        <p>{question.prompt}</p>
      </blockquote>
      <h2 className="mb-3 text-sm font-[600]">In the template</h2>
      <Paragraph blanks={question.model} words={question.words} />
      <div className="prose mt-10">
        <Body components={{}} />
      </div>
      <section aria-labelledby="points" className="mt-12">
        <h2 id="points" className="mb-2 text-lg font-[600]">
          What a strong answer has
        </h2>
        <ul>
          {question.points.map((point) => (
            <li key={point.text} className="border-t border-line py-2.5">
              <InlineCode text={point.text} />
            </li>
          ))}
        </ul>
      </section>
      <p className="mt-8">
        <Link href={`/practice/${question.id}`} className={buttonClass('primary')}>
          Answer it yourself
        </Link>
      </p>
      <section aria-labelledby="sources" className="mt-12">
        <h2 id="sources" className="text-lg font-[600]">
          Sources
        </h2>
        <SourceList sources={question.cites.flatMap((key) => sourceByKey(key) ?? [])} />
      </section>
    </article>
  );
}
