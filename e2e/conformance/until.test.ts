import { expect, test } from 'vitest';
import { until } from './until.ts';

test('until answers the first answer that is one, and takes zero for one', async () => {
  const answers = [null, false, undefined, 0, 1];
  expect(await until('a number', () => answers.shift())).toBe(0);
  expect(answers).toEqual([1]);
});

test('until takes an exception for not yet', async () => {
  let asked = 0;
  const answer = await until('the third time', () => {
    asked += 1;
    if (asked < 3) throw new Error('too early');
    return asked;
  });
  expect(answer).toBe(3);
});

test('until gives up with the last error, and also when a question is never answered', async () => {
  const failing = until('a failure', () => Promise.reject(new Error('still closed')), 60);
  await expect(failing).rejects.toThrow('waited 60 ms in vain: a failure (Error: still closed)');
  await expect(until('silence', () => new Promise(() => {}), 60)).rejects.toThrow('silence (nothing yet)');
});
