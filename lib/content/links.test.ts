// Every link in what authors write leads somewhere: to a page of this site, or to a place on one. Addresses of other sites stand in the
// bibliography, and the text cites them.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarioById } from '#content/scenarios/index.ts';
import { allDecisions } from './decisions.ts';
import { allLessons } from './lessons.ts';
import { type MdxNode, parse } from './mdx.ts';
import { allQuestions } from './questions.ts';
import { allUseCases } from './use-cases.ts';

const lessons = allLessons();
const useCases = allUseCases();
const questions = allQuestions();
const decisions = allDecisions();
const texts = [
  ...lessons.map(({ slug, body }) => ({ from: slug, body })),
  ...useCases.map(({ id, body }) => ({ from: `use-cases/${id}`, body })),
  ...questions.map(({ id, body }) => ({ from: `practice/${id}`, body })),
  ...decisions.map(({ slug, body }) => ({ from: `decisions/${slug}`, body })),
];

const linksIn = (node: MdxNode): string[] => [
  ...(node.url === undefined ? [] : [node.url]),
  ...(node.attributes ?? []).flatMap(({ name, value }) => (name === 'href' ? [String(value)] : [])),
  ...(node.children ?? []).flatMap(linksIn),
];

/** The pages with one more segment in their address, and what it may be. */
const named: Readonly<Record<string, (name: string) => boolean>> = {
  lessons: (name) => lessons.some(({ slug }) => slug === name),
  'use-cases': (name) => useCases.some(({ id }) => id === name),
  demos: (name) => scenarioById(name) !== undefined,
  practice: (name) => questions.some(({ id }) => id === name),
  decisions: (name) => decisions.some(({ slug }) => slug === name),
};

const anchors = new Map(
  lessons.map(({ slug, headings, cards, quizzes }) => [
    slug,
    new Set([...headings.map(({ anchor }) => anchor), ...[...cards, ...quizzes].map(({ id }) => id)]),
  ]),
);

/** Whether a link in this text leads to something that is there. */
function leads(link: string, from: string): boolean {
  const [, address = '', anchor] = /^(\/[^#]*)?(?:#(.+))?$/.exec(link) ?? [undefined, 'elsewhere'];
  const [, place = '', name, ...further] = address.split('/');
  if (address !== '') {
    const isPage = /^(?:\/[a-z0-9-]+)+$/.test(address) && existsSync(`app${address}/page.tsx`);
    const isNamed = name !== undefined && further.length === 0 && named[place]?.(name) === true;
    if (!isPage && !isNamed) return false;
  }
  if (anchor === undefined) return address !== '';
  const slug = address === '' ? from : place === 'lessons' ? name : undefined;
  return slug !== undefined && anchors.get(slug)?.has(anchor) === true;
}

test('every link leads somewhere', () => {
  const links = texts.flatMap(({ from, body }) => linksIn(parse(body)).map((link) => ({ from, link })));
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ from, link }) => !leads(link, from))).toEqual([]);
});

describe('a link', () => {
  test.each([
    '/lessons/redis',
    '/lessons',
    '/wizard',
    '/demos/pause-no-fence',
    '/use-cases/booking',
    '/practice/booking',
    '/decisions/a-guest-is-a-user',
    '/lessons/redis#acquire',
    '#acquire',
  ])('to %s leads somewhere', (link) => {
    expect(leads(link, 'redis')).toBe(true);
  });

  test.each([
    '/lessons/redis/extra',
    '/lessons/redis/',
    '/lessons/nowhere',
    '/lessons/redis#nowhere',
    '#nowhere',
    '/wizard/extra',
    '/nowhere',
    '/demos/nowhere',
    '/demos/[id]',
    '/decisions/nowhere',
    '/use-cases/booking#nowhere',
    'htps://example.org',
    'https://example.org',
    'javascript:alert(1)',
    'lessons/redis',
    '//example.org',
    '/',
    '',
    '#',
  ])('to “%s” does not', (link) => {
    expect(leads(link, 'redis')).toBe(false);
  });
});
