// The table of locks on the cheat sheet, asked of the engine: what number a lock gives out, what its right goes with, and what one
// pause of a client does to an update, without and with a store that checks tokens. About forty small searches, in the build.
import { titleOf } from '#components/matrix/answers.ts';
import { answer, backends, cells, matrixRows, optionsFor, type Trouble, USUAL } from '#lib/lock/index.ts';

export type LockLine = {
  readonly title: string;
  readonly token: string;
  readonly ends: string;
  readonly pause: string;
  readonly fenced: string;
};

const TROUBLE: Trouble = 'client pause';

const TOKENS = { none: 'none', unordered: 'no order', rising: 'rises' } as const;
const ENDS = { lease: 'its lease', session: 'its session', transaction: 'its transaction' } as const;

export function lockLines(): readonly LockLine[] {
  return matrixRows().map((row) => {
    const backend = backends[row.lock];
    if (!backend) throw new Error(`the matrix has a row for '${row.lock}', and there is no such lock`);
    const asked = (fenced: boolean) => {
      const cell = cells().find(
        (one) =>
          one.row === row.row && one.property === 'no-lost-update' && one.trouble === TROUBLE && one.fenced === fenced,
      );
      const found = cell && answer(cell);
      if (!found || found.kind === 'refused') return '–';
      return found.verdict.kind === 'violated' ? 'lost' : found.verdict.kind === 'holds' ? 'kept' : 'not known';
    };
    const options = optionsFor({ ...USUAL, lock: row.lock, options: row.options }, backend);
    return {
      title: titleOf(row),
      token: backend.locks === false ? '–' : TOKENS[backend.tokens(options)],
      ends:
        backend.locks === false
          ? 'no lock'
          : backend.expires(options)
            ? ENDS[backend.endsWith?.(options) ?? 'lease']
            : backend.endsWith
              ? ENDS[backend.endsWith(options)]
              : 'nothing',
      pause: asked(false),
      fenced: asked(true),
    };
  });
}
