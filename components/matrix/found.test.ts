// A cell that was opened is known again by its address, and by nothing else.
import { describe, expect, test } from 'vitest';
import { choicesToQuery, experimentLink } from '#components/demo/choices-url.ts';
import { answer, cells, choicesOf } from '#lib/lock/index.ts';
import { cellOf } from './found.ts';

const queryOf = (text: string) => Object.fromEntries(new URLSearchParams(text));
const cell = {
  row: 'redis',
  lock: 'redis',
  trouble: 'client pause',
  fenced: true,
  property: 'no-lost-update',
} as const;
const link = choicesToQuery(choicesOf(cell), cell.property);

test('a cell that holds is known by its address, with what the engine found there', () => {
  expect(cellOf(queryOf(link))).toEqual({
    ...cell,
    title: 'Redis, one server',
    under: 'client pause, with fencing',
    asks: 'Can an update that was accepted be lost?',
    address: '/demos/matrix#redis',
    verdict: expect.objectContaining({ kind: 'holds', states: 551, timing: 'corners' }),
  });
});

test('a cell that is broken is known by the address of its run', () => {
  const broken = { ...cell, fenced: false, property: 'one-believer' } as const;
  const found = answer(broken);
  if (found.kind === 'refused' || found.verdict.kind !== 'violated') throw new Error('this cell is broken');
  const address = experimentLink(found.choices, broken.property, found.verdict.script).split('?')[1] ?? '';
  expect(address).toContain('moves=');
  expect(cellOf(queryOf(address))).toMatchObject({
    address: '/demos/matrix/one-believer#redis',
    verdict: found.verdict,
  });
});

test('no two cells have the same address', () => {
  const addresses = cells().map((one) => choicesToQuery(choicesOf(one), one.property));
  expect(new Set(addresses).size).toBe(addresses.length);
});

describe('no cell is', () => {
  test.each([
    ['the usual experiment', ''],
    ['an experiment with another lease', `${link}&ttl=31`],
    ['one that makes no sense', 'lock=constructor'],
    ['a verdict that the address claims', `${link}&states=1&verdict=holds`.replace('lock=redis', 'lock=none')],
    [
      'a lock that cannot be fenced',
      choicesToQuery(choicesOf({ ...cell, row: 'redlock', lock: 'redlock' }), cell.property),
    ],
  ])('%s', (_what, address) => expect(cellOf(queryOf(address))).toBeNull());
});
