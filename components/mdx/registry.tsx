// The only list of names that an author may use in a lesson. It is made anew for each lesson, since cards, quizzes and cites are
// looked up in that lesson's own data.
import Link from 'next/link';
import type { AnchorHTMLAttributes, ComponentType, ReactNode, TableHTMLAttributes } from 'react';
import { Demo } from '#components/demo/demo.tsx';
import { QuizInline, type QuizSave } from '#components/quiz/quiz-inline.tsx';
import { sourceByKey } from '#content/sources.ts';
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { CardInline, type KeepCard } from './card-inline.tsx';
import { Cite } from './cite.tsx';
import { Claim } from './claim.tsx';
import { Aside, SimpleLine, StrongLine, TakenApart } from './lines.tsx';

export type LessonParts = {
  readonly slug: string;
  readonly cards: readonly Card[];
  readonly quizzes: readonly Quiz[];
  readonly cites: readonly string[];
  readonly keepCard: KeepCard;
  readonly saveAnswer: QuizSave;
};

function Anchor({ href = '', ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return href.startsWith('/') ? <Link href={href} prefetch={false} {...rest} /> : <a href={href} {...rest} />;
}

function Table(props: TableHTMLAttributes<HTMLTableElement>) {
  return (
    // Focusable, so that a table wider than a phone can be scrolled from the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label="Table">
      <table {...props} />
    </section>
  );
}

const nothing = () => null;

/** The components for one lesson. A name that is missing here stops the build with that name. */
export function registry(parts: LessonParts): Record<string, ComponentType<never>> {
  const cited = new Set<string>();
  const components = {
    a: Anchor,
    table: Table,
    Aside,
    SimpleLine,
    TakenApart,
    StrongLine,
    Claim,
    Demo: ({ id }: { id: string }) => (
      <div className="font-sans text-base leading-normal">
        <Demo id={id} />
      </div>
    ),
    Cite: ({ of }: { of: string }) => {
      const source = sourceByKey(of);
      if (!source) throw new Error(`${parts.slug}: no source is called "${of}"`);
      const first = !cited.has(of);
      cited.add(of);
      return <Cite source={source} number={parts.cites.indexOf(of) + 1} first={first} />;
    },
    Card: ({ id }: { id: string }) => {
      const card = parts.cards.find((one) => one.id === id);
      return card ? <CardInline card={card} keep={parts.keepCard} /> : null;
    },
    Quiz: ({ id }: { id: string; children?: ReactNode }) => {
      const quiz = parts.quizzes.find((one) => one.id === id);
      return quiz ? (
        <QuizInline quiz={quiz} lesson={parts.slug} save={parts.saveAnswer} bring={parts.keepCard} />
      ) : null;
    },
    // Read from the syntax tree as part of its question, never shown by itself.
    Option: nothing,
  };
  return components as unknown as Record<string, ComponentType<never>>;
}
