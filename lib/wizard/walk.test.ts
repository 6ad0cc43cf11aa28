// The machinery on a tree small enough to see through: what is asked, what is concluded, and what an address means.

import { describe, expect, it } from 'vitest';
import { parseAddress, practiceHref, wizardHref } from './address.ts';
import { flips } from './flips.ts';
import { type Answers, type Candidate, no, type Tree, worse, yes } from './tree.ts';
import { lookAhead, walk } from './walk.ts';

function candidate(id: string, verdicts: Candidate['verdicts'], alternatives: readonly string[]): Candidate {
  return {
    id,
    title: id,
    name: id,
    say: id,
    because: id,
    watch: id,
    cost: `${id} costs something`,
    verdicts,
    alternatives: alternatives.map((one) => ({ id: one, when: `${one} now and then` })),
    lesson: 'decide',
    demo: { id: 'seat-14a', shows: id },
    blanks: { lock: 'none', reason: id },
    cites: [],
  };
}

const choice = (id: string) => ({ id, label: id.toUpperCase(), hint: '' });

/** Umbrella or coat? Rain decides; wind is asked only in rain. */
const tree: Tree = {
  questions: [
    { id: 'rain', text: 'Does it rain?', why: '', choices: [choice('yes'), choice('no')] },
    { id: 'wind', text: 'Is it windy?', why: '', choices: [choice('yes'), choice('no')], when: [{ rain: ['yes'] }] },
    { id: 'cold', text: 'Is it cold?', why: '', choices: [choice('yes'), choice('no')] },
  ],
  candidates: [
    candidate(
      'umbrella',
      { rain: { yes: yes('keeps rain off'), no: no('nothing to keep off') }, wind: { yes: worse('turns inside out') } },
      ['coat'],
    ),
    candidate('nothing', { rain: { yes: worse('you get wet') }, cold: { yes: worse('you freeze') } }, [
      'umbrella',
      'coat',
    ]),
    candidate('coat', { wind: { yes: yes('stays on') } }, ['umbrella', 'nothing']),
    candidate('cape', { rain: { yes: yes('an old habit') }, cold: { yes: no('too thin'), no: worse('too much') } }, [
      'coat',
    ]),
  ],
  practices: [
    { when: { rain: ['yes'] }, question: 'wet', useCase: 'walking in rain' },
    { when: {}, question: 'dry', useCase: '' },
  ],
};

describe('walk', () => {
  it('asks the first question that has no answer, and none that does not matter', () => {
    expect(walk(tree, {})).toMatchObject({ kind: 'question', question: { id: 'rain' } });
    expect(walk(tree, { rain: 'yes' })).toMatchObject({ kind: 'question', question: { id: 'wind' } });
    expect(walk(tree, { rain: 'no' })).toMatchObject({ kind: 'question', question: { id: 'cold' } });
  });

  it('takes the first candidate that no answer speaks against', () => {
    expect(walk(tree, { rain: 'yes', wind: 'no', cold: 'yes' })).toMatchObject({ candidate: { id: 'umbrella' } });
    expect(walk(tree, { rain: 'yes', wind: 'yes', cold: 'yes' })).toMatchObject({ candidate: { id: 'coat' } });
  });

  it('does not read an answer to a question that does not come up', () => {
    const dry = walk(tree, { rain: 'no', cold: 'yes' });
    expect(walk(tree, { rain: 'no', wind: 'yes', cold: 'yes' })).toEqual(dry);
  });

  it('treats a choice that does not exist as no answer', () => {
    expect(walk(tree, { rain: 'perhaps' })).toMatchObject({ kind: 'question', question: { id: 'rain' } });
  });

  it('blames the gravest answer for a rejection, and the cost when no answer is to blame', () => {
    const out = walk(tree, { rain: 'yes', wind: 'no', cold: 'yes' });
    if (out.kind !== 'outcome') throw new Error('expected an outcome');
    const of = (id: string) => out.rejections.find((one) => one.candidate.id === id);
    expect(of('cape')).toMatchObject({ grade: 'no', why: 'too thin', given: { question: { id: 'cold' } } });
    expect(of('nothing')).toMatchObject({ grade: 'worse', why: 'you get wet', given: { question: { id: 'rain' } } });
    expect(of('coat')).toMatchObject({ grade: 'outranked', why: 'coat costs something', given: null });
  });

  it('says for each answer what it speaks for and whom it speaks against', () => {
    const out = walk(tree, { rain: 'yes', wind: 'no', cold: 'yes' });
    if (out.kind !== 'outcome') throw new Error('expected an outcome');
    expect(out.reasons.map((one) => [one.given.question.id, one.why, one.against.map((it) => it.id)])).toEqual([
      ['rain', 'keeps rain off', ['nothing']],
      ['wind', null, []],
      ['cold', null, ['cape']],
    ]);
  });

  it('offers the first alternative that the answers do not rule out', () => {
    const out = walk(tree, { rain: 'no', cold: 'yes' });
    expect(out).toMatchObject({ candidate: { id: 'coat' }, alternative: { candidate: { id: 'nothing' } } });
  });

  it('picks the practice question that fits the answers', () => {
    expect(walk(tree, { rain: 'yes', wind: 'no', cold: 'yes' })).toMatchObject({ practice: { question: 'wet' } });
    expect(walk(tree, { rain: 'no', cold: 'yes' })).toMatchObject({ practice: { question: 'dry' } });
  });
});

describe('lookAhead', () => {
  it('counts the questions that may still come, and the ends that may still be reached', () => {
    expect(lookAhead(tree, {}).questions).toBe(3);
    expect(lookAhead(tree, { rain: 'no' })).toMatchObject({
      questions: 1,
      candidates: [{ id: 'nothing' }, { id: 'coat' }],
    });
    expect(lookAhead(tree, { rain: 'no', cold: 'yes' }).questions).toBe(0);
  });
});

describe('flips', () => {
  const summary = (answers: Answers) =>
    flips(tree, answers).map((one) => [
      `${one.question.id}=${one.choice.id}`,
      one.asksMore,
      one.candidates.map((it) => it.id),
    ]);

  it('lists a change that decides at once, and one that asks more but cannot end in the same place', () => {
    expect(summary({ rain: 'no', cold: 'no' })).toEqual([
      ['rain=yes', true, ['umbrella', 'coat']],
      ['cold=yes', false, ['coat']],
    ]);
  });

  it('leaves out a change that ends in the same place, or may do so', () => {
    // Without wind the umbrella stays, warm or cold; and rain may still end with a coat.
    expect(summary({ rain: 'yes', wind: 'no', cold: 'yes' })).toEqual([
      ['rain=no', false, ['coat']],
      ['wind=yes', false, ['coat']],
    ]);
    expect(summary({ rain: 'no', cold: 'yes' })).toEqual([['cold=no', false, ['nothing']]]);
  });

  it('is empty before there is an outcome', () => {
    expect(flips(tree, { rain: 'no' })).toEqual([]);
  });
});

describe('the address', () => {
  const parse = (query: string) => parseAddress(tree, new URLSearchParams(query));

  it('keeps answers that do not matter now', () => {
    expect(parse('rain=no&wind=yes').answers).toEqual({ rain: 'no', wind: 'yes' });
    expect(wizardHref(tree, { wind: 'yes', rain: 'no' })).toBe('/wizard?rain=no&wind=yes');
  });

  it('leaves out unknown questions and choices, and says so', () => {
    expect(parse('rain=hail&snow=yes&cold=no')).toEqual({
      answers: { cold: 'no' },
      ask: null,
      notices: [
        { kind: 'gone', key: 'rain', value: 'hail' },
        { kind: 'gone', key: 'snow', value: 'yes' },
      ],
    });
  });

  it('does not choose between two answers to one question', () => {
    expect(parse('rain=yes&rain=no')).toMatchObject({ answers: {}, notices: [{ kind: 'twice', key: 'rain' }] });
    expect(parse('rain=yes&rain=yes')).toMatchObject({ answers: { rain: 'yes' }, notices: [] });
  });

  it('reads which question to show again, if there is such a question', () => {
    expect(parse('rain=no&ask=rain')).toMatchObject({ ask: 'rain', answers: { rain: 'no' }, notices: [] });
    expect(parse('ask=snow')).toMatchObject({ ask: null, notices: [{ kind: 'gone', key: 'ask', value: 'snow' }] });
  });

  it('is not misled by names that every object has', () => {
    expect(parse('constructor=yes&__proto__=yes').answers).toEqual({});
  });

  it('links to practice with the blanks that make sense, and no others', () => {
    const practice = { question: 'cron', useCase: 'a nightly job', notes: 'It is idempotent.' };
    const href = practiceHref(practice, { lock: 'redis', reason: 'a duplicate & its cost', ttl: 30, heartbeat: 10 });
    const url = new URL(href, 'http://localhost');
    expect(url.pathname).toBe('/practice/cron');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      useCase: 'a nightly job',
      lock: 'redis',
      reason: 'a duplicate & its cost',
      ttl: '30',
      heartbeat: '10',
      notes: 'It is idempotent.',
    });
  });
});
