// Judges an answer to any question. All kinds but one carry their right answer; a history is made again from its seed, and the
// engine says. The server judges with this, too, and does not take the page's word.
import { scenarioById } from '#content/scenarios/index.ts';
import { fitsQuestion, type Given, isCorrect, type Quiz } from '#lib/study/quiz.ts';
import { MAX_SEED } from './history.ts';
import { type TraceQuestion, traceQuestion } from './trace-question.ts';

/** An answer is judged right after its question was shown, and more than once. */
const made = new Map<string, TraceQuestion | null>();
const MOST_KEPT = 100;

/** The history that this question shows for this seed; null when it has none, or is none that shows histories. */
export function traceQuestionOf(quiz: Quiz, seed: number): TraceQuestion | null {
  const name = `${quiz.demo} ${quiz.ask} ${quiz.property} ${seed}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  if (made.size >= MOST_KEPT) made.clear();
  const fresh = traceQuestionAnew(quiz, seed);
  made.set(name, fresh);
  return fresh;
}

function traceQuestionAnew({ demo, ask, property }: Quiz, seed: number): TraceQuestion | null {
  const scenario = demo === undefined ? undefined : scenarioById(demo);
  if (!scenario || !ask || !property || !Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) return null;
  return traceQuestion(scenario, { ask, property }, seed);
}

/** Is it right? Null: it is no answer to this question. */
export function judge(quiz: Quiz, given: Given): boolean | null {
  if (!fitsQuestion(quiz, given)) return null;
  if (quiz.kind !== 'trace') return isCorrect(quiz, given);
  const [seed, chosen] = given as readonly number[];
  const asked = traceQuestionOf(quiz, seed ?? -1);
  return asked && chosen !== undefined && chosen < asked.options.length ? chosen === asked.right : null;
}
