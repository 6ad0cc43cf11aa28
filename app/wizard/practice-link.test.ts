// The wizard's advice meets the rules of answer practice: what it fills in must arrive in the form, and the rules must not
// call any of it wrong. Here and not with either of them, because neither knows the other.

import { describe, expect, it } from 'vitest';
import { wizard } from '#content/wizard.ts';
import { lessonBySlug } from '#lib/content/lessons.ts';
import { questionById } from '#lib/content/questions.ts';
import { parseBlanks } from '#lib/practice/blanks-url.ts';
import { check, givenOf } from '#lib/practice/rules.ts';
import { assemble, type LockId, lockWords } from '#lib/practice/template.ts';
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

/** The template's name for what is recommended, and the word by which a reader knows it again in the form. */
const named: Readonly<Record<string, readonly (readonly [LockId, RegExp])[]>> = {
  'do-nothing': [['none', /nothing/i]],
  'unique-run': [['unique-constraint', /unique/i]],
  'conditional-update': [['conditional-update', /conditional write/i]],
  escrow: [['conditional-update', /conditional write/i]],
  'unique-constraint': [['unique-constraint', /unique constraint/i]],
  'atomic-counter': [['atomic-counter', /atomic counter/i]],
  'idempotency-key': [['idempotency-key', /idempotency key/i]],
  'conditional-put': [['conditional-update', /ETag/]],
  reservation: [['conditional-update', /conditional write/i]],
  'select-for-update': [['sql', /SELECT FOR UPDATE/]],
  serializable: [['serializable', /serializable transaction/i]],
  spanner: [['spanner', /Spanner transaction/]],
  'home-region': [['sql', /row lock/i]],
  'advisory-lock': [['advisory', /advisory lock/i]],
  'state-machine': [['conditional-update', /conditional write/i]],
  queue: [['queue', /queue, one consumer per key/i]],
  'best-effort-lease': [
    ['etcd', /etcd/],
    ['k8s-lease', /Kubernetes Lease/],
    ['zookeeper', /ZooKeeper/],
    ['lease-row', /lease row/i],
  ],
  redis: [['redis', /SET NX PX/]],
  'k8s-lease': [['k8s-lease', /Kubernetes Lease/]],
  etcd: [['etcd', /etcd/]],
  zookeeper: [['zookeeper', /ZooKeeper/]],
  'lease-row': [['lease-row', /lease row/i]],
  proxy: [['etcd', /etcd/]],
  'cut-off': [['etcd', /etcd/]],
};

const ends = outcomes().map((outcome) => {
  const { candidate, practice, blanks, path } = outcome;
  const question = questionById(practice.question);
  if (question === undefined) throw new Error(`no question ${practice.question}`);
  const sent = parseBlanks(new URL(practiceHref(practice, blanks), 'http://localhost').searchParams);
  const answers: Answers = Object.fromEntries(path.map((one) => [one.question.id, one.choice.id]));
  return { query: new URLSearchParams(answers).toString(), candidate, answers, question, sent };
});

describe('at every end of the wizard', () => {
  it('the lock that is filled in is the recommended thing, by name and in the paragraph', () => {
    for (const { query, candidate, question, sent } of ends) {
      const match = named[candidate.id]?.find(([lock]) => lock === sent.lock);
      expect(match, `${candidate.id} fills in ${sent.lock}: ${query}`).toBeDefined();
      if (match === undefined) continue;
      expect(lockWords[match[0]].label, query).toMatch(match[1]);
      expect(assemble(sent, question.words), query).toContain(`I'd use ${lockWords[match[0]].spoken} because`);
    }
  });

  it('the reason names no other kind of database lock than the one filled in', () => {
    for (const { query, sent } of ends) {
      for (const [lock, words] of [
        ['advisory', /advisory/i],
        ['serializable', /serializable transaction/i],
        ['lease-row', /lease row/i],
        ['sql', /row lock/i],
      ] as const) {
        if (lock !== sent.lock) expect(sent.reason, query).not.toMatch(words);
      }
    }
  });

  it('the practice question agrees that a second run does no harm, where the learner said so', () => {
    for (const { query, answers, question, sent } of ends) {
      if (answers.harm === 'nothing') expect(question.facts.correctness, query).toBe(false);
      if (answers.harm !== 'waste') continue;
      const harmless = !question.facts.correctness || givenOf(sent, question.facts, question.words).backstop;
      expect(harmless, `${query} leads to ${question.id}`).toBe(true);
    }
  });
});

describe('what an outcome links to', () => {
  it.each(wizard.candidates.map((one) => [one.id, one.lesson]))('%s has its lesson, %s', (_, slug) => {
    expect(lessonBySlug(slug)?.slug).toBe(slug);
  });
});
