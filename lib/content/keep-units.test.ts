import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { withUnits } from '#lib/study/units.ts';
import { render } from './mdx.ts';

describe('a number and its unit stay on one line', () => {
  test('with a space that does not break, and only there', () => {
    expect(withUnits('30 s, 15 ms or 1 %, after 3 steps')).toBe('30\u00a0s, 15\u00a0ms or 1\u00a0%, after 3 steps');
    expect(withUnits('5 sessions, 10 minutes, 2 msgs, P99 9 s.')).toBe('5 sessions, 10 minutes, 2 msgs, P99 9\u00a0s.');
  });

  test('in the prose and in tables of a lesson, and never in code or in an anchor', async () => {
    const Body = await render('## Wait 30 s\n\nWait *10 s*, then `PX 30 s`.\n\n| A |\n| - |\n| 5 ms |\n');
    const html = renderToStaticMarkup(createElement(Body, { components: {} }));
    expect(html).toContain('<h2 id="wait-30-s">Wait 30\u00a0s</h2>');
    expect(html).toContain('<em>10\u00a0s</em>');
    expect(html).toContain('<code>PX 30 s</code>');
    expect(html).toContain('<td>5\u00a0ms</td>');
  });
});
