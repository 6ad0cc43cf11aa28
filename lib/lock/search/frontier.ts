// The states of one fault budget that wait to be expanded, shallow ones first. Those that a fault leads into come from all
// depths of the budget before, in order; merging the two ordered lists keeps the search breadth-first.

export type Frontier = ReturnType<typeof frontierOf>;

/** `entries` are the states that a fault leads into; `depthOf` says in how many moves a state is reached. */
export function frontierOf(entries: readonly number[], depthOf: (state: number) => number) {
  const queue: number[] = [];
  const hurried = new Set<number>();
  let nextEntry = 0;
  let nextInQueue = 0;
  return {
    put: (state: number) => queue.push(state),
    /** For an entry that is reached in fewer moves than by its fault: it waits in the queue instead. */
    hurry(state: number) {
      hurried.add(state);
      queue.push(state);
    },
    size: () => entries.length - nextEntry - hurried.size + queue.length - nextInQueue,
    /** 0 when none is left. */
    take(): number {
      while (nextEntry < entries.length && hurried.delete(entries[nextEntry] as number)) nextEntry += 1;
      const entry = entries[nextEntry];
      const queued = queue[nextInQueue];
      if (entry !== undefined && (queued === undefined || depthOf(entry) <= depthOf(queued))) {
        nextEntry += 1;
        return entry;
      }
      if (queued === undefined) return 0;
      nextInQueue += 1;
      return queued;
    },
  };
}
