// Processor time of the processes that an engine starts. On a machine that others use, waiting says as much about them as about
// the engine; this says what the answer cost. Linux only, to ten milliseconds; elsewhere it is left out.
import { readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Of all children that have ended so far and of theirs, user and system; or null where nobody keeps count. */
export function childrenCpuMs(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name of the program, in brackets, may hold anything; the numbers follow it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return null;
  }
}

/** Only for one thing at a time: what runs beside it would be counted, too. */
export async function withCpu<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly cpuMs: number | null }> {
  const before = childrenCpuMs();
  const result = await work();
  const after = childrenCpuMs();
  return { result, cpuMs: before === null || after === null ? null : after - before };
}
