// A round of mixed questions as a value: what was answered, how surely, and what that says. Pure. The page keeps it in the browser's
// tab, so that a reload goes on where it was; what comes back from there is checked like any other input.
import { type Calibrated, calibrationOf, type Sureness } from '#lib/study/calibration.ts';
import { fitsQuestion, type Given, isCorrect, type Quiz } from '#lib/study/quiz.ts';
import type { TraceQuestion } from './trace-question.ts';

export type RoundQuestion = {
  readonly quiz: Quiz;
  readonly lesson: { readonly slug: string; readonly title: string };
  /** The paragraph that answers it, which is where its card stands; not always in the same lesson. */
  readonly paragraph: { readonly href: string; readonly title: string };
  /** For kind trace: the history that this round shows. */
  readonly history: TraceQuestion | null;
};

export type RoundAnswer = {
  /** Made by the page; the server keeps an answer once for each. */
  readonly id: string;
  readonly given: Given;
  readonly sureness: Sureness;
  readonly correct: boolean;
  /** Given after the clock had run out. */
  readonly late: boolean;
  readonly kept: boolean;
};

export type RoundState = {
  readonly answers: readonly RoundAnswer[];
  /** The last answer is being explained. */
  readonly explaining: boolean;
};

export const beginning: RoundState = { answers: [], explaining: false };

/** The page's own verdict; the server comes to the same. */
export function isRight({ quiz, history }: RoundQuestion, given: Given): boolean {
  if (quiz.kind !== 'trace') return isCorrect(quiz, given);
  return history !== null && typeof given !== 'number' && given[1] === history.right;
}

/** Index of the question on the screen; as many as there are when the round is over. */
export function placeOf({ answers, explaining }: RoundState): number {
  return explaining ? answers.length - 1 : answers.length;
}

export type Missed = { readonly question: RoundQuestion; readonly answer: RoundAnswer };

/** What was wrong, the surest first: that is where there is most to learn. */
export function missedOf(questions: readonly RoundQuestion[], { answers }: RoundState): readonly Missed[] {
  return answers
    .flatMap((answer, at) => {
      const question = questions[at];
      return question && !answer.correct ? [{ question, answer }] : [];
    })
    .sort((one, two) => two.answer.sureness - one.answer.sureness);
}

export type LessonResult = RoundQuestion['lesson'] & { readonly right: number; readonly asked: number };

/** The weakest first. */
export function byLesson(questions: readonly RoundQuestion[], { answers }: RoundState): readonly LessonResult[] {
  const results = new Map<string, LessonResult>();
  for (const [at, { lesson }] of questions.entries()) {
    const sofar = results.get(lesson.slug) ?? { ...lesson, right: 0, asked: 0 };
    const right = sofar.right + (answers[at]?.correct ? 1 : 0);
    results.set(lesson.slug, { ...sofar, right, asked: sofar.asked + 1 });
  }
  return [...results.values()].sort((one, two) => one.right / one.asked - two.right / two.asked);
}

export function calibrationOfRound({ answers }: RoundState): readonly Calibrated[] {
  return calibrationOf(answers.map(({ sureness, correct }, at) => ({ key: `${at}`, sureness, correct, at })));
}

/** What the round says of its reader's certainty, in a sentence. */
export function certaintyWords(state: RoundState): string {
  const [guess, , certain] = calibrationOfRound(state);
  const right = (row: Calibrated | undefined) => row?.came.filter(Boolean).length ?? 0;
  const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
  const sure = certain?.came.length ?? 0;
  if (sure > 0) {
    const wrong = sure - right(certain);
    if (wrong === 0) return `You were certain ${times(sure)}, and right each time.`;
    return `You were certain ${times(sure)}, and wrong ${wrong === sure ? 'each time' : times(wrong)}: begin with ${wrong === 1 ? 'that one' : 'those'}.`;
  }
  const guessed = guess?.came.length ?? 0;
  if (guessed > 0 && right(guess) > guessed / 2) {
    return `Of ${guessed === 1 ? 'one guess' : `${guessed} guesses`}, ${right(guess)} came true: you know more than you trust yourself to know.`;
  }
  return 'You were certain of nothing in this round.';
}

/** The right answer in words, a line for each part of it. */
export function rightWords({ quiz, history }: RoundQuestion): string {
  if (history) return history.options[history.right]?.text ?? '';
  if (quiz.kind === 'number') return [quiz.answer, quiz.unit].filter((part) => part !== undefined).join(' ');
  if (quiz.kind === 'order') return inOrder(quiz.options.map(({ text }) => text));
  return quiz.options
    .filter(({ correct }) => correct)
    .map(({ text }) => text)
    .join('\n');
}

/** What was answered, in words. */
export function givenWords({ quiz, history }: RoundQuestion, given: Given): string {
  if (typeof given === 'number') return [given, quiz.unit].filter((part) => part !== undefined).join(' ');
  if (history) return history.options[given[1] ?? -1]?.text ?? '';
  const texts = given.map((at) => quiz.options[at]?.text ?? '');
  return quiz.kind === 'order' ? inOrder(texts) : texts.join('\n');
}

function inOrder(texts: readonly string[]): string {
  return texts.map((text, at) => `${at + 1}. ${text}`).join('\n');
}

/** What a tab keeps of a round. */
export function toStore(questions: readonly RoundQuestion[], state: RoundState): string {
  return JSON.stringify({ asked: nameOf(questions), ...state });
}

/** The state that was kept of this very round, judged anew; or its beginning. */
export function fromStore(questions: readonly RoundQuestion[], text: string | null): RoundState {
  try {
    const { asked, answers, explaining } = JSON.parse(text ?? '') as { [key: string]: unknown };
    if (asked !== nameOf(questions) || !Array.isArray(answers) || answers.length > questions.length) return beginning;
    const read = answers.map((answer, at) => readAnswer(questions[at]!, answer));
    if (read.some((answer) => answer === null)) return beginning;
    return { answers: read as readonly RoundAnswer[], explaining: explaining === true && answers.length > 0 };
  } catch {
    return beginning;
  }
}

function readAnswer(question: RoundQuestion, answer: unknown): RoundAnswer | null {
  const { id, given, sureness, late, kept } = answer as { [key: string]: unknown };
  const isGiven = typeof given === 'number' || (Array.isArray(given) && given.every((one) => typeof one === 'number'));
  if (typeof id !== 'string' || !isGiven || !fitsQuestion(question.quiz, given as Given)) return null;
  if (sureness !== 1 && sureness !== 2 && sureness !== 3) return null;
  const correct = isRight(question, given as Given);
  return { id, given: given as Given, sureness, correct, late: late === true, kept: kept === true };
}

/** Another version of the course may ask something else at the same address. */
function nameOf(questions: readonly RoundQuestion[]): string {
  return questions.map(({ quiz, history }) => `${quiz.id}${history ? ` ${history.seed}` : ''}`).join();
}
