// Which single changed answer would give another recommendation: computed by changing each answer, never written down.
// A change may open a question that was not asked before. It counts as a flip only when every way to go on from there
// ends somewhere else; a change that might still end in the same place is left out.

import type { Answers, Candidate, Choice, Question, Tree } from './tree.ts';
import { lookAhead, walk } from './walk.ts';

export type Flip = {
  readonly question: Question;
  readonly choice: Choice;
  /** One candidate when the change decides, several when it asks something more first. */
  readonly candidates: readonly Candidate[];
  readonly asksMore: boolean;
};

export function flips(tree: Tree, answers: Answers): readonly Flip[] {
  const here = walk(tree, answers);
  if (here.kind === 'question') return [];
  return here.path.flatMap(({ question, choice }) =>
    question.choices
      .filter((other) => other.id !== choice.id)
      .map((other): Flip => {
        const changed = { ...answers, [question.id]: other.id };
        const ahead = lookAhead(tree, changed);
        return { question, choice: other, candidates: ahead.candidates, asksMore: ahead.questions > 0 };
      })
      .filter((flip) => !flip.candidates.some((one) => one.id === here.candidate.id)),
  );
}
