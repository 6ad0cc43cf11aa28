// The index is asked for as often as it takes, and no more often.
import { afterEach, expect, test, vi } from 'vitest';
import { fetchIndex, makeFinder } from './index-fetch.ts';

afterEach(() => vi.unstubAllGlobals());

test('a fetch that fails is made again at the next wish, and one that works is the last', async () => {
  const answers = [
    () => Promise.reject(new TypeError('no connection')),
    () => Promise.resolve(new Response('away', { status: 503 })),
    () => Promise.resolve(Response.json([{ id: 'page /', kind: 'page', title: 'Quiz', text: '', href: '/quiz' }])),
  ];
  const fetched = vi.fn(() => answers.shift()!());
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw());
  await expect(fetchIndex()).rejects.toThrow('no connection');
  await expect(makeFinder()).rejects.toThrow('503');
  const [one, two] = await Promise.all([makeFinder(), makeFinder()]);
  expect(two).toBe(one);
  expect(one('quiz').of).toBe(1);
  expect(await makeFinder()).toBe(one);
  expect(fetched).toHaveBeenCalledTimes(3);
});
