// One use case, set like a lesson and without what a lesson asks: no cards, no questions, no depths. At its end stand the ways on:
// answer it yourself, walk the wizard to the same answer, read the lessons behind it.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { SourceList } from '#components/mdx/cite.tsx';
import { registry } from '#components/mdx/registry.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { sourceByKey } from '#content/sources.ts';
import { wizard } from '#content/wizard.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { render } from '#lib/content/mdx.ts';
import { questionById } from '#lib/content/questions.ts';
import { allUseCases, findUseCase, type UseCase } from '#lib/content/use-cases.ts';
import { wizardHref } from '#lib/wizard/address.ts';
import { keepCard, saveAnswer, savePrediction } from '../../lessons/actions.ts';

type Props = { params: Promise<{ slug: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return allUseCases().map(({ id }) => ({ slug: id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const useCase = findUseCase((await params).slug);
  return useCase ? { title: `Use case: ${useCase.title}`, description: useCase.decides } : {};
}

export default async function UseCasePage({ params }: Props) {
  const useCase = findUseCase((await params).slug);
  if (!useCase) notFound();
  const all = allUseCases();
  const place = all.findIndex(({ id }) => id === useCase.id);
  const before = all[place - 1];
  const next = all[place + 1];
  const Body = await render(useCase.body);
  const parts = { slug: useCase.id, cards: [], quizzes: [], cites: useCase.cites };
  return (
    <article className="page">
      <PageHeader
        eyebrow={
          <Link href="/use-cases" className="text-muted hover:text-ink">
            Use case {place + 1} of {all.length}
          </Link>
        }
        title={useCase.title}
      />
      <dl className="max-w-[36rem] border-y border-line py-4 font-serif text-lg leading-snug">
        <dt className="font-sans text-[0.8125rem] text-muted">The interviewer asks</dt>
        <dd className="mb-3">“{useCase.question}”</dd>
        <dt className="font-sans text-[0.8125rem] text-muted">What decides in a strong answer</dt>
        <dd>{useCase.decides}</dd>
      </dl>
      <div className="prose mt-6">
        <Body components={registry({ ...parts, keepCard, saveAnswer, savePrediction })} />
      </div>
      <WaysOn useCase={useCase} />
      <nav aria-label="Use cases before and after" className="mt-5 grid gap-4 border-t border-line pt-6 sm:grid-cols-2">
        {before && (
          <Link href={`/use-cases/${before.id}`} className="no-underline hover:underline">
            <span className="block text-sm text-muted">Before</span>
            {before.title}
          </Link>
        )}
        {next && (
          <Link href={`/use-cases/${next.id}`} className="no-underline hover:underline sm:col-start-2 sm:text-right">
            <span className="block text-sm text-muted">Next</span>
            {next.title}
          </Link>
        )}
      </nav>
      <section aria-labelledby="sources" className="mt-12">
        <h2 id="sources" className="text-lg font-[600]">
          Sources
        </h2>
        <SourceList sources={useCase.cites.flatMap((key) => sourceByKey(key) ?? [])} />
      </section>
    </article>
  );
}

function WaysOn({ useCase }: { useCase: UseCase }) {
  const question = questionById(useCase.practice);
  const lessons = useCase.lessons.flatMap((slug) => lessonBySlug(slug) ?? []);
  return (
    <section aria-labelledby="ways-on" className="mt-12">
      <h2 id="ways-on" className="mb-3 font-serif text-2xl font-[620]">
        Now you
      </h2>
      <dl>
        {question && (
          <Way name="Answer it">
            <Link href={`/practice/${question.id}`}>{question.title}</Link>, as an interviewer asks it
          </Way>
        )}
        <Way name="Decide it">
          <Link href={wizardHref(wizard, useCase.wizard)} prefetch={false}>
            The wizard’s answer
          </Link>
          , with every question that leads to it
        </Way>
        <Way name="Read on">
          {lessons.map(({ slug, title }) => (
            <Link key={slug} href={`/lessons/${slug}`} prefetch={false} className="mb-1 block w-fit last:mb-0">
              {title}
            </Link>
          ))}
        </Way>
      </dl>
    </section>
  );
}

function Way({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t border-line py-3 sm:grid sm:grid-cols-[8rem_1fr]">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
