// Every number of the fact sheet that a lesson bears stands where that thing is taught: the section, or the option, uses the words
// without which it cannot be said.
import { describe, expect, test } from 'vitest';
import { corrections, misconceptions, type Owed, points } from './covered.ts';
import { allLessons, type Lesson } from './lessons.ts';

const lessons = allLessons();

/** The text from a heading to the next one of its rank or above. What is quoted there to be corrected does not count, nor does a link. */
function section({ body, headings }: Lesson, anchor: string): string {
  const at = headings.findIndex((heading) => heading.anchor === anchor);
  const heading = headings[at];
  if (!heading) return '';
  const { line, depth } = heading;
  const end = headings.slice(at + 1).find((next) => next.depth <= depth)?.line;
  return body
    .split('\n')
    .slice(line - 1, end === undefined ? undefined : end - 1)
    .join('\n')
    .replaceAll(/<SimpleLine>[\s\S]*?<\/SimpleLine>/g, '')
    .replaceAll(/<(?:Covers|Cite) [^>]*>|\]\([^)]*\)/g, '');
}

/** Whether the text can be about it. */
const says = (text: string, { words }: Owed) => words.every((word) => word.test(text));

type Borne = { readonly where: string; readonly text: string; readonly number: number };

/** Those that bear a number whose words are not there. */
const misplaced = (borne: readonly Borne[], list: readonly Owed[]) =>
  borne
    .filter(({ text, number }) => !says(text, list[number - 1] ?? { title: '', words: [/^$/] }))
    .map(({ where, number }) => `${where}: ${number}, “${list[number - 1]?.title}”`);

/** Every section of the course, to see what could be claimed of it. */
const places = lessons.flatMap((lesson) => lesson.headings.map(({ anchor }) => ({ text: section(lesson, anchor) })));

const covers = lessons.flatMap((lesson) =>
  lesson.covers.map((cover) => ({
    ...cover,
    where: `${lesson.slug}#${cover.heading}`,
    text: section(lesson, cover.heading),
  })),
);

const covered = (kind: 'points' | 'corrections'): Borne[] =>
  covers.flatMap(({ where, text, [kind]: numbers }) => numbers.map((number) => ({ where, text, number })));

const options: Borne[] = lessons.flatMap(({ quizzes }) =>
  quizzes.flatMap(({ id, options }) =>
    options.flatMap(({ text, myth }) => (myth === undefined ? [] : [{ where: id, text, number: myth }])),
  ),
);

const kinds = [
  ['points', points, 12, covered('points')],
  ['corrections', corrections, 37, covered('corrections')],
  ['misconceptions', misconceptions, 55, options],
] as const;

describe.each(kinds)('%s', (_, list, most, borne) => {
  test('are all written down', () => {
    expect(list).toHaveLength(most);
    expect(new Set(list.map(({ title }) => title)).size).toBe(most);
  });

  test('stand where their words are said', () => {
    expect(borne.length).toBeGreaterThanOrEqual(most);
    expect(misplaced(borne, list)).toEqual([]);
  });

  test('are told apart by their words: most numbers that are off by one would be noticed', () => {
    const there = new Set(borne.map(({ where, number }) => `${where} ${number}`));
    for (const by of [1, most - 1]) {
      const shifted = borne
        .map((one) => ({ ...one, number: ((one.number - 1 + by) % most) + 1 }))
        .filter(({ where, number }) => !there.has(`${where} ${number}`));
      expect(misplaced(shifted, list).length / shifted.length).toBeGreaterThan(0.7);
    }
  });

  test('could not all be said to be taught at one place', () => {
    const most = Math.max(...places.map(({ text }) => list.filter((one) => says(text, one)).length));
    expect(most / list.length).toBeLessThan(0.6);
  });
});

test('no section bears more than six numbers', () => {
  const full = covers.filter(({ points, corrections }) => points.length + corrections.length > 6);
  expect(full.map(({ where }) => where)).toEqual([]);
});
