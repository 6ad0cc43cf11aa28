// How the practice pages write a time: 161 seconds as "2:41" on the stopwatch, and spoken lengths rounded to five seconds.

export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function aboutSeconds(seconds: number): string {
  const rounded = Math.max(5, Math.round(seconds / 5) * 5);
  return `about ${rounded} seconds`;
}
