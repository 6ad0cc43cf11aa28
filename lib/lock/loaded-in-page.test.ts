// A page has the locks that it fetched, in the order of the registry; Node has them all. Both say the same of each.
import { expect, test } from 'vitest';
import { registry } from './backends/registry.ts';
import { backends as all, loadBackend as loadInNode } from './loaded.ts';
import { backends as here, loadBackend } from './loaded-in-page.ts';

const names = Object.keys(registry);

test('Node has every lock of the registry, each under its own id and in its order', () => {
  expect(names.length).toBeGreaterThan(10);
  expect(Object.keys(all)).toEqual(names);
  expect(Object.values(all).map(({ id }) => id)).toEqual(names);
});

test('a page has no lock until it fetches one, and then no other', async () => {
  expect(Object.keys(here)).toEqual([]);
  expect(await loadBackend('redis')).toBe(all.redis);
  expect(Object.keys(here)).toEqual(['redis']);
});

test('a page that fetched all of them has what Node has, in the same order', async () => {
  for (const id of names.toReversed()) await loadBackend(id);
  expect(Object.keys(here)).toEqual(names);
  expect(here).toEqual(all);
});

test.each(['', 'no-such-lock', '__proto__', 'constructor', 'toString'])('there is no lock called “%s”', (id) => {
  expect(loadBackend(id)).toBeUndefined();
  expect(loadInNode(id)).toBeUndefined();
});
