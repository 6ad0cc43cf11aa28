// What one address shows: the next question, an earlier question to change, or the outcome. This is where `ask` counts, so
// that a change keeps every other answer. Only what a page needs to know, no wording and no markup.

import type { Address } from './address.ts';
import type { Candidate, Choice, Question, Tree } from './tree.ts';
import { type Given, lookAhead, type Outcome, walk } from './walk.ts';

export type QuestionPage = {
  readonly kind: 'question';
  readonly question: Question;
  /** The answer given before, when this question is shown again. */
  readonly chosen: Choice | null;
  readonly number: number;
  /** How many questions may follow this one at most; null when it is shown again. */
  readonly atMost: number | null;
  /** What can still be recommended. */
  readonly open: readonly Candidate[];
  /** Every answer on the path, also those after a question that is shown again. */
  readonly path: readonly Given[];
  /** The question before this one on the path. */
  readonly before: Question | null;
  /** The path has its end already, and leaving the answer as it is leads there. */
  readonly settled: boolean;
};

export type Page = QuestionPage | Outcome;

export function pageOf(tree: Tree, { answers, ask }: Address): Page {
  const step = walk(tree, answers);
  const ahead = lookAhead(tree, answers);
  const show = (at: number, question: Question, chosen: Choice | null): QuestionPage => ({
    kind: 'question',
    question,
    chosen,
    number: at + 1,
    atMost: chosen === null ? ahead.questions - 1 : null,
    open: ahead.candidates,
    path: step.path,
    before: step.path[at - 1]?.question ?? null,
    settled: step.kind === 'outcome',
  });
  const at = step.path.findIndex((one) => one.question.id === ask);
  const again = step.path[at];
  if (again !== undefined) return show(at, again.question, again.choice);
  return step.kind === 'outcome' ? step : show(step.path.length, step.question, null);
}
