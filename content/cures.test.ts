// The table of cures as the engine computes it, beside the fact sheet's (locks.md 0.6). Both are written here, so that a change of
// either is seen. Each disagreement is argued in content/decisions/0006-where-the-engine-differs-on-cures.mdx.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { cures, effectOf } from './cures.ts';
import { type Failure, failures } from './failures.ts';

vi.setConfig({ testTimeout: 120_000 });

const COLUMNS = ['F1', 'F2', 'F3', 'F4', 'F5', 'F7', 'F9', 'F10', 'F12', 'F13', 'F14', 'F17'] as const;

/** The fact sheet, in its order of rows, without its remarks: '+' stops the bad outcome, '~' makes it rarer or shorter. */
const SHEET: { readonly [title: string]: string } = {
  'Shorter TTL + renewal': '~ - - - - ~ - - - - - -',
  'Longer TTL': '- ~ - - ~ - ~ ~ - ~ - -',
  'Re-check just before the write': '- ~ - ~ ~ - - ~ ~ - - -',
  'Unique value + compare-and-delete': '- - - - - ~ + - - - - -',
  '`WAIT` / synchronous replica check': '- - - ~ - - - - - - ~ -',
  'Redlock instead of one node': '- - - + ~ - - - - - - -',
  'Consensus store (ZooKeeper, etcd, Consul)': '- - - + ~ ~ + - + - + -',
  'Lock-delay': '- ~ ~ - - - - ~ - ~ - -',
  'Fencing, check only (token < max refused)': '- ~ ~ ~ ~ - ~ ~ ~ - - -',
  'Fencing, seal before read': '- + + + + - + + + + - -',
  'Lock and data in one transaction': '+ + + + + ~ + + + + + -',
  'Unique key or conditional update in the resource': '+ + + + + ~ + + + + + +',
  'Idempotency key': '- ~ ~ ~ ~ + ~ ~ ~ - - +',
};

/** The engine. 'r': the two cannot be put together, and it says why; '?': no end within the bound, judged by random runs. */
const COMPUTED: { readonly [title: string]: string } = {
  'Shorter TTL + renewal': '+ - + ~ ~ + ~ - ~ ~ - -',
  'Longer TTL': '- - - - - - + + + - - -',
  'Re-check just before the write': '- ~ ~ - - - - + - ~ - -',
  'Unique value + compare-and-delete': '- - - - - + + - - - - -',
  '`WAIT` / synchronous replica check': '- ~? ~? ~? - - ~? - - ~? ~? -',
  'Redlock instead of one node': '- - ~ r - + + - ~? r r -',
  'Consensus store (ZooKeeper, etcd, Consul)': '- - ~ + + + + - + ~ + -',
  'Lock-delay': '- + + + + + + + + ~ + -',
  'Fencing, check only (token < max refused)': '- + + - r - - - r - - -',
  'Fencing, seal before read': '- + + - r - ~ + r + - -',
  'Lock and data in one transaction': '+ + + r + + + r + + r -',
  'Unique key or conditional update in the resource': 'r + + r + r r r + + r +',
  'Idempotency key': 'r + + r + r r r + + r -',
};

const failureOf = (id: string): Failure => {
  const found = failures.find((one) => one.id === id);
  if (!found) throw new Error(`there is no failure '${id}'`);
  return found;
};

test('every row of the fact sheet is a cure here, and every cure is in both tables', () => {
  const titles = cures.map(({ title }) => title);
  expect(Object.keys(SHEET)).toEqual(titles);
  expect(Object.keys(COMPUTED)).toEqual(titles);
});

describe.each(cures)('$title', (cure) => {
  test('does to each failure what the engine’s table says, by search', () => {
    const row = COLUMNS.map((id) => {
      const cell = effectOf(cure, failureOf(id));
      if (cell.kind === 'refused') {
        expect(cell.why).not.toBe('');
        return 'r';
      }
      return `${cell.effect}${cell.bounded ? '?' : ''}`;
    });
    expect(row.join(' ')).toBe(COMPUTED[cure.title]);
  });

  test('differs from the fact sheet only where the decision says why', () => {
    const said = readFileSync(
      path.join(import.meta.dirname, 'decisions/0006-where-the-engine-differs-on-cures.mdx'),
      'utf8',
    );
    const [sheet, computed] = [SHEET, COMPUTED].map((table) => (table[cure.title] ?? '').split(' '));
    const differing = COLUMNS.filter((_, index) => sheet?.[index] !== computed?.[index]?.replace('?', ''));
    const paragraph = said.split('\n').find((line) => line.startsWith(`**${cure.title.replace('<', '&lt;')}**`));
    for (const id of differing) expect(paragraph, `${cure.title}: ${id}`).toMatch(new RegExp(`\\b${id}\\b`));
  });
});
