// Which cell of the matrix an experiment is, and what was found there. An address says only what is asked; the answer is the engine's
// own, so that a link made by hand cannot claim one. A cell takes a twentieth of a second on average and half a second at worst, and
// is searched once by each process: no more than thirteen seconds, whoever asks for what.
import { choicesFromQuery, choicesToQuery } from '#components/demo/choices-url.ts';
import type { DemoQuery } from '#components/demo/demo-url.ts';
import { answer, type Cell, cells, choicesOf, type Verdict } from '#lib/lock/index.ts';
import { titleOf } from './answers.ts';
import { addressOf, QUESTIONS } from './cell.ts';

export type FoundCell = Cell & {
  /** The lock, as its row is called. */
  readonly title: string;
  /** What goes wrong, and whether tokens are checked. */
  readonly under: string;
  /** What is asked, as a question. */
  readonly asks: string;
  /** The row in the matrix of this question. */
  readonly address: string;
  readonly verdict: Verdict;
};

let places: ReadonlyMap<string, Cell> | undefined;
const known = new Map<string, FoundCell | null>();

/** The cell that this address leads to from the matrix; null if it is another experiment, or none. */
export function cellOf(query: DemoQuery): FoundCell | null {
  const read = choicesFromQuery(query);
  if (read.kind === 'bad') return null;
  const place = choicesToQuery(read.choices, read.property);
  places ??= new Map(cells().map((cell) => [choicesToQuery(choicesOf(cell), cell.property), cell]));
  const cell = places.get(place);
  if (!cell) return null;
  const found = known.get(place) ?? foundIn(cell);
  known.set(place, found);
  return found;
}

function foundIn(cell: Cell): FoundCell | null {
  const found = answer(cell);
  if (found.kind === 'refused') return null;
  const { row, trouble, fenced, property } = cell;
  return {
    ...cell,
    title: titleOf(cell),
    under: `${trouble}, ${fenced ? 'with' : 'without'} fencing`,
    asks: QUESTIONS.find(({ id }) => id === property)?.asks ?? '',
    address: `${addressOf(property)}#${row}`,
    verdict: found.verdict,
  };
}
