// What a rule is given and what it answers. Apart from the list of rules, so that each group of rules can name these without
// naming the list.
import type { BlankName, Blanks, LockKind, UseCaseId } from './template.ts';

/** What a question knows about the thing to be protected. */
export type Facts = {
  readonly useCase: UseCaseId;
  /** A second effect does harm; otherwise it only wastes work. */
  readonly correctness: boolean;
  /** The resource can compare a token with the highest it has seen. */
  readonly checksToken: boolean;
  /** The data to change lives in the database that could also hold the lock. */
  readonly transactional: boolean;
  /** How the resource can turn the second request away by itself, as a clause; null if no single check decides. */
  readonly refusal: string | null;
};

export type Severity = 'wrong' | 'weak' | 'good';

export type Finding = {
  readonly id: string;
  readonly field: BlankName;
  readonly severity: Severity;
  /** One sentence, about this answer. */
  readonly finding: string;
  readonly why: string;
  /** Slug of the lesson that explains it. */
  readonly lesson: string;
  /** The blank is merely empty: a page that is still being filled in need not scold. */
  readonly missing: boolean;
};

export type Given = {
  readonly blanks: Blanks;
  readonly facts: Facts;
  readonly resource: string;
  readonly kind: LockKind | null;
  /** Reason and notes together. */
  readonly text: string;
  /** The answer says that the resource's own check decides, so that a lock may only save work. */
  readonly backstop: boolean;
};

export type Rule = {
  readonly id: string;
  readonly field: BlankName;
  readonly severity: Severity;
  readonly lesson: string;
  readonly missing?: true;
  readonly check: (given: Given) => { readonly finding: string; readonly why: string } | null;
};
