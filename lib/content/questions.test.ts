// The questions themselves: strict front matter, models that the rules find nothing wrong with, links that lead somewhere.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceByKey } from '#content/sources.ts';
import { check } from '#lib/practice/rules.ts';
import { assemble, speakingSeconds, useCaseIds } from '#lib/practice/template.ts';
import { elements, parse, plainText, render } from './mdx.ts';
import { allQuestions, publicPart, questionById, readQuestion } from './questions.ts';

const questions = allQuestions();
const lessons = existsSync('content/lessons')
  ? readdirSync('content/lessons').map((name) => name.replace(/^\d{3}-|\.mdx$/g, ''))
  : [];

test('there is a question for each of the six use cases, in their order', () => {
  expect(questions.map((question) => question.about)).toEqual([...useCaseIds]);
});

describe.each(questions.map((question) => [question.id, question] as const))('%s', (_, question) => {
  test('has a model in which no rule finds anything wrong or weak, and praises something', () => {
    const found = check(question.model, question.facts, question.words);
    expect(found.filter((one) => one.severity !== 'good')).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  test('has a model that leaves no gap and can be said in about half a minute to a minute', () => {
    const said = assemble(question.model, question.words);
    expect(said).not.toContain('[…]');
    expect(speakingSeconds(said)).toBeGreaterThan(20);
    expect(speakingSeconds(said)).toBeLessThan(75);
  });

  test('has a spoken answer of one to two minutes and says why the weak answer fails', async () => {
    const parts = (parse(question.body).children ?? []).reduce<string[][]>((sections, node) => {
      if (node.type === 'heading') sections.push([plainText(node)]);
      else sections.at(-1)?.push(plainText(node));
      return sections;
    }, []);
    expect(parts.map(([heading]) => heading)).toEqual(['Say it like this', 'The weak answer, and why it fails']);
    const spoken = speakingSeconds(parts[0]!.slice(1).join(' '));
    expect(spoken).toBeGreaterThanOrEqual(60);
    expect(spoken).toBeLessThanOrEqual(120);
    expect(elements(parse(question.body), 'Cite')).toEqual([]);
    await expect(render(question.body)).resolves.toBeTypeOf('function');
  });

  test('cites known sources and links lessons that exist', () => {
    expect(question.cites.filter((key) => sourceByKey(key) === undefined)).toEqual([]);
    const slugs = [...question.lessons, ...question.points.map((point) => point.lesson)];
    expect(slugs.filter((slug) => !lessons.includes(slug))).toEqual([]);
  });

  test('keeps its model out of what is sent before the answer', () => {
    const sent = JSON.stringify(publicPart(question));
    expect(sent).not.toContain(question.model.reason);
    expect(sent).not.toContain(question.points[0]!.text);
    expect(sent).not.toContain('Say it like this');
  });
});

test('an unknown id is no question', () => {
  expect(questionById('nope')).toBeUndefined();
});

test('a misspelt field is refused with the name of the file', () => {
  expect(() => readQuestion('x.mdx', '---\ntitle: X\nabuot: booking\n---\n')).toThrow(/^x\.mdx: .*abuot/);
});
