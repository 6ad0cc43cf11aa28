// How far a learner can trust their own certainty: of what they called a guess, fairly sure or certain, how much was right. The first
// prediction for each question counts, of a demo or in a quiz; who has seen the answer once is not predicting any more.

/** 1 a guess, 2 fairly sure, 3 certain. */
export type Sureness = 1 | 2 | 3;

export type Predicted = {
  /** The same for the same question, put to the same demo. */
  readonly key: string;
  readonly sureness: Sureness;
  readonly correct: boolean;
  readonly at: number;
};

export type Calibrated = {
  readonly sureness: Sureness;
  /** One for each prediction that counts, oldest first: did it come true? */
  readonly came: readonly boolean[];
};

export const SURENESS_WORDS: Readonly<Record<Sureness, string>> = { 1: 'A guess', 2: 'Fairly sure', 3: 'Certain' };

/** From this many on, a share says something. */
export const ENOUGH = 3;

/** The first prediction for each question, oldest first. */
export function firstOfEach<P extends Predicted>(predictions: readonly P[]): readonly P[] {
  const seen = new Set<string>();
  return [...predictions]
    .sort((one, two) => one.at - two.at)
    .filter(({ key }) => {
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** One row for each sureness, from the guess to certainty, also where there is nothing yet. */
export function calibrationOf(predictions: readonly Predicted[]): readonly Calibrated[] {
  const counted = firstOfEach(predictions);
  return ([1, 2, 3] as const).map((sureness) => ({
    sureness,
    came: counted.filter((one) => one.sureness === sureness).map(({ correct }) => correct),
  }));
}

const rightOf = ({ came }: Calibrated) => came.filter(Boolean).length;
const shareOf = (row: Calibrated) => rightOf(row) / row.came.length;

export function rowWords({ came }: Calibrated): string {
  if (came.length === 0) return 'none yet';
  return `${came.filter(Boolean).length} of ${came.length} right`;
}

/** What the rows say together, in a sentence or two. No more than they can carry. */
export function advice(rows: readonly Calibrated[]): string {
  const [guess, fairly, certain] = [1, 2, 3].map((sureness) => rows.find((row) => row.sureness === sureness));
  if (certain && certain.came.length >= ENOUGH) {
    const words = `When you were certain, you were right ${rightOf(certain)} of ${certain.came.length} times.`;
    if (shareOf(certain) < 0.75)
      return `${words} Before you say “certain” in an interview, say what would prove you wrong.`;
    if (fairly && fairly.came.length >= ENOUGH && shareOf(fairly) >= shareOf(certain)) {
      return `${words} When only fairly sure, you did as well: you may say those things with more weight.`;
    }
    return `${words} Your certainty can be trusted.`;
  }
  if (guess && guess.came.length >= ENOUGH && shareOf(guess) >= 0.75) {
    return `Your guesses came true ${rightOf(guess)} of ${guess.came.length} times. You know more than you trust yourself to know.`;
  }
  return `Too few to judge yet: from ${ENOUGH} answers at one sureness on, the share begins to say something.`;
}
