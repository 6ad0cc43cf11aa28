// The syntax tree of a lesson and the component made from it: both from one set of plugins.
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import { attributes, elements, parse, plainText, render, splitFrontMatter } from './mdx.ts';

const Aside = ({ children }: { children?: string }) => createElement('aside', null, children);

describe('splitFrontMatter', () => {
  test('keeps the line numbers of the body', () => {
    const { data, body } = splitFrontMatter('---\na: 1\nb: two\n---\n\n<Here />\n');
    expect(data).toEqual({ a: 1, b: 'two' });
    expect(elements(parse(body), 'Here')[0]?.position?.start.line).toBe(6);
  });

  test('without front matter gives the whole text as body', () => {
    for (const text of ['', 'a\n', 'a\n---\nb: 1\n---\n', '---\nnever closed']) {
      expect(splitFrontMatter(text)).toEqual({ data: null, body: text });
    }
  });

  test('does not take a rule in the text for the end of front matter', () => {
    expect(splitFrontMatter('---\na: 1\n---\nbody\n\n---\n\nmore').body).toContain('more');
  });
});

describe('elements', () => {
  test('are found in the order of the text, nested ones too, in a line or on lines of their own', () => {
    const tree = parse('<A id="1" />\n\ntext <A id="2" /> text\n\n<B>\n\n- <A id="3" />\n\n</B>\n');
    expect(elements(tree, 'A').map((node) => attributes(node).id)).toEqual(['1', '2', '3']);
    expect(elements(tree, 'A', 'B')).toHaveLength(4);
  });

  test('in code are text and not elements', () => {
    expect(elements(parse('`<A />`\n\n```\n<A />\n```\n'), 'A')).toEqual([]);
  });
});

describe('attributes', () => {
  test('are strings, and `true` where there is no value', () => {
    expect(attributes(elements(parse('<A one="1" two />'), 'A')[0]!)).toEqual({ one: '1', two: true });
  });

  test('may be empty strings', () => {
    expect(attributes(elements(parse('<A one="" />'), 'A')[0]!)).toEqual({ one: '' });
  });

  test.each(['<A one={1} />', '<A one={"1"} />', '<A {...all} />'])('%s is refused with its line', (text) => {
    expect(() => attributes(elements(parse(`\n${text}`), 'A')[0]!)).toThrow('<A> on line 2');
  });
});

describe('plainText', () => {
  test('keeps inline code in backticks and drops all other marks', () => {
    expect(plainText(parse('a **b** `SET NX` [c](/d)'))).toBe('a b `SET NX` c');
  });
});

describe('render', () => {
  test('gives headings an id, tables a body, and names their component', async () => {
    const { renderToStaticMarkup } = await import('react-dom/server');
    const Body = await render('## The detail\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<Aside>note</Aside>\n');
    const html = renderToStaticMarkup(createElement(Body, { components: { Aside: Aside as never } }));
    expect(html).toContain('<h2 id="the-detail">The detail</h2>');
    expect(html).toContain('<td>2</td>');
    expect(html).toContain('<aside>note</aside>');
  });
});
