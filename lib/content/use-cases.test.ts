// Each use case is whole: what it shows breaks and holds as it says, and where it leads is about the same case. That its claims,
// cites and links are right is held in course.test.ts, together with those of the lessons.
import { describe, expect, test } from 'vitest';
import { useCaseDemos } from '#content/scenarios/catalogue/catalogue.ts';
import { wizard } from '#content/wizard.ts';
import { useCaseIds } from '#lib/practice/template.ts';
import { walk } from '#lib/wizard/walk.ts';
import { lessonBySlug } from './lessons.ts';
import { attributes, elements, type MdxNode, parse, plainText, render } from './mdx.ts';
import { questionById } from './questions.ts';
import { allUseCases, findUseCase, readUseCase } from './use-cases.ts';

const useCases = allUseCases();

/** The catalogue names the same six in its own words, in the same order. */
const catalogued = Object.values(useCaseDemos);

/** The words of a text, each block and each sentence for itself. */
function words(node: MdxNode): number {
  const isBlock = (node.children ?? []).some((child) => child.type !== 'text' && child.children !== undefined);
  if (isBlock) return (node.children ?? []).reduce((sum, child) => sum + words(child), 0);
  return plainText(node).split(/\s+/).filter(Boolean).length;
}

/** What a section cites, in the order of the text. */
function citesUnder(body: string, title: string): (string | true | undefined)[] {
  const { children = [] } = parse(body);
  const start = children.findIndex((node) => node.type === 'heading' && plainText(node) === title);
  const end = children.findIndex((node, at) => at > start && node.type === 'heading');
  const section = children.slice(start, end === -1 ? undefined : end);
  return elements({ type: 'root', children: section }, 'Cite').map((cite) => attributes(cite).of);
}

test('there is a page for each of the six, in their order', () => {
  expect(useCases.map(({ id }) => id)).toEqual([...useCaseIds]);
  expect(catalogued).toHaveLength(useCaseIds.length);
});

describe.each(useCases.map((useCase, at) => [useCase.id, useCase, at] as const))('%s', (_, useCase, at) => {
  test('shows a demo that fails and one that stands, as the catalogue has them', () => {
    expect(catalogued[at]?.fails).toContain(useCase.demo);
    expect(catalogued[at]?.stands).toContain(useCase.cure);
  });

  test('claims what breaks in the one and what holds in the other', () => {
    expect(useCase.claims.some(({ is }) => is === 'violated')).toBe(true);
    expect(useCase.claims.some(({ scenario, is }) => scenario === useCase.cure && is === 'holds')).toBe(true);
  });

  test('can be read in a few minutes and names at least three sources', async () => {
    expect(words(parse(useCase.body))).toBeGreaterThanOrEqual(500);
    expect(words(parse(useCase.body))).toBeLessThanOrEqual(800);
    expect(useCase.cites.length).toBeGreaterThanOrEqual(3);
    expect(await render(useCase.body)).toBeTypeOf('function');
  });

  test('has a source for what it says has happened', () => {
    // What we worked out ourselves has not happened.
    expect(citesUnder(useCase.body, 'It happened').filter((key) => key !== 'derived')).not.toEqual([]);
  });

  test('says the weak answer, how it is taken apart, and the strong one', () => {
    for (const element of ['DontSay', 'TakenApart', 'SayThis']) expect(useCase.body).toContain(`<${element}>`);
  });

  test('leads to practice and to an end of the wizard about the same case, and to lessons that exist', () => {
    expect(questionById(useCase.practice)?.about).toBe(useCase.id);
    const step = walk(wizard, useCase.wizard);
    expect(step.kind === 'outcome' && step.practice.question).toBe(useCase.practice);
    expect(step.path.map(({ question }) => question.id)).toEqual(Object.keys(useCase.wizard));
    expect(useCase.lessons.filter((slug) => !lessonBySlug(slug))).toEqual([]);
  });
});

describe('a page that breaks a rule is refused with the name of its file', () => {
  const [booking] = useCases;
  const front = [
    'title: Booking',
    'question: How?',
    'decides: The row.',
    'demo: seat-14a',
    'cure: seat-14a-unique',
    'practice: booking',
    'wizard: {}',
    'lessons: [fencing]',
  ];
  const file = (body: string, lines = front) => `---\n${lines.join('\n')}\n---\n${body}`;
  const body = booking?.body ?? '';

  test('and one that keeps them is read', () => {
    expect(readUseCase('booking.mdx', file(body)).demos).toEqual(['seat-14a', 'seat-14a-unique']);
  });

  test.each([
    ['a misspelt field', 'booking.mdx', file(body, [...front, 'tilte: X']), /^booking\.mdx, front matter: .*tilte/],
    ['an unknown use case', 'lunch.mdx', file(body), /^lunch\.mdx: .*booking/],
    ['a section left out', 'booking.mdx', file(body.replace('## It happened', '')), /^booking\.mdx: its sections/],
    ['a demo left out', 'booking.mdx', file(body.replace('<Demo id="seat-14a" />', '')), /^booking\.mdx: its demos/],
    [
      'a demo that asks',
      'booking.mdx',
      file(body.replace('<Demo id="seat-14a" />', '<Demo id="seat-14a" predict="tickets" />')),
      /^booking\.mdx:\d+ <Demo>: .*predict/,
    ],
    [
      'a card',
      'booking.mdx',
      file(`<Card id="x" q="x" a="x" cite="derived" />\n\n${body}`),
      /<Card> belongs in a lesson/,
    ],
  ])('%s', (_, name, text, message) => {
    expect(() => readUseCase(name, text)).toThrow(message);
  });
});

test('an unknown id is no use case', () => {
  expect(findUseCase('lunch')).toBeUndefined();
});
