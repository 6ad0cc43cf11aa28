// Is the course complete? Counts, what a lesson must have, and the whole fact sheet: its twelve points (0.2), the corrections of the
// seed (7.1) and the misconceptions (8.11), each taught at a place that can be named.
import { describe, expect, test } from 'vitest';
import { cardKinds, depths } from '#lib/study/card.ts';
import { allLessons } from './lessons.ts';
import { attributes, elements, type MdxNode, parse, plainText } from './mdx.ts';

const lessons = allLessons().map((lesson) => ({ ...lesson, tree: parse(lesson.body) }));
const cards = lessons.flatMap((lesson) => lesson.cards);
const quizzes = lessons.flatMap((lesson) => lesson.quizzes);
const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);
const missing = (taught: ReadonlySet<number>, most: number) => upTo(most).filter((number) => !taught.has(number));
const strangers = (taught: ReadonlySet<number>, most: number) => [...taught].filter((one) => !upTo(most).includes(one));

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** How many words are read on the way: not the cards and questions, which are counted by themselves, nor the cites. */
function wordsRead(node: MdxNode): number {
  if (['Card', 'Quiz', 'Cite'].includes(node.name ?? '')) return 0;
  const own = node.type.startsWith('mdx') ? '' : (node.value ?? '');
  const inside = (node.children ?? []).map(wordsRead).reduce((sum, words) => sum + words, 0);
  return inside + wordsOf(own).length;
}

/** The blocks of a lesson, parted at its headings. */
function sectionsOf({ children = [] }: MdxNode): MdxNode[][] {
  const starts = children.flatMap(({ type }, at) => (type === 'heading' || at === 0 ? [at] : []));
  return starts.map((start, at) => children.slice(start, starts[at + 1]));
}

/** A numbered list of three steps or more, or a table whose rows are numbered. */
function isStepByStep({ type, ordered, children = [] }: MdxNode): boolean {
  if (type === 'list') return ordered === true && children.length >= 3;
  if (type !== 'table' || children.length < 4) return false;
  return children.slice(1).every((row, at) => plainText(row.children?.[0] ?? row) === String(at + 1));
}

const tablesIn = (node: MdxNode): MdxNode[] =>
  node.type === 'table' ? [node] : (node.children ?? []).flatMap(tablesIn);

describe('the course has', () => {
  test('at least 20 lessons, 220 cards and 160 questions', () => {
    expect(lessons.length).toBeGreaterThanOrEqual(20);
    expect(cards.length).toBeGreaterThanOrEqual(220);
    expect(quizzes.length).toBeGreaterThanOrEqual(160);
  });

  test('seven kinds of cards and six of questions, and all three depths', () => {
    expect(new Set(cards.map(({ kind }) => kind))).toEqual(new Set(cardKinds));
    expect(new Set(quizzes.map(({ kind }) => kind)).size).toBe(6);
    expect(new Set(cards.map(({ depth }) => depth))).toEqual(new Set(depths));
    expect(new Set(quizzes.map(({ depth }) => depth))).toEqual(new Set(depths));
  });

  test.each([
    ['senior', 34],
    ['staff', 24],
  ] as const)('passages for %s interviews in at least %i lessons', (level, least) => {
    const deep = lessons.filter(({ tree }) => elements(tree, 'Depth').some((node) => attributes(node).level === level));
    expect(deep.length).toBeGreaterThanOrEqual(least);
  });

  test('at least 10 cards for staff interviews', () => {
    expect(cards.filter(({ depth }) => depth === 'staff').length).toBeGreaterThanOrEqual(10);
  });

  test('contrast sets of at least two cards each', () => {
    const sets = new Map<string, string[]>();
    for (const { id, contrast } of cards) {
      if (contrast !== undefined) sets.set(contrast, [...(sets.get(contrast) ?? []), id]);
    }
    expect(sets.size).toBeGreaterThanOrEqual(5);
    expect([...sets].filter(([, members]) => members.length < 2).map(([name]) => name)).toEqual([]);
  });
});

describe('every lesson has', () => {
  test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
    '%s: a demo, a claim, a line to say and one not to say, five to nine minutes',
    (_, { tree, demos, claims, minutes }) => {
      expect(demos.length).toBeGreaterThanOrEqual(1);
      expect(claims.length).toBeGreaterThanOrEqual(1);
      expect(elements(tree, 'SayThis').length).toBeGreaterThanOrEqual(1);
      expect(elements(tree, 'DontSay').length).toBeGreaterThanOrEqual(1);
      expect(minutes).toBeGreaterThanOrEqual(5);
      expect(minutes).toBeLessThanOrEqual(9);
    },
  );

  test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
    '%s: lines long enough to be said, and what is to be said in quotation marks',
    (_, { tree }) => {
      const lines = (name: string) => elements(tree, name).map(plainText);
      expect([...lines('SayThis'), ...lines('DontSay')].filter((line) => wordsOf(line).length < 8)).toEqual([]);
      expect(lines('SayThis').filter((line) => !/“[^”]+”/.test(line))).toEqual([]);
    },
  );

  test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
    '%s: the minutes that its words, demos and questions take',
    (_, { tree, minutes, quizzes }) => {
      // The questions at staff depth come on top, for the few who want them.
      const asked = quizzes.filter(({ depth }) => depth !== 'staff').length;
      const needed = wordsRead(tree) / 220 + elements(tree, 'Demo').length / 2 + asked / 4;
      expect(minutes).toBe(Math.round(needed));
    },
  );

  test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
    '%s: a demo, and beside it or next the run step by step',
    (_, { tree }) => {
      const sections = sectionsOf(tree);
      const worked = sections.filter(
        (section, at) =>
          elements({ type: 'root', children: section }, 'Demo').length > 0 &&
          [...section, ...(sections[at + 1] ?? [])].some(isStepByStep),
      );
      expect(worked.length).toBeGreaterThanOrEqual(1);
    },
  );

  test('a passage for senior or staff interviews in most of them, and no heading inside one', () => {
    const deep = lessons.filter(({ tree }) => elements(tree, 'Depth').length > 0);
    expect(deep.length).toBeGreaterThan(lessons.length / 2);
    const headed = deep.filter(({ tree }) =>
      elements(tree, 'Depth').some((node) =>
        node.children?.some(({ type, depth }) => type === 'heading' && depth === 2),
      ),
    );
    expect(headed.map(({ slug }) => slug)).toEqual([]);
  });
});

describe('the explanation of a number question', () => {
  /** Whose explanation leaves the last step to the reader, with the answer that it leads to. */
  const led: readonly (readonly [id: string, answer: number, why: string])[] = [
    ['need-a-lock-quiz-count', 1, '“only the first finds the seat free”'],
    ['spanner-quiz-wait', 6, '“twice 3 ms”'],
    ['kubernetes-lease-quiz-margin', 15, '60 less 45, which are the two numbers that it gives'],
    ['dynamodb-quiz-wait', 33, '“13 + 20”'],
    ['fencing-quiz-count', 2, '“Two are accepted”'],
    ['redlock-debate-quiz-late', 0, '“there is no lock”'],
  ];
  const numbersIn = (text: string) =>
    [...text.matchAll(/\d+(?:[, \u00a0\u202f]\d{3})*(?:\.\d+)?/g)].map(([said]) =>
      Number(said.replaceAll(/[, \u00a0\u202f]/g, '')),
    );
  const silent = quizzes
    .filter(({ kind }) => kind === 'number')
    .filter(({ answer = Number.NaN, why = '' }) => !numbersIn(why).includes(answer))
    .map(({ id, answer }) => `${id}: ${answer}`);

  test('arrives at the answer', () => {
    expect(silent).toEqual(led.map(([id, answer]) => `${id}: ${answer}`));
  });
});

test('the twenty more mistakes are rows 1 to 20, in order', () => {
  const { tree } = lessons.find(({ slug }) => slug === 'other-mistakes') ?? {};
  const rows = tablesIn(tree ?? { type: 'root' }).flatMap(({ children = [] }) => children.slice(1));
  // A heading between two tables does not begin to count anew.
  expect(rows.map((row) => Number.parseInt(plainText(row.children?.[0] ?? row), 10))).toEqual(upTo(20));
});

describe('the fact sheet is taught', () => {
  const covers = lessons.flatMap((lesson) => lesson.covers.map((cover) => ({ ...cover, lesson: lesson.slug })));

  test.each([
    ['points that no lesson may get wrong', 'points', 12],
    ['corrections of the seed page', 'corrections', 37],
  ] as const)('all %s, each under a heading', (_, kind, most) => {
    const taught = new Set(covers.flatMap((cover) => cover[kind]));
    expect(missing(taught, most)).toEqual([]);
    expect(strangers(taught, most)).toEqual([]);
  });

  test('all misconceptions are wrong options of questions, with their correction', () => {
    const options = quizzes.flatMap((quiz) => quiz.options);
    const asked = new Set(options.flatMap(({ myth, correct }) => (myth === undefined || correct ? [] : [myth])));
    expect(missing(asked, 55)).toEqual([]);
    expect(strangers(asked, 55)).toEqual([]);
    expect(options.filter(({ myth, correct }) => myth !== undefined && correct).map(({ text }) => text)).toEqual([]);
  });
});
