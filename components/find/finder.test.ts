// What the palette finds, and in which order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { finderOf } from './finder.ts';

const entry = (id: string, kind: Entry['kind'], title: string, text = '', words = ''): Entry => ({
  id,
  kind,
  title,
  text,
  words,
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
const ids = (query: string) => find(query).entries.map(({ id }) => id);

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

  test('a word is found in each of its forms', () => {
    for (const form of ['pause', 'pauses', 'paused', 'pausing']) expect(ids(form), form).toEqual(['4', '1']);
  });

  test('what is spelt so leaves no room for what is spelt nearly so', () => {
    const near = finderOf([entry('1', 'lesson', 'Strike'), entry('2', 'source', 'Other things', '', 'stripe')]);
    expect(near('stripe').entries.map(({ id }) => id)).toEqual(['2']);
    expect(near('striqe').of).toBe(2);
  });

  test('a paragraph that mentions a word comes after whatever is called so', () => {
    const found = finderOf([
      entry('1', 'lesson', 'Clocks', '', 'herd crowd'),
      entry('2', 'source', 'The herd of hosts', ''),
      entry('3', 'drill', 'Waiting', 'a herd'),
    ])('herd').entries;
    expect(found.map(({ id }) => id)).toEqual(['2', '3', '1']);
  });

  test('a lesson is found by words that stand in different sections of it', () => {
    const lesson = { ...entry('1', 'lesson', 'Clocks'), href: '/lessons/clocks' };
    const one = { ...entry('2', 'heading', 'Jumps', 'Clocks', 'daemon'), href: '/lessons/clocks#jumps' };
    const two = { ...entry('3', 'heading', 'Rates', 'Clocks', 'quartz'), href: '/lessons/clocks#rates' };
    expect(finderOf([one, two, lesson])('daemon quartz').entries).toEqual([lesson]);
  });

  test('what is found is counted beyond what is shown', () => {
    const many = finderOf(Array.from({ length: 61 }, (_, at) => entry(`${at}`, 'card', `Lease ${at}`)))('lease');
    expect(many.entries).toHaveLength(24);
    expect(many.of).toBe(61);
  });

  test('any text is a query', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(find(query).entries.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
