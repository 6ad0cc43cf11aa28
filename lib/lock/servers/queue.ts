// Who has the lock, as far as a coordination service has it on record. etcd and ZooKeeper know no locks: they keep keys in
// order, and clients agree that the first of a folder has the lock of that name. So a change of the first key is what an
// observer calls granted and freed. No decision of a server looks at this.
import { later } from '../time.ts';
import type { Command, Deadline, Fence, LocalClock, NodeId } from '../types.ts';
import type { Table } from './table.ts';

/** `until` is by the server's monotonic clock. */
export type First = { readonly who: NodeId; readonly fence: Fence; readonly until: Deadline };

/** 'lock' of 'lock/A1'; null for a key that is in no folder. */
export function folderOf(key: string): string | null {
  const slash = key.lastIndexOf('/');
  return slash <= 0 ? null : key.slice(0, slash);
}

/** `by` is the client whose request changed the queues; null if something expired. */
export function queueNotes(
  server: NodeId,
  before: Table<First>,
  after: Table<First>,
  by: NodeId | null,
  clock: LocalClock,
): readonly Command[] {
  const notes: Command[] = [];
  for (const [key, { who: whose, fence }] of Object.entries(before)) {
    if (after[key]?.fence === fence) continue;
    const rightful = by === null || by === whose;
    notes.push({ do: 'note', event: { kind: 'freed', server, key, whose, fence, by, rightful } });
  }
  for (const [key, { who, fence, until }] of Object.entries(after)) {
    const known = before[key];
    if (known && known.fence === fence && known.until.$until === until.$until) continue;
    // Observers are told the wall clock, servers of this kind count by the monotonic one.
    const left = until.$until - clock.monotonic.$at;
    notes.push({ do: 'note', event: { kind: 'granted', server, key, who, fence, until: later(clock.wall, left) } });
  }
  return notes;
}
