import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarios } from '#content/scenarios/index.ts';
import { compile, rowsOf } from '#lib/lock/index.ts';
import { CROWD, crowdOf } from './crowd.ts';
import { crowdFile } from './crowd-file.ts';
import { pictureOf } from './layout.ts';
import { LIGHT, svgFile } from './svg-file.ts';
import { el, svgText } from './svg-tree.ts';
import { firstTrace } from './trace-of.ts';

const files = scenarios
  .filter(({ clients }) => Object.keys(clients).length <= CROWD)
  .map((scenario) => {
    const trace = firstTrace(compile(scenario));
    const broken = trace.violations.map(({ words }) => words);
    const rows = rowsOf(trace, scenario);
    const text = svgFile({ picture: pictureOf(trace, scenario), title: scenario.title, rows, broken });
    return { scenario, broken, rows, text };
  });

/** Every element that is opened is closed, in order: enough to know that a viewer can read it. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  for (const [, close, name, itself] of text.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close) {
      if (open.pop() !== name) return false;
    } else if (!itself) open.push(name as string);
  }
  return open.length === 0;
}

describe.each(files)('the file of $scenario.id', ({ text, scenario, broken, rows }) => {
  test('is well-formed and stands alone: no colour, font or picture is somewhere else', () => {
    expect(isWellFormed(text)).toBe(true);
    expect(text).not.toMatch(/var\(|light-dark|href|@import|class=|undefined|NaN/);
    expect([...text.matchAll(/url\(([^)]*)\)/g)].every(([, target]) => target === '#pause')).toBe(true);
  });

  test('has its title, the whole run in words, and the sentence of each broken guarantee', () => {
    expect(text).toContain(`<title>${scenario.title.replace(/&/g, '&amp;')}</title>`);
    expect(text.match(/ ms: /g)?.length ?? 0).toBeGreaterThanOrEqual(rows.length);
    const shown = text
      .slice(text.indexOf('</desc>'))
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    for (const words of broken) expect(shown).toContain(words.replace(/&/g, '&amp;'));
  });

  test('names every lane', () => {
    for (const id of Object.keys(scenario.clients)) expect(text).toContain(`>${id}</text>`);
  });
});

describe('the file of a crowd', () => {
  const crowds = scenarios.filter(({ clients }) => Object.keys(clients).length > CROWD);

  test.each(crowds.map((scenario) => [scenario.id, scenario] as const))(
    '%s stands alone and has a row for each request',
    (_id, scenario) => {
      const trace = firstTrace(compile(scenario));
      const picture = crowdOf(trace, scenario);
      const text = crowdFile({ picture, title: scenario.title, rows: rowsOf(trace, scenario) });
      expect(isWellFormed(text)).toBe(true);
      expect(text).not.toMatch(/var\(|url\(|href|class=|undefined|NaN/);
      expect(text.match(/<rect [^>]*width="6"/g)?.length).toBe(picture.writes.length);
      expect(text).toContain(`${Object.keys(scenario.clients).length} requests`);
      expect(text).toContain(`<title>${scenario.title}</title>`);
    },
  );
});

test('its colours are those of the light theme', () => {
  const sheet = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
  for (const [variable, colour] of Object.entries(LIGHT)) expect(sheet).toContain(`${variable}: light-dark(${colour}`);
});

test('text and attributes cannot break out of the file', () => {
  expect(svgText(el('text', { id: '"><x' }, '</text><script>&'), {})).toBe(
    '<text id="&quot;&gt;&lt;x">&lt;/text&gt;&lt;script&gt;&amp;</text>',
  );
});

test('a colour that the file does not know is an error, not a black shape', () => {
  expect(() => svgText(el('rect', { fill: 'var(--no-such)' }), LIGHT)).toThrow('--no-such');
});

test('attributes are spelled as SVG spells them', () => {
  expect(svgText(el('pattern', { patternUnits: 'x', strokeWidth: 2, textAnchor: undefined }), {})).toBe(
    '<pattern patternUnits="x" stroke-width="2"/>',
  );
});
