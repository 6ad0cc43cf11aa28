// The wizard's advice meets the rules of answer practice: what it fills in must arrive in the form, and the rules must not
// call any of it wrong. Here and not with either of them, because neither knows the other.

import { describe, expect, it } from 'vitest';
import { wizard } from '#content/wizard.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { questionById } from '#lib/content/questions.ts';
import { parseBlanks } from '#lib/practice/blanks-url.ts';
import { check } from '#lib/practice/rules.ts';
import { practiceHref } from '#lib/wizard/address.ts';
import type { Answers } from '#lib/wizard/tree.ts';
import { type Outcome, walk } from '#lib/wizard/walk.ts';

function outcomes(answers: Answers = {}): readonly Outcome[] {
  const step = walk(wizard, answers);
  if (step.kind === 'outcome') return [step];
  return step.question.choices.flatMap((one) => outcomes({ ...answers, [step.question.id]: one.id }));
}

const links = new Map(
  outcomes().map((one) => [practiceHref(one.practice, one.blanks), `${one.candidate.id} on ${one.practice.question}`]),
);

describe.each([...links])('%s', (href, name) => {
  const url = new URL(href, 'http://localhost');
  const question = questionById(url.pathname.split('/').at(-1) ?? '');

  it(`arrives whole: ${name}`, () => {
    const blanks = parseBlanks(url.searchParams);
    const sent = Object.fromEntries(url.searchParams);
    expect(question).toBeDefined();
    expect({
      useCase: blanks.useCase,
      lock: blanks.lock,
      reason: blanks.reason,
      notes: blanks.notes || undefined,
      fencing: blanks.fencing ?? undefined,
      ttl: blanks.ttlSeconds?.toString(),
      heartbeat: blanks.heartbeatSeconds?.toString(),
    }).toEqual({ notes: undefined, fencing: undefined, ttl: undefined, heartbeat: undefined, ...sent });
  });

  it(`is not called wrong: ${name}`, () => {
    if (question === undefined) throw new Error('no such question');
    const found = check(parseBlanks(url.searchParams), question.facts, question.words);
    expect(found.filter((one) => one.severity === 'wrong').map((one) => one.finding)).toEqual([]);
  });
});

describe('what an outcome links to', () => {
  it.each(wizard.candidates.map((one) => [one.id, one.lesson]))('%s has its lesson, %s', (_, slug) => {
    expect(lessonBySlug(slug)?.slug).toBe(slug);
  });
});
