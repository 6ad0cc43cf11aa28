// The rows of the matrix for one property: 320 searches, about ten seconds of processor time. Only pages that are built ahead ask,
// and what was found is kept, so that whatever else this process builds has it for nothing.
import { experimentLink } from '#components/demo/choices-url.ts';
import { type Answer, answer, backends, type Cell, cells, matrixRows, type PropertyId } from '#lib/lock/index.ts';
import type { Mark, Row } from './cell.ts';

const known = new Map<PropertyId, readonly Row[]>();

export function rowsFor(property: PropertyId): readonly Row[] {
  const rows = known.get(property) ?? matrixRows().map(({ row }) => rowFor(row, property));
  known.set(property, rows);
  return rows;
}

/** Asked row by row by the tests, too. */
export function rowFor(name: string, property: PropertyId): Row {
  const marks = (fenced: boolean) =>
    cells()
      .filter((cell) => cell.row === name && cell.property === property && cell.fenced === fenced)
      .map((cell) => markOf(answer(cell)));
  const row = matrixRows().find((one) => one.row === name);
  return { lock: name, title: row ? titleOf(row) : name, off: marks(false), on: oneReason(marks(true)) };
}

export function titleOf({ row, lock }: Pick<Cell, 'row' | 'lock'>): string {
  return `${backends[lock]?.title}${lock === row ? '' : ', data outside'}`;
}

/** Where nothing can be asked of a whole line, what stops fencing stops all of it, whatever else there is to say of a fault. */
function oneReason(line: readonly Mark[]): readonly Mark[] {
  if (!line.every(({ kind }) => kind === 'senseless')) return line;
  const first = line.find((mark) => mark.kind === 'senseless' && !/\bstrike\b|\bbefall\b/.test(mark.why));
  return first ? line.map(() => first) : line;
}

export function markOf(found: Answer): Mark {
  if (found.kind === 'refused') return { kind: 'senseless', why: sentenceOf(found.why) };
  const { verdict, choices, property } = found;
  const link = (script: readonly string[] | null) => experimentLink(choices, property, script);
  if (verdict.kind === 'violated') {
    const { faults, script } = verdict;
    return { kind: 'broken', faults, moves: script.length, href: link(script) };
  }
  return { kind: verdict.kind, states: verdict.states, href: link(null) };
}

/** The engine names the lock by its id and a fault by its kind; here the row and the column have said which. */
function sentenceOf(why: string): string {
  const plain = why
    .replace(/^the resource checks tokens, but the backend '[\w-]+' gives none$/, 'this lock gives no tokens to check')
    .replace(/^the data is inside '[\w-]+'/, 'the data is inside')
    .replace(/^'[\w-]+' has no server.*$/, 'there is nothing here that this could strike')
    .replace(/^'[\w-]+' has nothing that a \w+ could strike$/, 'there is nothing here that this could strike')
    .replace(/so no (loss|partition) can befall it$/, 'and none is lost on its way')
    .replace(/^'[\w-]+' takes no lock, so .*$/, 'it takes no lock, so there is nothing to ask about one');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}
