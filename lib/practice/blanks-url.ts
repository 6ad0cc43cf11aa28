// The blanks in an address and in a posted form. The wizard links to a question with these names, "try again" carries a
// whole answer in them, and the plain form posts them without script. Reading is forgiving on purpose: a value that makes
// no sense is left blank, because the learner sees the form and can fill it.

import { type Blanks, emptyBlanks, fencingIds, lockIds } from './template.ts';

export const longestUseCase = 80;
export const longestReason = 600;
export const longestNotes = 1200;
export const longestSeconds = 86_400;

type Values = { get(name: string): unknown };
type Given = Values | Readonly<Record<string, unknown>>;

function oneOf<T extends string>(ids: readonly T[], value: string): T | null {
  return ids.find((id) => id === value) ?? null;
}

/** Plain decimal seconds with at most two places. Anything else, a sign or an exponent for instance, is no number here. */
export function parseSeconds(value: string, atLeast: number): number | null {
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(value)) return null;
  const seconds = Number(value);
  return seconds >= atLeast && seconds <= longestSeconds ? seconds : null;
}

function text(value: string, longest: number): string {
  const tidy = value.replace(/\r\n?/g, '\n').trim();
  return tidy.length <= longest ? tidy : '';
}

export function parseBlanks(given: Given): Blanks {
  const read = (name: string): string => {
    const value =
      typeof given.get === 'function' ? (given as Values).get(name) : (given as Record<string, unknown>)[name];
    // A name given twice arrives as a list; the first one counts.
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : '';
  };
  return {
    useCase: text(read('useCase'), longestUseCase).replace(/\s+/g, ' '),
    lock: oneOf(lockIds, read('lock').trim()),
    reason: text(read('reason'), longestReason),
    ttlSeconds: parseSeconds(read('ttl').trim(), 0.01),
    heartbeatSeconds: parseSeconds(read('heartbeat').trim(), 0),
    fencing: oneOf(fencingIds, read('fencing').trim()),
    notes: text(read('notes'), longestNotes),
  };
}

export function serialiseBlanks(blanks: Blanks): string {
  const pairs: [string, string][] = [
    ['useCase', blanks.useCase],
    ['lock', blanks.lock ?? ''],
    ['reason', blanks.reason],
    ['ttl', blanks.ttlSeconds === null ? '' : String(blanks.ttlSeconds)],
    ['heartbeat', blanks.heartbeatSeconds === null ? '' : String(blanks.heartbeatSeconds)],
    ['fencing', blanks.fencing ?? ''],
    ['notes', blanks.notes],
  ];
  return new URLSearchParams(pairs.filter(([, value]) => value !== '')).toString();
}

export const isEmpty = (blanks: Blanks): boolean =>
  (Object.keys(emptyBlanks) as (keyof Blanks)[]).every((name) => blanks[name] === emptyBlanks[name]);
