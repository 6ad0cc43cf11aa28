// What a numeric drill is: a rule that makes a sum from numbers it is given, the question, what is asked, and the working.

/** Takes one of these; a seed decides which. */
export type Pick = <T>(first: T, ...others: readonly T[]) => T;

export type Asked = {
  readonly label: string;
  readonly answer: number;
  /** How far off is still right. */
  readonly tolerance?: number;
  readonly unit?: string;
};

export type Sum = {
  readonly question: string;
  readonly asked: readonly Asked[];
  readonly working: readonly string[];
};

export type Drill = {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  /** Keys of the bibliography. */
  readonly cites: readonly string[];
  readonly make: (pick: Pick) => Sum;
};

/** As a question and its working write a length of time. */
export const ms = (value: number) => `${value} ms`;
export const s = (value: number) => `${value} s`;
