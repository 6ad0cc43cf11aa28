import { expect, test } from 'vitest';
import type { Card } from '#lib/study/card.ts';
import { backingOf } from './backing.ts';

const card = (id: string, lesson: string, heading: string, rest: Partial<Card> = {}): Card => ({
  id,
  kind: 'question',
  question: `What is ${id}?`,
  answer: 'That.',
  cites: ['derived'],
  depth: 'mid',
  tags: [],
  contrast: 'ends',
  lesson,
  heading,
  ...rest,
});

const headings = [
  { anchor: 'one', text: 'One' },
  { anchor: 'two', text: 'Two' },
];
const mine = card('a', 'leases', 'one', { cites: ['derived', 'redis-locks'] });
const lessons = [
  {
    slug: 'leases',
    title: 'Leases',
    headings,
    runs: [],
    cards: [
      mine,
      card('b', 'leases', 'one'),
      card('c', 'leases', 'two'),
      card('x', 'leases', 'two', { contrast: 'x' }),
    ],
  },
  {
    slug: 'etcd',
    title: 'etcd',
    headings,
    runs: [
      { demo: 'etcd-expired-waiter', heading: 'two' },
      { demo: 'pause-no-fence', heading: 'two' },
    ],
    cards: [card('d', 'etcd', 'one'), card('e', 'etcd', 'two')],
  },
];

test('a card leads to its sources, and our own reasoning leads nowhere', () => {
  const { sources } = backingOf(mine, lessons);
  expect(sources[0]).toEqual({ words: 'our own reasoning', href: null });
  expect(sources[1]?.words).toContain('Distributed Locks with Redis');
  expect(sources[1]?.href).toMatch(/^https:\/\/redis\.io\//);
});

test('what a card is confused with is named by question, heading or lesson, each once', () => {
  expect(backingOf(mine, lessons).confused).toEqual([
    { words: 'What is b?', href: '/lessons/leases#b' },
    { words: 'Two', href: '/lessons/leases#two' },
    { words: 'etcd', href: '/lessons/etcd#one' },
  ]);
});

test('on the page of its own lesson a card leads to places of that page', () => {
  const { confused } = backingOf(mine, lessons, 'leases');
  expect(confused.map(({ href }) => href)).toEqual(['#b', '#two', '/lessons/etcd#one']);
});

test('a card of no set is confused with none, and an unknown source stops the build', () => {
  expect(backingOf({ ...mine, contrast: undefined }, lessons).confused).toEqual([]);
  expect(() => backingOf({ ...mine, cites: ['no-such-source'] }, lessons)).toThrow('no-such-source');
});

test('a card that names no run leads to one of its section, or else of its lesson', () => {
  const run = (one: Card, from?: string) => backingOf(one, lessons, from).run;
  const link = { words: expect.stringContaining('etcd'), href: '/demos/etcd-expired-waiter' };
  expect(run(card('e', 'etcd', 'two'))).toEqual({ of: 'section', link });
  expect(run(card('d', 'etcd', 'one'))).toEqual({ of: 'lesson', link });
  expect(run(card('d', 'etcd', 'one', { demo: 'pause-no-fence' }))).toBeUndefined();
  expect(run(card('d', 'etcd', 'one'), 'etcd')).toBeUndefined();
  expect(run(mine)).toBeUndefined();
});
