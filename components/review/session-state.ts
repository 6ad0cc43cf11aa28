// A review session as one value and pure steps. The next card is there at once; what the server says afterwards only corrects it.
import type { Card } from '#lib/study/card.ts';
import { cardAsked, type Faces } from '#lib/study/card-face.ts';
import { remaining } from '#lib/study/queue.ts';
import { type GradeNumber, graded, type Memory, newMemory } from '#lib/study/schedule.ts';

export type SessionCard = {
  readonly id: string;
  readonly card: Card;
  readonly memory: Memory;
  readonly version: number;
  readonly front?: boolean | undefined;
  readonly aside?: boolean | undefined;
  readonly ahead?: boolean | undefined;
};

/** Without a grade the card was set aside. */
type Done = {
  readonly cardId: string;
  readonly before: SessionCard;
  readonly grade: GradeNumber | null;
  readonly revealed: boolean;
};

export type SessionState = {
  readonly cards: readonly SessionCard[];
  /** For cards whose numbers change: what they ask, time after time. */
  readonly faces: Faces;
  readonly shown: string | null;
  readonly revealed: boolean;
  /** Newest last; each can be undone in turn. */
  readonly done: readonly Done[];
  /** A card that another tab or device changed meanwhile: said once, beside the next card. */
  readonly notice: string | null;
};

export type SessionStep =
  | { readonly kind: 'reveal' }
  | { readonly kind: 'grade'; readonly grade: GradeNumber; readonly now: number }
  | { readonly kind: 'aside'; readonly now: number }
  | { readonly kind: 'undo'; readonly now: number }
  | {
      readonly kind: 'stale';
      readonly cardId: string;
      readonly version: number;
      readonly memory: Memory | null;
      readonly aside?: boolean | undefined;
      readonly now: number;
    }
  /** The server is further than this page: an operation from before a reload has arrived. */
  | {
      readonly kind: 'saved';
      readonly cardId: string;
      readonly version: number;
      readonly memory: Memory | null;
      readonly aside?: boolean | undefined;
      readonly now: number;
    }
  /** The server would not write it, for instance since the course no longer has the card. */
  | { readonly kind: 'refused'; readonly cardId: string }
  /** Time has passed: a learning card may be due. */
  | { readonly kind: 'look'; readonly now: number };

export function startSession(
  cards: readonly {
    readonly card: Card;
    readonly memory: Memory | null;
    readonly version: number;
    readonly front?: boolean;
    readonly ahead?: boolean;
  }[],
  now: number,
  faces: Faces = {},
): SessionState {
  const list = cards.map(({ card, memory, version, front, ahead }) => ({
    id: card.id,
    card,
    version,
    ...(front ? { front } : {}),
    ...(ahead ? { ahead } : {}),
    memory: memory ?? newMemory(now),
  }));
  return showNext({ cards: list, faces, shown: null, revealed: false, done: [], notice: null }, now);
}

function showNext(state: SessionState, now: number): SessionState {
  return { ...state, shown: remaining(state.cards, now)[0]?.id ?? null, revealed: false };
}

/** With the numbers that it asks for now, if they change. */
export function shownCard({ cards, faces, shown }: SessionState): SessionCard | null {
  const found = cards.find((card) => card.id === shown);
  return found ? { ...found, card: cardAsked(found.card, faces[found.id], found.memory.reps) } : null;
}

/** The question as its learner last saw it here. */
function seenQuestion({ faces, shown, done }: SessionState, now: SessionCard): string {
  const graded = shown === now.id ? undefined : done.findLast((one) => one.cardId === now.id)?.before;
  const { card, memory } = graded ?? now;
  return cardAsked(card, faces[card.id], memory.reps).question;
}

const replaced = (cards: readonly SessionCard[], next: SessionCard) =>
  cards.map((card) => (card.id === next.id ? next : card));

export function step(state: SessionState, taken: SessionStep): SessionState {
  const card = shownCard(state);
  switch (taken.kind) {
    case 'reveal':
      return card ? { ...state, revealed: true, notice: null } : state;
    case 'grade': {
      if (!card || !state.revealed) return state;
      const memory = graded(card.id, card.memory, taken.grade, taken.now);
      const after = { ...card, memory, version: card.version + 1, front: undefined, ahead: undefined };
      const done = [...state.done, { cardId: card.id, before: card, grade: taken.grade, revealed: true }];
      return showNext({ ...state, cards: replaced(state.cards, after), done, notice: null }, taken.now);
    }
    case 'aside': {
      if (!card) return state;
      const cards = replaced(state.cards, { ...card, version: card.version + 1, aside: true });
      const done = [...state.done, { cardId: card.id, before: card, grade: null, revealed: state.revealed }];
      return showNext({ ...state, cards, done, notice: null }, taken.now);
    }
    case 'undo': {
      const last = state.done.at(-1);
      const now = state.cards.find((one) => one.id === last?.cardId);
      if (!last || !now) return state;
      const restored = { ...last.before, version: now.version + 1 };
      return {
        ...state,
        cards: replaced(state.cards, restored),
        done: state.done.slice(0, -1),
        shown: restored.id,
        revealed: last.revealed,
        notice: null,
      };
    }
    case 'stale': {
      const old = state.cards.find((one) => one.id === taken.cardId);
      if (!old) return state;
      const memory = taken.memory ?? newMemory(taken.now);
      const fresh = { ...old, version: taken.version, memory, aside: taken.aside, ahead: undefined };
      const was = taken.aside ? 'set aside' : 'reviewed';
      const next: SessionState = {
        ...state,
        cards: replaced(state.cards, fresh),
        done: state.done.filter((one) => one.cardId !== taken.cardId),
        notice: `“${seenQuestion(state, old)}” was ${was} somewhere else meanwhile. What you did with it here was not written over that.`,
      };
      const keepsShown = state.shown !== null && state.shown !== taken.cardId;
      return keepsShown ? next : showNext(next, taken.now);
    }
    case 'saved': {
      const old = state.cards.find((one) => one.id === taken.cardId);
      if (!old || !taken.memory || old.version >= taken.version) return state;
      const fresh = { ...old, version: taken.version, memory: taken.memory, aside: taken.aside, ahead: undefined };
      const next: SessionState = { ...state, cards: replaced(state.cards, fresh) };
      return state.shown === taken.cardId ? showNext(next, taken.now) : next;
    }
    case 'refused': {
      const old = state.cards.find((one) => one.id === taken.cardId);
      return old
        ? { ...state, notice: `“${seenQuestion(state, old)}” could not be saved. Reload the page to go on.` }
        : state;
    }
    case 'look':
      return state.shown === null ? showNext(state, taken.now) : state;
  }
}

/** When the next card of this session is due; null when none of them waits. */
export function nextDueOf(state: SessionState, elsewhere: number | null): number | null {
  const asked = state.cards.filter((card) => !card.aside);
  const dues = [...asked.map((card) => card.memory.due), ...(elsewhere === null ? [] : [elsewhere])];
  return dues.length > 0 ? Math.min(...dues) : null;
}
