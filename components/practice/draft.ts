// The unfinished answer, kept in the browser for each question. A browser that refuses storage only loses this comfort.
// A draft does not say whose it is: signing out drops them all, so that the next person here is offered none.

export type Typed = {
  readonly useCase: string;
  readonly lock: string;
  readonly reason: string;
  readonly ttl: string;
  readonly heartbeat: string;
  readonly fencing: string;
  readonly notes: string;
};

export type Draft = {
  /** The id under which this answer will be saved: a second press of the button saves the same attempt. */
  readonly id: string;
  readonly typed: Typed;
  readonly seconds: number;
};

const prefix = 'fencepost.draft.';
const keyOf = (questionId: string) => `${prefix}${questionId}`;

function isTyped(value: unknown): value is Typed {
  const names: (keyof Typed)[] = ['useCase', 'lock', 'reason', 'ttl', 'heartbeat', 'fencing', 'notes'];
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
  );
}

export function readDraft(questionId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(questionId)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const { id, typed, seconds } = kept as Record<string, unknown>;
    return typeof id === 'string' && isTyped(typed) && typeof seconds === 'number' ? { id, typed, seconds } : null;
  } catch {
    return null;
  }
}

export function writeDraft(questionId: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(questionId), JSON.stringify(draft));
  } catch {
    // Full or forbidden: the form itself still holds the words.
  }
}

export function dropDraft(questionId: string): void {
  try {
    localStorage.removeItem(keyOf(questionId));
  } catch {
    // Nothing was kept, so nothing is left over.
  }
}

/** Also those of questions that are gone by now. */
export function dropAllDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept, so nothing is left over.
  }
}
