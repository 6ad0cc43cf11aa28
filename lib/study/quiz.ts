// Quiz questions as data, and what counts as right. Pure, so the page can answer at once and the server can judge the same
// answer again without trusting the page.
import type { Depth } from './card.ts';

export type QuizKind = 'single' | 'several' | 'order' | 'number' | 'predict' | 'trace';

/** What is asked of a history: is it safe, where does it break, which write should have been refused? */
export const traceAsks = ['safe', 'step', 'refused'] as const;
export type TraceAsk = (typeof traceAsks)[number];

export type QuizOption = {
  readonly text: string;
  /** Why this option is right or wrong, or, in an ordering, why it stands at this place. */
  readonly why: string;
  readonly correct: boolean;
  /** For kind `number`: the foreseeable answer that this option explains. */
  readonly value?: number;
  /** The number of the misconception that it puts into words. */
  readonly myth?: number;
};

export type Quiz = {
  readonly id: string;
  readonly kind: QuizKind;
  readonly question: string;
  /** The card that is offered for today's review after a miss. */
  readonly card: string;
  /** In an ordering the options stand in the right order. */
  readonly options: readonly QuizOption[];
  readonly answer?: number;
  readonly tolerance?: number;
  readonly unit?: string;
  /** For kind `number`: the working. */
  readonly why?: string;
  /** For kind `predict`: the demo whose outcome is asked for. For kind `trace`: the demo whose histories are shown. */
  readonly demo?: string;
  /** For kind `trace`: what is asked, and of which property. Its options are made with each history, by the engine. */
  readonly ask?: TraceAsk;
  readonly property?: string;
  readonly depth: Depth;
};

/**
 * Chosen positions for single, several and predict; the chosen order of positions for order; a number for number; for trace the
 * history's seed and the position chosen.
 */
export type Given = readonly number[] | number;

/** Is this the shape of an answer to this question? Anything else is bad input, not a wrong answer. */
export function fitsQuestion(quiz: Quiz, given: Given): boolean {
  if (quiz.kind === 'number') return typeof given === 'number' && Number.isFinite(given);
  if (typeof given === 'number') return false;
  if (quiz.kind === 'trace') return given.length === 2 && given.every((one) => Number.isInteger(one) && one >= 0);
  const inRange = given.every((at) => Number.isInteger(at) && at >= 0 && at < quiz.options.length);
  if (!inRange || new Set(given).size !== given.length) return false;
  if (quiz.kind === 'order') return given.length === quiz.options.length;
  return quiz.kind === 'several' ? given.length > 0 : given.length === 1;
}

/** Judges an answer that fits the question. Only the engine can judge a history: see components/quiz/judge.ts. */
export function isCorrect(quiz: Quiz, given: Given): boolean {
  if (quiz.kind === 'trace') throw new Error(`${quiz.id} is judged by the engine`);
  if (typeof given === 'number') return Math.abs(given - (quiz.answer ?? Number.NaN)) <= (quiz.tolerance ?? 0);
  if (quiz.kind === 'order') return given.every((at, place) => at === place);
  const right = quiz.options.flatMap((option, at) => (option.correct ? [at] : []));
  return right.length === given.length && right.every((at) => given.includes(at));
}

/**
 * The order in which options are shown: the same for everybody and for ever, mixed by the question's id, so that a page
 * rendered ahead of time and the browser agree. An ordering is never shown solved.
 */
export function shownOrder(quiz: Quiz): readonly number[] {
  let seed = 2166136261;
  for (const letter of quiz.id) seed = Math.imul(seed ^ letter.charCodeAt(0), 16777619);
  const order = quiz.options.map((_, at) => at);
  for (let last = order.length - 1; last > 0; last -= 1) {
    seed = Math.imul(seed ^ (seed >>> 15), 2246822519) >>> 0;
    const pick = seed % (last + 1);
    [order[last], order[pick]] = [order[pick]!, order[last]!];
  }
  const solved = order.every((at, place) => at === place);
  return quiz.kind === 'order' && solved ? [...order.slice(1), order[0]!] : order;
}
