// What an author types around a cite, and what the reader's browser may break.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { render } from './mdx.ts';

const Cite = ({ of }: { of: string }) => createElement('sup', null, of);

async function html(body: string): Promise<string> {
  const Body = await render(body);
  return renderToStaticMarkup(createElement(Body, { components: { Cite: Cite as never } }));
}

test('a cite follows its sentence without a space to break at', async () => {
  expect(await html('It ends. <Cite of="a" /> Then more.')).toBe('<p>It ends.<sup>a</sup> Then more.</p>');
});

test('two cites in a row are kept apart by a space that does not break', async () => {
  expect(await html('It ends. <Cite of="a" /> <Cite of="b" />')).toBe('<p>It ends.<sup>a</sup>\u202f<sup>b</sup></p>');
});

test('a cite in a table cell or a list is treated the same', async () => {
  expect(await html('- one <Cite of="a" />')).toContain('one<sup>a</sup>');
  expect(await html('| x |\n| - |\n| one <Cite of="a" /> |')).toContain('one<sup>a</sup>');
});
