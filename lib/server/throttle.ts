// Slows down guessing of passwords: after ten failures for one e-mail within a quarter of an hour, further tries are refused
// until the oldest is that old. Kept in memory, since one process serves the site; a restart forgives.
import 'server-only';

const windowMs = 15 * 60_000;
const allowed = 10;
const mostKeys = 10_000;
const failures = new Map<string, number[]>();

const recent = (key: string, now: number) => (failures.get(key) ?? []).filter((at) => at > now - windowMs);

export function isThrottled(key: string, now: number): boolean {
  return recent(key, now).length >= allowed;
}

export function noteFailure(key: string, now: number): void {
  // Forget the key that failed longest ago rather than grow without end.
  if (failures.size >= mostKeys) failures.delete(failures.keys().next().value ?? '');
  const times = [...recent(key, now), now];
  failures.delete(key);
  failures.set(key, times);
}

export function forgive(key: string): void {
  failures.delete(key);
}
