// How the matrix is looked at: which of its rows, and in which order. It stands in the address (`?fencing=on&order=by-1`), and an
// address may say anything, so what it does not know is as if it had not been said. Pure, so that tests need no page.
import type { Mark, Row } from './cell.ts';

export type Fencing = 'both' | 'off' | 'on';
/** As the locks are listed, by name, fewest or most broken first, or by what one trouble does: `by-3`. */
export type Order = 'listed' | 'name' | 'safest' | 'weakest' | `by-${number}`;
export type View = { readonly fencing: Fencing; readonly order: Order };

export const USUAL_VIEW: View = { fencing: 'both', order: 'listed' };

export function viewFrom(search: string, troubles: number): View {
  const asked = new URLSearchParams(search);
  const fencing = (['off', 'on'] as const).find((one) => one === asked.get('fencing')) ?? 'both';
  const order = ordersOf(troubles).find((one) => one === asked.get('order')) ?? 'listed';
  return { fencing, order };
}

/** '' for the usual view. */
export function searchOf({ fencing, order }: View): string {
  const pairs = [
    ...(fencing === 'both' ? [] : [`fencing=${fencing}`]),
    ...(order === 'listed' ? [] : [`order=${order}`]),
  ];
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

export function ordersOf(troubles: number): readonly Order[] {
  return [
    'listed',
    'name',
    'safest',
    'weakest',
    ...Array.from({ length: troubles }, (_, index) => `by-${index}` as const),
  ];
}

/** The lines of a lock that are shown: without fencing, with it, or both. */
export function linesOf(row: Row, fencing: Fencing): readonly (readonly Mark[])[] {
  return fencing === 'off' ? [row.off] : fencing === 'on' ? [row.on] : [row.off, row.on];
}

/** A lock that cannot be asked has nothing to show in any order but its own, and comes last. */
export function sorted(rows: readonly Row[], { fencing, order }: View): readonly Row[] {
  if (order === 'listed') return rows;
  if (order === 'name') return rows.toSorted((a, b) => (a.title < b.title ? -1 : 1));
  const column = order.startsWith('by-') ? Number(order.slice(3)) : null;
  const looked = (row: Row) =>
    linesOf(row, fencing).flatMap((line) => (column === null ? line : line.slice(column, column + 1)));
  const broken = (row: Row) => looked(row).filter(({ kind }) => kind === 'broken').length;
  const senseless = (row: Row) => (looked(row).every(({ kind }) => kind === 'senseless') ? 1 : 0);
  const way = order === 'safest' ? 1 : -1;
  return rows.toSorted((a, b) => senseless(a) - senseless(b) || way * (broken(a) - broken(b)));
}

/** Of a row like this there is one thing to say, whatever is asked of it; null if there is more. */
export function onlyWhy({ off, on }: Row): string | null {
  const [first] = off;
  if (first?.kind !== 'senseless') return null;
  return [...off, ...on].every((mark) => sameWhy(mark, first)) ? first.why : null;
}

/**
 * One cell of the table as it is drawn: marks that say the same why become one, across columns and then across lines; and so do those
 * that break in the same way without any fault, since no fault makes a difference there.
 */
export type Drawn = { readonly mark: Mark; readonly column: number; readonly across: number; readonly down: number };

export function drawn(lines: readonly (readonly Mark[])[]): readonly (readonly Drawn[])[] {
  const merged = lines.map(acrossColumns);
  const [first, second] = merged;
  if (!first || !second) return merged;
  const twin = (one: Drawn, others: readonly Drawn[]) =>
    others.find(
      (other) =>
        one.mark.kind === 'senseless' &&
        other.column === one.column &&
        other.across === one.across &&
        sameWhy(one.mark, other.mark),
    );
  return [
    first.map((one) => (twin(one, second) ? { ...one, down: 2 } : one)),
    second.filter((one) => !twin(one, first)),
  ];
}

function acrossColumns(line: readonly Mark[]): readonly Drawn[] {
  const cells: Drawn[] = [];
  line.forEach((mark, column) => {
    const before = cells.at(-1);
    if (before && (sameWhy(before.mark, mark) || brokenAlike(before.mark, mark)))
      cells[cells.length - 1] = { ...before, across: before.across + 1 };
    else cells.push({ mark, column, across: 1, down: 1 });
  });
  return cells;
}

function brokenAlike(one: Mark, other: Mark): boolean {
  if (one.kind !== 'broken' || other.kind !== 'broken') return false;
  return one.faults === 0 && other.faults === 0 && one.moves === other.moves;
}

function sameWhy(one: Mark, other: Mark): boolean {
  return one.kind === 'senseless' && other.kind === 'senseless' && one.why === other.why;
}
