// When a card comes back: FSRS-6 (ts-fsrs) behind three functions. Pure: the time is an argument and the fuzz is seeded by card
// id and repetition, so that the interval on a button is the interval that is applied, in the browser and on the server alike.
import {
  createEmptyCard,
  FSRS,
  GenSeedStrategyWithCardId,
  type Grade,
  type Card as LibraryCard,
  Rating,
  State,
  StrategyMode,
} from 'ts-fsrs';

/** Length of time in real milliseconds. */
type Ms = number;

export const grades = ['Again', 'Hard', 'Good', 'Easy'] as const;
/** 1 Again, 2 Hard, 3 Good, 4 Easy. */
export type GradeNumber = 1 | 2 | 3 | 4;

/** What is known of a learner's memory of one card. Times are milliseconds since 1970, so that it survives JSON. */
export type Memory = {
  readonly due: Ms;
  readonly stability: number;
  readonly difficulty: number;
  readonly scheduledDays: number;
  readonly learningSteps: number;
  readonly reps: number;
  readonly lapses: number;
  /** 0 new, 1 learning, 2 review, 3 relearning. */
  readonly state: number;
  readonly lastReview: Ms | null;
};

const cardIdField = 'cid';
const scheduler = new FSRS({ enable_fuzz: true, request_retention: 0.9 });
scheduler.useStrategy(StrategyMode.SEED, GenSeedStrategyWithCardId(cardIdField));

function toLibrary(cardId: string, memory: Memory) {
  return {
    [cardIdField]: cardId,
    due: new Date(memory.due),
    stability: memory.stability,
    difficulty: memory.difficulty,
    elapsed_days: 0,
    scheduled_days: memory.scheduledDays,
    learning_steps: memory.learningSteps,
    reps: memory.reps,
    lapses: memory.lapses,
    state: memory.state as State,
    ...(memory.lastReview === null ? {} : { last_review: new Date(memory.lastReview) }),
  };
}

function fromLibrary(card: LibraryCard): Memory {
  return {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    scheduledDays: card.scheduled_days,
    learningSteps: card.learning_steps,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    lastReview: card.last_review?.getTime() ?? null,
  };
}

/** A card never graded, due at once. */
export function newMemory(now: Ms): Memory {
  return fromLibrary(createEmptyCard(new Date(now)));
}

/** Two machines' clocks differ: a time before the last review would be a negative interval, which the library refuses. */
const notBefore = (memory: Memory, now: Ms) => new Date(Math.max(now, memory.lastReview ?? now));

/** The memory after one grade. */
export function graded(cardId: string, memory: Memory, grade: GradeNumber, now: Ms): Memory {
  return fromLibrary(scheduler.next(toLibrary(cardId, memory), notBefore(memory, now), grade as Grade).card);
}

/** What each of the four buttons would do. */
export function preview(cardId: string, memory: Memory, now: Ms): readonly { grade: GradeNumber; after: Memory }[] {
  const outcomes = scheduler.repeat(toLibrary(cardId, memory), notBefore(memory, now));
  return ([Rating.Again, Rating.Hard, Rating.Good, Rating.Easy] as const).map((grade) => ({
    grade: grade as GradeNumber,
    after: fromLibrary(outcomes[grade].card),
  }));
}

/** The chance, from 0 to 1, that the learner still knows the card; 0 for a card never graded. */
export function retrievability(memory: Memory, now: Ms): number {
  if (memory.state === State.New) return 0;
  return scheduler.get_retrievability(toLibrary('', memory), notBefore(memory, now), false);
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time as a person says it: `now`, `10 min`, `3 h`, `12 days`, `4 months`, `1.5 years`. */
export function spoken(length: Ms): string {
  if (length < minute / 2) return 'now';
  const minutes = Math.round(length / minute);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(length / hour);
  if (hours < 24) return `${hours} h`;
  const days = Math.round(length / day);
  if (days === 1) return '1 day';
  if (days < 60) return `${days} days`;
  if (days < 365) return `${Math.round(days / 30.4)} months`;
  const years = (days / 365).toFixed(1).replace(/\.0$/, '');
  return years === '1' ? '1 year' : `${years} years`;
}
