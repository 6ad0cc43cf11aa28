// What the palette says, and that it says nothing that is not so.
import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { type Standing, says } from './says.ts';

const entry: Entry = { id: 'card 1', kind: 'card', title: 'Clocks', text: '', href: '/lessons/clocks' };
const found = (shown: number, of = shown) => ({ entries: Array<Entry>(shown).fill(entry), of });
const standing: Standing = { query: 'lease', found: found(3), failed: false, offline: false, refused: null };

test('a count that is more than what is shown is said as such', () => {
  expect(says(standing)).toBe('3 found.');
  expect(says({ ...standing, found: found(24) })).toBe('24 found.');
  expect(says({ ...standing, found: found(24, 61) })).toBe('The first 24 of 61.');
  expect(says({ ...standing, found: found(0) })).toContain('Nothing is called or mentions “lease”');
});

test('without a connection it says what still works and what has to wait', () => {
  const offline = { ...standing, offline: true };
  expect(says(offline)).toMatch(/^3 found\. You are offline/);
  expect(says({ ...offline, refused: 'Clocks' })).toContain('“Clocks” needs a connection');
  expect(says({ ...offline, found: null, failed: true })).toContain('the index is not here yet');
});

test('a refusal is forgotten when the connection is back', () => {
  expect(says({ ...standing, refused: 'Clocks' })).toBe('3 found.');
});

test('while nothing can be searched yet it says whether that is being mended', () => {
  expect(says({ ...standing, found: null })).toBe('Fetching the index.');
  expect(says({ ...standing, found: null, failed: true })).toContain('try again');
});
