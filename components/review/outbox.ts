'use client';
// Writes on their way to the server. Grading never waits for the network: an operation is noted here (and in the browser's
// storage, so that a closed tab loses nothing), sent in order, and repeated until the server has answered. Repeating is safe,
// since each carries its own id.
import { useEffect, useSyncExternalStore } from 'react';
import type { GradeNumber, Memory } from '#lib/study/schedule.ts';

export type Operation = { readonly reviewId: string; readonly cardId: string; readonly seenVersion: number } & (
  | { readonly kind: 'grade'; readonly grade: GradeNumber }
  | { readonly kind: 'undo' | 'aside' }
);

export type Answer =
  | {
      readonly kind: 'saved' | 'stale';
      readonly version: number;
      readonly memory: Memory | null;
      readonly aside?: boolean;
    }
  | { readonly kind: 'no-such-card' | 'nothing-to-undo' }
  /** The browser belongs to another user now: the operation waits until its owner is back. */
  | { readonly kind: 'somebody-else' }
  | { readonly kind: 'bad-input'; readonly message: string };

export type Send = (operation: Operation & { readonly viewerId: string }) => Promise<Answer>;
export type OutboxState = { readonly waiting: number; readonly failing: boolean; readonly foreign: boolean };

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

export type Outbox = {
  push(operation: Operation): void;
  subscribe(listener: () => void): () => void;
  state(): OutboxState;
  /** Tries again now, for instance when the network is back. */
  retryNow(): void;
  start(): void;
  stop(): void;
};

/** Kept one by one and not as a list, since two tabs of one learner share the browser's storage and know only their own. */
type Storage = { load(): readonly Operation[]; add(operation: Operation): void; remove(operation: Operation): void };

/** An outbox over a store that survives the page. `onAnswer` hears every final answer once. */
export function makeOutbox(
  send: (operation: Operation) => Promise<Answer>,
  storage: Storage,
  onAnswer: (operation: Operation, answer: Answer) => void,
): Outbox {
  let operations = storage.load();
  let current: OutboxState = { waiting: operations.length, failing: false, foreign: false };
  let sending = false;
  let stopped = true;
  let delay = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function update(failing: boolean, foreign = false) {
    current = { waiting: operations.length, failing, foreign };
    for (const listener of listeners) listener();
  }

  async function work() {
    clearTimeout(timer);
    if (sending || stopped) return;
    sending = true;
    while (operations.length > 0 && !stopped) {
      const [operation] = operations as [Operation];
      try {
        const answer = await send(operation);
        if (answer.kind === 'somebody-else') {
          // Kept for its owner, who will open a page of their own.
          stopped = true;
          update(false, true);
          break;
        }
        operations = operations.slice(1);
        storage.remove(operation);
        delay = firstRetryMs;
        update(false);
        onAnswer(operation, answer);
      } catch {
        update(true);
        timer = setTimeout(work, delay);
        delay = Math.min(delay * 2, longestRetryMs);
        break;
      }
    }
    sending = false;
  }

  return {
    push(operation) {
      operations = [...operations, operation];
      storage.add(operation);
      update(current.failing, current.foreign);
      void work();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => current,
    retryNow: () => void work(),
    start() {
      stopped = false;
      void work();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const isOperation = (found: unknown): found is Operation =>
  typeof found === 'object' && found !== null && 'reviewId' in found && typeof found.reviewId === 'string';

const nowhere: Storage = { load: () => [], add() {}, remove() {} };

/** The browser's storage for one learner. The server refuses operations of anybody but the one who is signed in. */
export function browserStorage(viewerId: string): Storage {
  // While a page is rendered on the server there is no browser yet.
  if (typeof window === 'undefined') return nowhere;
  const key = `fencepost-outbox-${viewerId}`;
  function load(): readonly Operation[] {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(found) ? found.filter(isOperation) : [];
    } catch {
      return [];
    }
  }
  function save(operations: readonly Operation[]): void {
    try {
      if (operations.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(operations));
    } catch {
      // Storage may be full or forbidden; the operations still wait in memory.
    }
  }
  const others = (operation: Operation) => load().filter((one) => one.reviewId !== operation.reviewId);
  return {
    load,
    add: (operation) => save([...others(operation), operation]),
    remove: (operation) => save(others(operation)),
  };
}

const quiet: OutboxState = { waiting: 0, failing: false, foreign: false };

export function useOutboxState(outbox: Outbox): OutboxState {
  useEffect(() => {
    outbox.start();
    const again = () => outbox.retryNow();
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
      outbox.stop();
    };
  }, [outbox]);
  return useSyncExternalStore(outbox.subscribe, outbox.state, () => quiet);
}
