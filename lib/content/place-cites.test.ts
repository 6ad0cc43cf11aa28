// What an author types around a cite, and what the reader's browser may break.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { render } from './mdx.ts';

const Cite = ({ of }: { of: string }) => createElement('sup', null, of);
const CiteNotes = ({ of }: { of: string }) => createElement('i', null, of);

async function html(body: string): Promise<string> {
  const Body = await render(body);
  const components = { Cite, CiteNotes } as never;
  return renderToStaticMarkup(createElement(Body, { components })).replaceAll('\n', '');
}

test('a cite follows its sentence without a space to break at', async () => {
  expect(await html('It ends. <Cite of="a" /> Then more.')).toContain('<p>It ends.<sup>a</sup> Then more.</p>');
});

test('two cites in a row are kept apart by a space that does not break', async () => {
  expect(await html('It ends. <Cite of="a" /> <Cite of="b" />')).toContain('<sup>a</sup>\u202f<sup>b</sup></p>');
});

test('a cite in a table cell or a list is treated the same', async () => {
  expect(await html('- one <Cite of="a" />')).toContain('one<sup>a</sup>');
  expect(await html('| x |\n| - |\n| one <Cite of="a" /> |')).toContain('one<sup>a</sup>');
});

test('the names of the sources stand before the block that cites them, each once', async () => {
  expect(await html('First.\n\nOne. <Cite of="a" /> Two. <Cite of="b" /> <Cite of="a" />')).toMatch(
    /^<p>First\.<\/p><i>a b<\/i><p>/,
  );
});
