// Answers in, the next question or the outcome out. Pure, so the same answers give the same page in any order.
// An outcome explains itself from the candidates' verdicts: which answers speak for the recommendation, and which answer
// rules out each of the others. Answers to questions that do not come up are not read; the address keeps them.

import type {
  Answers,
  Blanks,
  Candidate,
  Choice,
  Condition,
  Grade,
  Practice,
  Question,
  Tree,
  Verdict,
} from './tree.ts';

/** One answer on the path, with its wording. */
export type Given = { readonly question: Question; readonly choice: Choice };

export type Reason = {
  readonly given: Given;
  /** What this answer says for the recommendation, if it says something. */
  readonly why: string | null;
  /** The candidates that fall because of this answer. */
  readonly against: readonly Candidate[];
};

export type Rejection = {
  readonly candidate: Candidate;
  readonly grade: Exclude<Grade, 'yes'> | 'outranked';
  readonly why: string;
  /** The answer that speaks against it; null when it would do, and the recommendation is simply the smaller means. */
  readonly given: Given | null;
};

export type Outcome = {
  readonly kind: 'outcome';
  readonly path: readonly Given[];
  readonly candidate: Candidate;
  readonly reasons: readonly Reason[];
  readonly alternative: { readonly candidate: Candidate; readonly when: string };
  readonly rejections: readonly Rejection[];
  readonly practice: Practice;
  readonly blanks: Blanks;
};

export type Step =
  | { readonly kind: 'question'; readonly path: readonly Given[]; readonly question: Question }
  | Outcome;

/** What lies ahead of some answers: how many questions at most, and which recommendations are still possible. */
export type Ahead = { readonly questions: number; readonly candidates: readonly Candidate[] };

export function walk(tree: Tree, answers: Answers): Step {
  const path: Given[] = [];
  const read: { [questionId: string]: string } = {};
  for (const question of tree.questions) {
    if (question.when !== undefined && !question.when.some((condition) => meets(read, condition))) continue;
    const choice = question.choices.find((one) => one.id === answers[question.id]);
    if (choice === undefined) return { kind: 'question', path, question };
    read[question.id] = choice.id;
    path.push({ question, choice });
  }
  return conclude(tree, path);
}

/** Every end that can still be reached from here, answers kept. */
export function lookAhead(tree: Tree, answers: Answers): Ahead {
  const reached = new Set<string>();
  const questions = descend(tree, answers, reached);
  return { questions, candidates: tree.candidates.filter((one) => reached.has(one.id)) };
}

function descend(tree: Tree, answers: Answers, reached: Set<string>): number {
  const step = walk(tree, answers);
  if (step.kind === 'outcome') {
    reached.add(step.candidate.id);
    return 0;
  }
  const { question } = step;
  return 1 + Math.max(...question.choices.map((one) => descend(tree, { ...answers, [question.id]: one.id }, reached)));
}

function meets(read: Answers, condition: Condition): boolean {
  return Object.entries(condition).every(([question, choices]) => {
    const given = read[question];
    return given !== undefined && choices.includes(given);
  });
}

function conclude(tree: Tree, path: readonly Given[]): Outcome {
  const judged = tree.candidates.map((candidate) => ({ candidate, verdict: judge(candidate, path) }));
  const candidate = judged.find((one) => one.verdict === null)?.candidate;
  if (candidate === undefined) throw new Error(`no candidate is left for ${describe(path)}`);
  const rejections = judged
    .filter((one) => one.candidate !== candidate)
    .map((one): Rejection => {
      if (one.verdict === null)
        return { candidate: one.candidate, grade: 'outranked', why: one.candidate.cost, given: null };
      return { candidate: one.candidate, ...one.verdict };
    });
  const alternative = candidate.alternatives.find(
    (one) => rejections.find((other) => other.candidate.id === one.id && other.grade !== 'no') !== undefined,
  );
  const second = tree.candidates.find((one) => one.id === alternative?.id);
  if (alternative === undefined || second === undefined)
    throw new Error(`no alternative is left for ${describe(path)}`);
  return {
    kind: 'outcome',
    path,
    candidate,
    reasons: path.map((given) => ({
      given,
      why: verdictOn(candidate, given)?.why ?? null,
      against: rejections.filter((one) => one.given === given).map((one) => one.candidate),
    })),
    alternative: { candidate: second, when: alternative.when },
    rejections,
    practice: practiceFor(tree, path),
    blanks: blanksFor(candidate, path),
  };
}

/** The gravest thing the answers say against a candidate, the earliest answer first; null when they say nothing. */
function judge(
  candidate: Candidate,
  path: readonly Given[],
): { readonly grade: 'no' | 'worse'; readonly why: string; readonly given: Given } | null {
  for (const grade of ['no', 'worse'] as const) {
    for (const given of path) {
      const verdict = verdictOn(candidate, given);
      if (verdict?.grade === grade) return { grade, why: verdict.why, given };
    }
  }
  return null;
}

function verdictOn(candidate: Candidate, given: Given): Verdict | undefined {
  return candidate.verdicts[given.question.id]?.[given.choice.id];
}

function practiceFor(tree: Tree, path: readonly Given[]): Practice {
  const read = Object.fromEntries(path.map((one) => [one.question.id, one.choice.id]));
  const fitting = tree.practices.find((one) => meets(read, one.when));
  if (fitting === undefined) throw new Error(`no practice question fits ${describe(path)}`);
  const { when: _, ...practice } = fitting;
  return practice;
}

function blanksFor(candidate: Candidate, path: readonly Given[]): Blanks {
  const particular = path.map((given) => candidate.blanksFor?.[given.question.id]?.[given.choice.id] ?? {});
  return Object.assign({}, candidate.blanks, ...particular);
}

function describe(path: readonly Given[]): string {
  return path.map((one) => `${one.question.id}=${one.choice.id}`).join(' ');
}
