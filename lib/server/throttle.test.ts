// Guessing is slowed down, by e-mail and by time. Time is an argument, so nothing here waits.
import { expect, test } from 'vitest';
import { forgive, isThrottled, noteTry } from './throttle.ts';

const quarter = 15 * 60_000;
const start = Date.UTC(2026, 0, 1);

/** Ten tries, one a second. */
function tenTries(key: string): void {
  for (let at = 0; at < 10; at += 1) noteTry(key, start + at * 1_000);
}

test('nine tries are free, the tenth closes the door', () => {
  for (let at = 0; at < 9; at += 1) noteTry('nine', start);
  expect(isThrottled('nine', start)).toBe(false);
  noteTry('nine', start);
  expect(isThrottled('nine', start)).toBe(true);
});

test('the door opens when the oldest try is a quarter of an hour old, and closes with the next one', () => {
  tenTries('patient');
  expect(isThrottled('patient', start + quarter - 1)).toBe(true);
  expect(isThrottled('patient', start + quarter)).toBe(false);
  noteTry('patient', start + quarter);
  expect(isThrottled('patient', start + quarter)).toBe(true);
});

test('one e-mail’s tries do not close the door to another', () => {
  tenTries('attacked');
  expect(isThrottled('bystander', start + 10_000)).toBe(false);
});

test('a right password forgives all tries', () => {
  tenTries('owner');
  forgive('owner');
  expect(isThrottled('owner', start + 10_000)).toBe(false);
});

test('a flood of made-up e-mails does not grow the memory, and forgets the oldest first', () => {
  tenTries('early');
  for (let at = 0; at < 10_001; at += 1) noteTry(`flood-${at}`, start + 10_000);
  expect(isThrottled('early', start + 10_000)).toBe(false);
});
