// A round in the address: `?seed=4821&n=10&depth=senior&of=fencing.redlock`. The lessons stand in it, too, so that the same address
// is the same round tomorrow and for somebody else. Anybody can write an address by hand: everything is bounded, and what cannot
// be followed becomes a sentence.
import { type Depth, depths } from '#lib/study/card.ts';

export type Query = { readonly [key: string]: string | readonly string[] | undefined };

export type RoundAddress = {
  /** Null: any; the server draws one and puts it into the address. */
  readonly seed: number | null;
  readonly count: number;
  readonly depth: Depth;
  /** Slugs of lessons. Null: what the viewer has read. */
  readonly of: readonly string[] | 'all' | null;
  /** Only these questions, as after a round with misses. */
  readonly only: readonly string[] | null;
  readonly clock: boolean;
};

export type FromAddress =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'round'; readonly round: RoundAddress }
  | { readonly kind: 'bad'; readonly why: string };

export const COUNTS = [5, 10, 20] as const;
const USUAL = 10;
const MOST = 20;
export const MAX_ROUND_SEED = 999_999;
const MAX_NAMES = 100;

/** A whole number within these bounds, written in digits; else null. */
export function numberIn(text: string | readonly string[] | undefined, from: number, to: number): number | null {
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text)) return null;
  const number = Number(text);
  return number >= from && number <= to ? number : null;
}

export function fromAddress(query: Query): FromAddress {
  const { seed, n, depth, of, only, clock } = query;
  if ([seed, n, depth, of, only].every((one) => one === undefined)) return { kind: 'nothing' };
  const count = n === undefined ? USUAL : numberIn(n, 1, MOST);
  if (count === null)
    return bad(`The number of questions in the link cannot be read: it is a whole number from 1 to ${MOST}.`);
  const number = seed === undefined ? null : numberIn(seed, 0, MAX_ROUND_SEED);
  if (seed !== undefined && number === null) {
    return bad(`The seed in the link cannot be read: it is a whole number from 0 to ${MAX_ROUND_SEED}.`);
  }
  const known = depths.find((one) => one === (depth ?? 'staff'));
  if (!known) return bad(`The depth in the link is none of ${depths.join(', ')}.`);
  const lessons: RoundAddress['of'] | undefined = of === undefined ? null : of === 'all' ? 'all' : namesIn(of);
  const questions = only === undefined ? null : namesIn(only);
  if (lessons === undefined || questions === undefined)
    return bad('The lessons or questions in the link cannot be read.');
  const round = { seed: number, count, depth: known, of: lessons, only: questions, clock: clock === 'on' };
  return { kind: 'round', round };
}

export function toAddress({ seed, count, depth, of, only, clock }: RoundAddress): string {
  const pairs = [
    ...(seed === null ? [] : [`seed=${seed}`]),
    `n=${count}`,
    `depth=${depth}`,
    ...(of === null ? [] : [`of=${of === 'all' ? of : of.join('.')}`]),
    ...(only === null ? [] : [`only=${only.join('.')}`]),
    ...(clock ? ['clock=on'] : []),
  ];
  return `/quiz?${pairs.join('&')}`;
}

function namesIn(text: string | readonly string[]): readonly string[] | undefined {
  if (typeof text !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(text)) return undefined;
  const names = [...new Set(text.split('.'))];
  return names.length <= MAX_NAMES ? names : undefined;
}

function bad(why: string): FromAddress {
  return { kind: 'bad', why };
}
