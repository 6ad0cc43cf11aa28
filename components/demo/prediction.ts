// A question put to a demo: its words, its right answer and the moment at which it is asked, all read off the run that the demo
// opens with. Made on the server; what it makes is plain data.
import { compile, knobsOf, type Scenario } from '#lib/lock/index.ts';
import { summaryOf } from './knobs-words.ts';
import { factsOf, lastFault, questions } from './prediction-questions.ts';
import { firstTrace } from './trace-of.ts';

export type Posed = {
  readonly demo: string;
  readonly question: string;
  /** Which demo this is while it is asked, without a word of how it ends, as its own title and sentence may say. */
  readonly title: string;
  readonly setup: string;
  readonly ask: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly right: string;
  /** What happened, in one or two sentences. */
  readonly told: string;
  /** So many steps are shown before it is asked; the run goes on from there. */
  readonly until: number;
};

/** 1 a guess, 2 fairly sure, 3 certain. */
export type Sureness = 1 | 2 | 3;
export type Prediction = {
  readonly id: string;
  readonly demo: string;
  readonly question: string;
  readonly given: string;
  readonly sureness: Sureness;
};
export type SavePrediction = (prediction: Prediction) => Promise<{ readonly kind: string; readonly brought?: number }>;

/** A run of 47 clients takes a while, and the same few questions are asked again and again. */
const posed = new WeakMap<Scenario, Map<string, Posed>>();

export function pose(scenario: Scenario, questionId: string): Posed {
  const known = posed.get(scenario) ?? new Map<string, Posed>();
  posed.set(scenario, known);
  const one = known.get(questionId) ?? posedAnew(scenario, questionId);
  known.set(questionId, one);
  return one;
}

/** The same question as the nth of its page, so that two about one lock do not go by the same name. */
export function asNth(posed: Posed, nth: number | undefined): Posed {
  return nth === undefined ? posed : { ...posed, title: posed.title.replace(/^Predict: /, `Prediction ${nth}: `) };
}

/** Throws one line when there is no such question, or when it does not fit the run: an author's mistake. */
function posedAnew(scenario: Scenario, questionId: string): Posed {
  const question = questions.find(({ id }) => id === questionId);
  if (!question) {
    throw new Error(`there is no question '${questionId}'; there are ${questions.map(({ id }) => id).join(', ')}`);
  }
  const { property } = question;
  if (property && scenario.expect[property] === undefined) {
    throw new Error(`'${questionId}' asks about ${property}, which the demo '${scenario.id}' does not look at`);
  }
  const trace = firstTrace(compile(scenario));
  const facts = factsOf(scenario, trace);
  const [right, ...more] = question.options.filter((option) => option.is(facts));
  if (!right || more.length > 0) {
    const fitting = right ? `${1 + more.length} of its options are right` : 'none of its options is right';
    throw new Error(`'${questionId}' does not fit the demo '${scenario.id}': ${fitting}`);
  }
  const knobs = knobsOf(scenario);
  const [lock, ...setup] = summaryOf(knobs, knobs).map(({ text }) => text);
  return {
    demo: scenario.id,
    question: question.id,
    title: `Predict: ${lock}`,
    setup: `${setup.join(', ')}.`,
    ask: question.ask(facts),
    options: question.options.map(({ id, text }) => ({ id, text: text(facts) })),
    right: right.id,
    told: right.told(facts),
    // Something must be left to run.
    until: Math.min(question.until?.(facts) ?? lastFault(trace), trace.steps.length - 1),
  };
}
