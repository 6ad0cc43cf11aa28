// The only list of names that an author may use in a lesson. It is made anew for each lesson, since cards, quizzes and cites are
// looked up in that lesson's own data.
import type { ComponentType, HTMLAttributes, ReactNode, TableHTMLAttributes, ThHTMLAttributes } from 'react';
import type { Backing } from '#components/cards/backing.ts';
import { CardBacking } from '#components/cards/card-backing.tsx';
import { cardAsks } from '#components/cards/card-kind.ts';
import { Demo } from '#components/demo/demo-by-id.tsx';
import type { SavePrediction } from '#components/demo/prediction.ts';
import { QuizInline, type QuizSave } from '#components/quiz/quiz-inline.tsx';
import { TraceInLesson } from '#components/quiz/trace-in-lesson.tsx';
import { Anchor } from '#components/ui/anchor.tsx';
import { Code } from '#components/ui/inline-code.tsx';
import { sourceByKey } from '#content/sources.ts';
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { CardInline, type KeepCard } from './card-inline.tsx';
import { Cite, CiteNotes } from './cite.tsx';
import { Claim } from './claim.tsx';
import { DepthPassage } from './depth-passage.tsx';
import { Aside, DontSay, SayThis, SimpleLine, TakenApart } from './lines.tsx';

export type LessonParts = {
  readonly slug: string;
  readonly cards: readonly Card[];
  readonly quizzes: readonly Quiz[];
  readonly cites: readonly string[];
  /** What its demos ask before they run, in the order of the text. A page that asks nothing has none. */
  readonly predictions?: readonly { readonly demo: string; readonly question: string }[];
  /** What stands behind a card. A page without cards has none. */
  readonly backing?: (card: Card) => Backing;
  readonly keepCard: KeepCard;
  readonly saveAnswer: QuizSave;
  readonly savePrediction: SavePrediction;
};

function Table(props: TableHTMLAttributes<HTMLTableElement>) {
  return (
    // Focusable, so that a table wider than a phone can be scrolled from the keyboard.
    <div className="table-scroll" role="group" tabIndex={0} aria-label="Table">
      <table {...props} />
    </div>
  );
}

/** A section that can be linked to. The link stands beside its heading, so that it is no part of the heading's name. */
function SectionHead({ id, ...rest }: HTMLAttributes<HTMLHeadingElement>) {
  return (
    <div className="section-head">
      <h2 id={id} {...rest} />
      <a href={`#${id}`} className="section-link" aria-label="Link to this section" aria-describedby={id}>
        #
      </a>
    </div>
  );
}

/** Code wider than its column scrolls, and must do so from the keyboard, too. */
function CodeBlock(props: HTMLAttributes<HTMLPreElement>) {
  return <pre tabIndex={0} {...props} />;
}

/** The corner of a table has nothing to be the head of. */
function TableHead({ children, ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return children ? <th {...rest}>{children}</th> : <td />;
}

const nothing = () => null;

/** The components for one lesson. A name that is missing here stops the build with that name. */
export function registry(parts: LessonParts): Record<string, ComponentType<never>> {
  const cited = new Set<string>();
  const lookUp = (key: string) => {
    const source = sourceByKey(key);
    if (!source) throw new Error(`${parts.slug}: no source is called "${key}"`);
    return { source, number: parts.cites.indexOf(key) + 1 };
  };
  /** Two questions about the same lock must not go by the same name; a single one needs no number. */
  const nthOf = (demo: string, question: string | undefined) => {
    const asked = parts.predictions ?? [];
    const at = asked.findIndex((one) => one.demo === demo && one.question === question);
    return asked.length > 1 && at >= 0 ? at + 1 : undefined;
  };
  const components = {
    a: Anchor,
    h2: SectionHead,
    table: Table,
    pre: CodeBlock,
    th: TableHead,
    code: Code,
    Aside,
    SimpleLine,
    TakenApart,
    SayThis,
    DontSay,
    Depth: DepthPassage,
    Claim,
    Demo: ({ id, predict }: { id: string; predict?: string }) => (
      <div className="font-sans text-base leading-normal [--guess:75rem]">
        <Demo id={id} predict={predict} nth={nthOf(id, predict)} save={parts.savePrediction} />
      </div>
    ),
    Cite: ({ of }: { of: string }) => <Cite {...lookUp(of)} />,
    CiteNotes: ({ of }: { of: string }) => {
      const fresh = of.split(' ').filter((key) => !cited.has(key));
      for (const key of fresh) cited.add(key);
      return fresh.length > 0 ? <CiteNotes cited={fresh.map(lookUp)} /> : null;
    },
    Card: ({ id }: { id: string }) => {
      const card = parts.cards.find((one) => one.id === id);
      if (!card) return null;
      const backing = parts.backing?.(card);
      return (
        <CardInline card={card} asks={cardAsks(card)} keep={parts.keepCard}>
          {backing && <CardBacking {...backing} />}
        </CardInline>
      );
    },
    Quiz: ({ id }: { id: string; children?: ReactNode }) => {
      const quiz = parts.quizzes.find((one) => one.id === id);
      if (quiz?.kind === 'trace') {
        return <TraceInLesson quiz={quiz} lesson={parts.slug} save={parts.saveAnswer} bring={parts.keepCard} />;
      }
      return quiz ? (
        <QuizInline quiz={quiz} lesson={parts.slug} save={parts.saveAnswer} bring={parts.keepCard} />
      ) : null;
    },
    // Read from the syntax tree as part of its question, never shown by itself.
    Option: nothing,
    // Says what of the fact sheet is taught here; for the coverage of the course, not for the reader.
    Covers: nothing,
  };
  return components as unknown as Record<string, ComponentType<never>>;
}
