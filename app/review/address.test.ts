// A choice goes into an address and comes back the same; whatever else stands there becomes a sentence.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allLessons } from '#lib/content/lessons.ts';
import { cardKinds, depths } from '#lib/study/card.ts';
import { type Choice, states } from '#lib/study/choice.ts';
import { allTags, fromAddress, listAddress, mostLetters, studyAddress } from './address.ts';

const queryOf = (address: string) => Object.fromEntries(new URL(address, 'http://localhost').searchParams);

const choice: fc.Arbitrary<Choice> = fc.record(
  {
    words: fc.string({ minLength: 1, maxLength: mostLetters }).filter((words) => words === words.trim()),
    lesson: fc.constantFrom(...allLessons().map(({ slug }) => slug)),
    kind: fc.constantFrom(...cardKinds),
    depth: fc.constantFrom(...depths),
    tag: fc.constantFrom(...allTags()),
    state: fc.constantFrom(...states),
  },
  { requiredKeys: [] },
);

test('every choice comes back from its address as it was, for the list and for a review', () => {
  fc.assert(
    fc.property(choice, (made) => {
      expect(fromAddress(queryOf(studyAddress(made)))).toEqual({ kind: 'choice', choice: made });
      const listed = fromAddress(queryOf(listAddress(made)));
      expect(listed).toEqual(Object.keys(made).length > 0 ? { kind: 'choice', choice: made } : { kind: 'nothing' });
    }),
  );
});

test('the whole deck can be chosen for a review, and an address without a choice is none', () => {
  expect(studyAddress({})).toBe('/review?of=all');
  expect(fromAddress({ of: 'all' })).toEqual({ kind: 'choice', choice: {} });
  expect(fromAddress({})).toEqual({ kind: 'nothing' });
  expect(fromAddress({ utm_source: 'x', __proto__: 'y' })).toEqual({ kind: 'nothing' });
});

test('fields that a form leaves empty choose nothing', () => {
  const sent = { q: ' ', lesson: '', kind: '', depth: '', tag: '', state: 'due' };
  expect(fromAddress(sent)).toEqual({ kind: 'choice', choice: { state: 'due' } });
});

test.each([
  { lesson: 'nowhere' },
  { lesson: '__proto__' },
  { kind: 'poem' },
  { depth: 'ocean' },
  { tag: 'constructor' },
  { state: 'asleep' },
  { of: 'none' },
  { q: 'x'.repeat(mostLetters + 1) },
  { state: ['due', 'new'] },
  { q: ['a', 'b'] },
])('%o cannot be followed, and the reason is a sentence', (query) => {
  expect(fromAddress(query)).toEqual({ kind: 'bad', why: expect.stringMatching(/^The .*\.$/) });
});

test('anything at all is a choice, none, or a sentence', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
  const key = fc.constantFrom('q', 'lesson', 'kind', 'depth', 'tag', 'state', 'of');
  fc.assert(
    fc.property(fc.dictionary(key, value), (query) => {
      expect(['nothing', 'choice', 'bad']).toContain(fromAddress(query).kind);
    }),
  );
});
