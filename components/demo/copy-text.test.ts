import { expect, test } from 'vitest';
import { scenarios } from '#content/scenarios/index.ts';
import { compile, rowsOf, sentence } from '#lib/lock/index.ts';
import { traceText } from './copy-text.ts';
import { firstTrace } from './trace-of.ts';

test('the text of a run has one line for each row of the table, in its words, and says where to find it', () => {
  for (const scenario of scenarios) {
    const trace = firstTrace(compile(scenario));
    const rows = rowsOf(trace, scenario);
    const text = traceText({ title: scenario.title, rows, trace, address: 'https://example.org/demos/x?at=3' });
    const lines = text.split('\n');
    expect(lines[0]).toBe(scenario.title);
    expect(lines).toHaveLength(rows.length + 6);
    rows.forEach((row, index) => {
      expect(lines[index + 2]?.trim()).toBe(`${row.at} ms  ${sentence(row)}`);
    });
    expect(lines.at(-2)).toBe('https://example.org/demos/x?at=3');
    expect(lines.at(-3)).toMatch(
      trace.violations.length === 0 ? /^Nothing is broken/ : /guarantees? broken in this run/,
    );
  }
});
