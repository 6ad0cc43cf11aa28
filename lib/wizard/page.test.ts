// What one address shows, on the smallest tree that has a question which not everybody is asked.

import { expect, it } from 'vitest';
import { parseAddress } from './address.ts';
import { pageOf } from './page.ts';
import { type Candidate, type Tree, worse } from './tree.ts';

const candidate = (id: string, verdicts: Candidate['verdicts'], other: string): Candidate => ({
  id,
  title: id,
  name: id,
  say: id,
  because: id,
  watch: id,
  cost: id,
  verdicts,
  alternatives: [{ id: other, when: '' }],
  lesson: 'decide',
  demo: { id: 'seat-14a', shows: '' },
  blanks: { lock: 'none', reason: '' },
  cites: [],
});

const choices = ['yes', 'no'].map((id) => ({ id, label: id, hint: '' }));

const tree: Tree = {
  questions: [
    { id: 'hungry', text: 'Hungry?', why: '', choices },
    { id: 'cook', text: 'Can you cook?', why: '', choices, when: [{ hungry: ['yes'] }] },
    { id: 'late', text: 'Is it late?', why: '', choices },
  ],
  candidates: [
    candidate('cook', { hungry: { no: worse('') }, cook: { no: worse('') }, late: { yes: worse('') } }, 'sleep'),
    candidate('sleep', {}, 'cook'),
  ],
  practices: [{ when: {}, question: 'cron', useCase: '' }],
};

const at = (query: string) => pageOf(tree, parseAddress(tree, new URLSearchParams(query)));

it('an empty address asks the first question and knows how many may follow', () => {
  expect(at('')).toMatchObject({ question: { id: 'hungry' }, number: 1, atMost: 2, before: null, chosen: null });
});

it('counts down by what can still come up, not by all there is', () => {
  expect(at('hungry=no')).toMatchObject({ question: { id: 'late' }, number: 2, atMost: 0, before: { id: 'hungry' } });
});

it('shows an answered question again when asked, with its answer and all the others', () => {
  const page = at('hungry=yes&cook=yes&late=no&ask=cook');
  expect(page).toMatchObject({
    question: { id: 'cook' },
    chosen: { id: 'yes' },
    number: 2,
    atMost: null,
    settled: true,
  });
  expect(page.path.map((one) => one.question.id)).toEqual(['hungry', 'cook', 'late']);
});

it('shows an earlier question again before the end, too', () => {
  expect(at('hungry=yes&ask=hungry')).toMatchObject({ question: { id: 'hungry' }, settled: false });
});

it('goes on where the path is when the question asked for does not come up', () => {
  expect(at('hungry=no&late=yes&cook=yes&ask=cook')).toMatchObject({ kind: 'outcome', candidate: { id: 'sleep' } });
  expect(at('hungry=yes&ask=late')).toMatchObject({ kind: 'question', question: { id: 'cook' }, chosen: null });
});

it('ends in an outcome when nothing is left to ask', () => {
  expect(at('hungry=yes&cook=yes&late=no')).toMatchObject({ kind: 'outcome', candidate: { id: 'cook' } });
});
