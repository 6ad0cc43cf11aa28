// The address of a round: it survives the way there and back, and what nobody could have meant gets a sentence.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depths } from '#lib/study/card.ts';
import { fromAddress, MAX_ROUND_SEED, numberIn, type Query, toAddress } from './address.ts';

const queryOf = (address: string): Query => Object.fromEntries(new URL(address, 'http://x').searchParams);
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(-[a-z0-9]{1,5})?$/), { minLength: 1, maxLength: 20 });

test('a round comes back from its own address', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.option(fc.integer({ min: 0, max: MAX_ROUND_SEED })),
        count: fc.integer({ min: 1, max: 20 }),
        depth: fc.constantFrom(...depths),
        of: fc.oneof(fc.constant(null), fc.constant('all' as const), names),
        only: fc.option(names),
        clock: fc.boolean(),
      }),
      (round) => {
        fc.pre(Array.isArray(round.of) ? round.of.join('.') !== 'all' : true);
        expect(fromAddress(queryOf(toAddress(round)))).toEqual({ kind: 'round', round });
      },
    ),
  );
});

test('nothing in the address is nothing', () => {
  expect(fromAddress({})).toEqual({ kind: 'nothing' });
  expect(fromAddress({ utm_source: 'x' })).toEqual({ kind: 'nothing' });
});

test('without a number ten questions are asked, at every depth', () => {
  expect(fromAddress({ seed: '7' })).toMatchObject({ round: { seed: 7, count: 10, depth: 'staff', of: null } });
});

describe('what nobody could have meant gets a sentence', () => {
  test.each<[Query, RegExp]>([
    [{ seed: '-1' }, /seed/],
    [{ seed: '1e3' }, /seed/],
    [{ seed: '1000000' }, /seed/],
    [{ seed: '' }, /seed/],
    [{ seed: "'; DROP TABLE", n: '10' }, /seed/],
    [{ seed: ['1', '2'] }, /seed/],
    [{ n: '0' }, /number of questions/],
    [{ n: '21' }, /number of questions/],
    [{ n: '99999999999999999999' }, /number of questions/],
    [{ n: 'ten' }, /number of questions/],
    [{ n: '5', depth: 'constructor' }, /depth/],
    [{ n: '5', of: '../../etc' }, /lessons/],
    [{ n: '5', of: '' }, /lessons/],
    [{ n: '5', only: ['a', 'b'] }, /questions/],
    [{ n: '5', only: Array.from({ length: 101 }, (_, at) => `q${at}`).join('.') }, /questions/],
  ])('%j', (query, why) => {
    const read = fromAddress(query);
    expect(read.kind === 'bad' && read.why).toMatch(why);
  });
});

test('a number is digits within its bounds and nothing else', () => {
  expect(numberIn('12', 0, 20)).toBe(12);
  for (const text of [undefined, ['1'], '', ' 1', '1.0', '+1', '0x1', '21', '٣'])
    expect(numberIn(text, 0, 20)).toBeNull();
});
