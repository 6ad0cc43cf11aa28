// Everything that the palette can find, as one file made in the build.
import type { Entry } from '#components/find/entry.ts';
import { drills } from '#content/drills.ts';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { scenarios } from '#content/scenarios/index.ts';
import { sources } from '#content/sources.ts';
import { allLessons } from '#lib/content/lessons.ts';
import { allUseCases } from '#lib/content/use-cases.ts';

export const dynamic = 'force-static';

const pages: readonly (readonly [href: string, title: string, text: string])[] = [
  ['/wizard', 'Which lock should I use?', 'wizard decision'],
  ['/use-cases', 'Six use cases', 'race weak answer strong answer incident'],
  ['/practice', 'Practise the answer', 'template interview practice'],
  ['/review', 'Review', 'recall cards due today'],
  ['/demos/matrix', 'The matrix', 'lock fault fencing table'],
  ['/demos/break', 'Break it', 'levels campaign'],
  ['/demos/fix', 'Fix it', 'levels repair knobs'],
  ['/demos/experiment', 'Experiment', 'any lock any fault knobs'],
  ['/map', 'Concept map', 'prerequisites builds on order'],
  ['/cheat-sheet', 'Cheat sheet', 'print one page numbers recall'],
  ['/drills', 'Numeric drills', 'sums numbers arithmetic'],
  ['/sources', 'Sources', 'bibliography'],
  ['/progress', 'Progress', 'calibration predictions levels'],
];

function entries(): readonly Entry[] {
  const lessons = allLessons();
  return [
    ...lessons.map(({ slug, title, question, promise }) => ({
      id: `lesson ${slug}`,
      kind: 'lesson' as const,
      title,
      text: `${question} ${promise}`,
      href: `/lessons/${slug}`,
    })),
    ...allUseCases().map(({ id, title, question, decides }) => ({
      id: `use-case ${id}`,
      kind: 'use case' as const,
      title,
      text: `${question} ${decides}`,
      href: `/use-cases/${id}`,
    })),
    ...lessons.flatMap(({ slug, title, headings }) =>
      headings
        .filter(({ text }) => text !== 'Check yourself')
        .map(({ text, anchor }) => ({
          id: `heading ${slug} ${anchor}`,
          kind: 'heading' as const,
          title: text.replaceAll('`', ''),
          text: title,
          href: `/lessons/${slug}#${anchor}`,
        })),
    ),
    ...lessons.flatMap(({ slug, cards }) =>
      cards.map(({ id, question, answer, tags }) => ({
        id: `card ${id}`,
        kind: 'card' as const,
        title: question.replaceAll('`', ''),
        text: [answer, ...tags].join(' ').replaceAll('`', ''),
        href: `/lessons/${slug}#${id}`,
      })),
    ),
    ...lessons.flatMap(({ slug, quizzes }) =>
      quizzes.map(({ id, question }) => ({
        id: `question ${id}`,
        kind: 'question' as const,
        title: question.replaceAll('`', ''),
        text: '',
        href: `/lessons/${slug}#${id}`,
      })),
    ),
    ...scenarios.map(({ id, title, point }) => ({
      id: `demo ${id}`,
      kind: 'demo' as const,
      title,
      text: point,
      href: `/demos/${id}`,
    })),
    ...[
      ...breakLevels.map((level) => ({ ...level, to: 'break' })),
      ...repairLevels.map((level) => ({ ...level, to: 'fix' })),
    ].map(({ id, title, to }) => ({
      id: `level ${to} ${id}`,
      kind: 'level' as const,
      title,
      text: to === 'break' ? 'break it' : 'fix it',
      href: `/demos/${to}/${id}`,
    })),
    ...drills.map(({ id, title }) => ({
      id: `drill ${id}`,
      kind: 'drill' as const,
      title,
      text: 'numeric drill',
      href: `/drills#${id}`,
    })),
    ...sources
      .filter(({ key }) => key !== 'derived')
      .map(({ key, title, author, goodFor }) => ({
        id: `source ${key}`,
        kind: 'source' as const,
        title,
        text: `${author ?? ''} ${goodFor}`.trim(),
        href: `/sources#source-${key}`,
      })),
    ...pages.map(([href, title, text]) => ({ id: `page ${href}`, kind: 'page' as const, title, text, href })),
  ];
}

export function GET(): Response {
  return Response.json(entries());
}
