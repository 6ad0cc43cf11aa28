// What the palette finds, and in which order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { finderOf } from './finder.ts';

const entry = (id: string, kind: Entry['kind'], title: string, text = ''): Entry => ({
  id,
  kind,
  title,
  text,
  href: `/${id}`,
});

const entries: readonly Entry[] = [
  entry('1', 'lesson', 'Fencing tokens', 'Your lock holder pauses.'),
  entry('2', 'heading', 'Where the number comes from', 'Fencing tokens'),
  entry('3', 'card', 'What is a fencing token?', 'A number that grows.'),
  entry('4', 'demo', 'A pause without a fence', ''),
  entry('5', 'question', 'SET NX PX: what does NX mean?', 'Only if there is none.'),
];
const find = finderOf(entries);
const ids = (query: string) => find(query).map(({ id }) => id);

describe('finding', () => {
  test('the lesson comes before a card of the same name, and both before a place that only mentions it', () => {
    expect(ids('fencing token')).toEqual(['1', '3', '2']);
  });

  test('a word may be cut short, or misspelt by a letter', () => {
    expect(ids('fenc')).toEqual(expect.arrayContaining(['1', '3', '4']));
    expect(ids('fensing')).toContain('1');
  });

  test('a question in a sentence finds what its words would', () => {
    expect(ids('what is a fencing token?')).toEqual(ids('fencing token'));
    expect(ids('the')).toEqual([]);
  });

  test('all words must be found', () => {
    expect(ids('fencing bananas')).toEqual([]);
    expect(ids('set nx')).toEqual(['5']);
  });

  test.each(['', '   ', '***', '<script>', '\\', '"'])('“%s” finds nothing and breaks nothing', (query) => {
    expect(ids(query)).toEqual([]);
  });

  test('any text is a query', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(find(query).length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
