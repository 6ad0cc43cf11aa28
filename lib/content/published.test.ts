// What learners remember is joined to the course by ids: reviews to cards, answers to questions, predictions to demos. An id that has
// been published is never taken back or renamed, or what was remembered under it is orphaned. content/published-ids.txt lists them.
// PUBLISH=1 npx vitest run --config lib/vitest.config.ts lib/content/published.test.ts  adds new ones; nothing takes one off.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { histories } from '#content/histories.ts';
import { breakLevels, repairLevels } from '#content/levels/index.ts';
import { scenarios } from '#content/scenarios/index.ts';
import { allLessons } from './lessons.ts';
import { allQuestions } from './questions.ts';

const file = 'content/published-ids.txt';
const command = 'PUBLISH=1 npx vitest run --config lib/vitest.config.ts lib/content/published.test.ts';

const inOrder = (lines: readonly string[]) => [...new Set(lines)].sort();
const read = (text: string) => text.split('\n').filter(Boolean);

const inCourse = inOrder([
  ...allLessons().flatMap(({ slug, cards, quizzes }) => [
    `lesson ${slug}`,
    ...cards.map(({ id }) => `card ${id}`),
    ...quizzes.map(({ id }) => `question ${id}`),
  ]),
  ...histories.map(({ id }) => `question ${id}`),
  ...allQuestions().map(({ id }) => `practice ${id}`),
  ...scenarios.map(({ id }) => `demo ${id}`),
  ...[...breakLevels, ...repairLevels].map(({ id }) => `level ${id}`),
]);

/** What is wrong between the list and the course, each with what to do about it. */
function faults(listed: readonly string[], course: readonly string[]): string[] {
  return [
    ...listed
      .filter((line) => !course.includes(line))
      .map((line) => `${line} is published and gone. Give it its id back: learners' history hangs on it.`),
    ...course.filter((line) => !listed.includes(line)).map((line) => `${line} is new. To publish it: ${command}`),
    ...(listed.join() === inOrder(listed).join() ? [] : [`${file} is not in order, or says a thing twice: ${command}`]),
  ];
}

if (process.env.PUBLISH) {
  writeFileSync(file, `${inOrder([...read(readFileSync(file, 'utf8')), ...inCourse]).join('\n')}\n`);
}

test('every published id is there still, and every new one is published', () => {
  expect(faults(read(readFileSync(file, 'utf8')), inCourse)).toEqual([]);
});

describe('a fault is', () => {
  test('an id that was renamed, twice: one is gone and one is new', () => {
    const found = faults(['card a', 'card b'], ['card a', 'card c']);
    expect(found).toEqual([
      expect.stringMatching(/^card b is published and gone/),
      expect.stringMatching(/^card c is new/),
    ]);
  });

  test('a list out of order', () => {
    expect(faults(['card b', 'card a'], ['card a', 'card b'])).toHaveLength(1);
    expect(faults(['card a', 'card a', 'card b'], ['card a', 'card b'])).toHaveLength(1);
    expect(faults(['card a', 'card b'], ['card a', 'card b'])).toEqual([]);
  });
});
