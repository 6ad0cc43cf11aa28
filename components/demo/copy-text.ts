// A run as lines of text, for a slide, a note or a chat: the words of the table, one moment a line. Pure, so that it can be tested.
import { count, type Row, sentence, type Trace } from '#lib/lock/index.ts';

export function traceText({
  title,
  rows,
  trace,
  address,
}: {
  title: string;
  rows: readonly Row[];
  trace: Trace;
  /** Where the same run opens. */
  address: string;
}): string {
  const width = Math.max(...rows.map(({ at }) => `${at}`.length));
  const lines = rows.map((row) => `${`${row.at}`.padStart(width)} ms  ${sentence(row)}`);
  const broken = trace.violations.length;
  const outcome = broken === 0 ? 'Nothing is broken in this run.' : `${count(broken, 'guarantee')} broken in this run.`;
  return [title, '', ...lines, '', outcome, address, ''].join('\n');
}
