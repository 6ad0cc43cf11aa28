// Slows down guessing of passwords: after ten failures for one e-mail within a quarter of an hour, further tries are refused
// until the oldest is that old. Kept in memory, since one process serves the site; a restart forgives.
import 'server-only';

const windowMs = 15 * 60_000;
const allowed = 10;
const mostKeys = 10_000;
const tries = new Map<string, number[]>();

const recent = (key: string, now: number) => (tries.get(key) ?? []).filter((at) => at > now - windowMs);

export function isThrottled(key: string, now: number): boolean {
  return recent(key, now).length >= allowed;
}

/** Counts a try. It is noted before it is judged, so that tries sent side by side count too; `forgive` takes all of them back. */
export function noteTry(key: string, now: number): void {
  // Forget the key that failed longest ago rather than grow without end.
  if (tries.size >= mostKeys) tries.delete(tries.keys().next().value ?? '');
  const times = [...recent(key, now), now];
  tries.delete(key);
  tries.set(key, times);
}

export function forgive(key: string): void {
  tries.delete(key);
}
