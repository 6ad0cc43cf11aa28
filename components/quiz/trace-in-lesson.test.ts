// A trace question as an author writes it, drawn on the server.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Quiz } from '#lib/study/quiz.ts';
import { traceQuestionOf } from './judge.ts';
import { seedOf, TraceInLesson } from './trace-in-lesson.tsx';

const quiz: Quiz = {
  id: 'fencing-history',
  kind: 'trace',
  question: 'Is this history safe?',
  card: 'fencing-who-checks',
  demo: 'pause-no-fence',
  ask: 'safe',
  property: 'no-lost-update',
  options: [],
  depth: 'mid',
};
const save = async () => ({ kind: 'saved' });
const drawn = (asked: Quiz) =>
  renderToStaticMarkup(createElement(TraceInLesson, { quiz: asked, lesson: 'fencing', save, bring: save }));

test('a lesson shows its first history with every line, its two answers and a link that repeats it', () => {
  const html = drawn(quiz);
  const asked = traceQuestionOf(quiz, seedOf(quiz.id));
  expect(html.match(/<li/g)).toHaveLength(asked?.lines.length ?? 0);
  expect(html.match(/type="radio"/g)).toHaveLength(2);
  expect(html).toContain(`seed=${asked?.seed}`);
  expect(html).not.toContain('Broken:');
});

test('an author who asks what a scenario cannot answer is told which question it is', () => {
  expect(() => drawn({ ...quiz, property: 'nobody-stuck' })).toThrow(/fencing-history/);
  expect(() => drawn({ ...quiz, demo: 'no-such-demo' })).toThrow(/fencing-history/);
});
