// Loaded before every unit test file: a test that prints an error has failed, even if its assertions pass.
import { afterEach, expect, vi } from 'vitest';

const spy = vi.spyOn(console, 'error').mockImplementation(() => {});

afterEach(() => {
  const calls = spy.mock.calls.splice(0);
  expect(calls, 'console.error was called').toEqual([]);
});
