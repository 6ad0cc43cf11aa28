// Everything that the palette can find. Paragraphs are given as the set of their words, which is a third of their text.
import type { Entry } from '#components/find/entry.ts';
import { wordsOf } from '#components/find/words.ts';
import { TRACE_ASKS } from '#components/quiz/trace-question.ts';
import { drills } from '#content/drills.ts';
import { histories } from '#content/histories.ts';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { scenarioById, scenarios } from '#content/scenarios/index.ts';
import { sources } from '#content/sources.ts';
import { allLessons, type Lesson } from '#lib/content/lessons.ts';
import { type MdxNode, parse } from '#lib/content/mdx.ts';
import { allUseCases } from '#lib/content/use-cases.ts';

const pages: readonly (readonly [href: string, title: string, text: string])[] = [
  ['/lessons', 'Lessons', 'course contents path'],
  ['/wizard', 'Which lock should I use?', 'wizard decision'],
  ['/use-cases', 'Six use cases', 'race weak answer strong answer incident'],
  ['/practice', 'Practise the answer', 'template interview practice'],
  ['/review', 'Review', 'recall cards due today'],
  ['/review/deck', 'Your deck', 'all cards list set aside study ahead filter search'],
  ['/quiz', 'Quiz', 'mixed questions clock confidence'],
  ['/quiz/history', 'Judge a history', 'safe trace run step refused checker'],
  ['/demos', 'Demos', 'runs catalogue'],
  ['/demos/matrix', 'The matrix', 'lock fault fencing table'],
  ['/demos/break', 'Break it', 'levels campaign'],
  ['/demos/fix', 'Fix it', 'levels repair knobs'],
  ['/demos/experiment', 'Experiment', 'any lock any fault knobs'],
  ['/map', 'Concept map', 'prerequisites builds on order'],
  ['/cheat-sheet', 'Cheat sheet', 'print one page numbers recall'],
  ['/drills', 'Numeric drills', 'sums numbers arithmetic'],
  ['/sources', 'Sources', 'bibliography'],
  ['/progress', 'Progress', 'calibration predictions levels'],
  ['/decisions', 'Decisions', 'how this site is built and why'],
];

/** Cards and questions are found by themselves. */
const apart = new Set(['Card', 'Quiz']);
const inOneLine = new Set(['paragraph', 'heading', 'tableCell']);

function textOf({ name, value, type, children = [] }: MdxNode): string {
  if (name && apart.has(name)) return '';
  // A list, a table or a box joins parts that are words of their own; a line does not: half of a word may be set in bold.
  const inside = children.map(textOf).join(inOneLine.has(type) ? '' : ' ');
  return type === 'text' || type === 'inlineCode' || type === 'code' ? (value ?? '') : inside;
}

/** Each word once, sorted because that packs best. */
const bag = (text: string): string => [...new Set(wordsOf(text))].sort().join(' ');

/** What stands before the first heading, and then under each. */
function sectionsOf({ body }: Lesson): readonly string[] {
  const sections = [''];
  for (const node of parse(body).children ?? []) {
    if (node.type === 'heading') sections.push('');
    else sections[sections.length - 1] += ` ${textOf(node)}`;
  }
  return sections.map(bag);
}

function inLesson(lesson: Lesson): readonly Entry[] {
  const { slug, title, question, promise, headings, cards, quizzes } = lesson;
  const href = `/lessons/${slug}`;
  const [opening = '', ...sections] = sectionsOf(lesson);
  return [
    { id: `lesson ${slug}`, kind: 'lesson', title, text: `${question} ${promise}`, words: opening, href },
    ...headings.flatMap(({ text, anchor }, at): readonly Entry[] =>
      text === 'Check yourself'
        ? []
        : [
            {
              id: `heading ${slug} ${anchor}`,
              kind: 'heading',
              title: text.replaceAll('`', ''),
              text: title,
              words: sections[at] ?? '',
              href: `${href}#${anchor}`,
            },
          ],
    ),
    ...cards.map(
      ({ id, question, answer, tags }): Entry => ({
        id: `card ${id}`,
        kind: 'card',
        title: question.replaceAll('`', ''),
        text: [answer, ...tags].join(' ').replaceAll('`', ''),
        href: `${href}#${id}`,
      }),
    ),
    ...quizzes.map(
      ({ id, question }): Entry => ({
        id: `question ${id}`,
        kind: 'question',
        title: question.replaceAll('`', ''),
        text: '',
        href: `${href}#${id}`,
      }),
    ),
  ];
}

export function allEntries(): readonly Entry[] {
  const levels = [
    ...breakLevels.map((level) => ({ ...level, to: 'break' })),
    ...repairLevels.map((level) => ({ ...level, to: 'fix' })),
  ];
  return [
    ...allLessons().flatMap(inLesson),
    ...allUseCases().map(
      ({ id, title, question, decides, body }): Entry => ({
        id: `use case ${id}`,
        kind: 'use case',
        title,
        text: `${question} ${decides}`,
        words: bag(textOf(parse(body))),
        href: `/use-cases/${id}`,
      }),
    ),
    ...scenarios.map(
      ({ id, title, point }): Entry => ({ id: `demo ${id}`, kind: 'demo', title, text: point, href: `/demos/${id}` }),
    ),
    ...levels.map(
      ({ id, title, to }): Entry => ({
        id: `level ${to} ${id}`,
        kind: 'level',
        title,
        text: to === 'break' ? 'break it' : 'fix it',
        href: `/demos/${to}/${id}`,
      }),
    ),
    ...histories.map(
      ({ id, demo, ask }): Entry => ({
        id: `history ${id}`,
        kind: 'history',
        title: `${scenarioById(demo)?.title ?? demo}: ${TRACE_ASKS[ask]}`,
        text: 'judge a history',
        href: `/quiz/history?q=${id}`,
      }),
    ),
    ...drills.map(
      ({ id, title }): Entry => ({
        id: `drill ${id}`,
        kind: 'drill',
        title,
        text: 'numeric drill',
        href: `/drills#${id}`,
      }),
    ),
    ...sources
      .filter(({ key }) => key !== 'derived')
      .map(
        ({ key, title, author, goodFor }): Entry => ({
          id: `source ${key}`,
          kind: 'source',
          title,
          text: `${author ?? ''} ${goodFor}`.trim(),
          href: `/sources#source-${key}`,
        }),
      ),
    ...pages.map(([href, title, text]): Entry => ({ id: `page ${href}`, kind: 'page', title, text, href })),
  ];
}
