import { afterAll, beforeAll, expect, test } from 'vitest';
import { read, type Store, startStore, write } from './store.ts';

let store: Store;
beforeAll(async () => {
  store = await startStore({ open: 'none', fenced: 'writes', sealed: 'reads-and-writes' });
});
afterAll(() => store.close());

test('without fencing the last write wins, whatever its token', async () => {
  expect(await write(store.port, 'open', 34, 7)).toBe(7);
  expect(await write(store.port, 'open', 33, 8)).toBe(8);
  expect(await read(store.port, 'open', 1)).toBe(8);
});

test('fencing on writes refuses a token that is older than the newest write', async () => {
  expect(await write(store.port, 'fenced', 34, 7)).toBe(7);
  expect(await write(store.port, 'fenced', 33, 8)).toBeNull();
  expect(await read(store.port, 'fenced', 33)).toBe(7);
  expect(await write(store.port, 'fenced', 34, 9)).toBe(9);
});

test('fencing on reads and writes refuses a token that is older than the newest reader', async () => {
  expect(await read(store.port, 'sealed', 34)).toBe(0);
  expect(await write(store.port, 'sealed', 33, 8)).toBeNull();
  expect(await read(store.port, 'sealed', 33)).toBeNull();
  expect(store.value('sealed')).toBe(0);
});

test('a register that does not exist is an error of the test, not an empty answer', () => {
  expect(() => store.value('nothing')).toThrow('no register nothing');
});
