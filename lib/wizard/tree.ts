// What a decision tree is made of: questions with choices, and candidates that judge each choice.
// A candidate carries a verdict for the choices that matter to it, and nothing says directly which answers lead where. The
// recommendation, the reasons for it and the reasons against everything else all follow from the same verdicts, so
// advice and explanation cannot drift apart. Only data and no functions, so that a tree can be checked as a whole.

/** Answers by question id. A tree never reads one whose question does not come up. */
export type Answers = { readonly [questionId: string]: string };

/** Every named question must have been answered with one of the listed choices. */
export type Condition = { readonly [questionId: string]: readonly string[] };

export type Choice = { readonly id: string; readonly label: string; readonly hint: string };

export type Question = {
  readonly id: string;
  readonly text: string;
  /** Why we ask: what this answer decides. */
  readonly why: string;
  readonly choices: readonly Choice[];
  /** Asked when any of these holds for the answers so far; without it, always asked. */
  readonly when?: readonly Condition[];
};

/** `yes` speaks for a candidate here, `worse` lets it work but not as the first choice, `no` rules it out. */
export type Grade = 'yes' | 'worse' | 'no';
export type Verdict = { readonly grade: Grade; readonly why: string };
export type Verdicts = { readonly [questionId: string]: { readonly [choiceId: string]: Verdict } };

/** The blanks of the answer template that this candidate can fill. A blank that makes no sense for it is absent. */
export type Blanks = {
  readonly lock: string;
  readonly reason: string;
  /** Whole seconds, as one would say them. */
  readonly ttl?: number;
  readonly heartbeat?: number;
  readonly fencing?: string;
  /** Whole sentences, said after the template's own. */
  readonly notes?: string;
};

export type Candidate = {
  readonly id: string;
  /** As a heading: what to do. */
  readonly title: string;
  /** As an entry in a list: what it is called. */
  readonly name: string;
  /** The sentence for the interview. */
  readonly say: string;
  readonly because: string;
  /** What goes wrong when it is done carelessly: the follow-up question, answered. */
  readonly watch: string;
  /** What it costs: the reason against it where no single answer speaks against it but something simpler will do. */
  readonly cost: string;
  readonly verdicts: Verdicts;
  /** In order; the first that the answers do not rule out is the one shown. */
  readonly alternatives: readonly { readonly id: string; readonly when: string }[];
  readonly lesson: string;
  readonly demo: { readonly id: string; readonly shows: string };
  readonly blanks: Blanks;
  /** Blanks that depend on an answer; they replace those above, and `undefined` takes one away. */
  readonly blanksFor?: { readonly [questionId: string]: { readonly [choiceId: string]: Partial<Blanks> } };
  readonly cites: readonly string[];
  /** Kept in the list because people ask about it, never recommended: every answer must then speak against it. */
  readonly never?: true;
};

export type Tree = {
  readonly questions: readonly Question[];
  /** In order of preference: the first that no answer speaks against is the recommendation. */
  readonly candidates: readonly Candidate[];
  /** Which practice question fits these answers: the first that holds, and the last holds always. */
  readonly practices: readonly (Practice & { readonly when: Condition })[];
};

/** A practice question, what the learner's case is called there, and a sentence that belongs to the case. */
export type Practice = { readonly question: string; readonly useCase: string; readonly notes?: string };

export function yes(why: string): Verdict {
  return { grade: 'yes', why };
}

export function worse(why: string): Verdict {
  return { grade: 'worse', why };
}

export function no(why: string): Verdict {
  return { grade: 'no', why };
}
