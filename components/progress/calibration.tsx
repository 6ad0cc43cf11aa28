// How sure, and how often right: a row for each sureness, with one mark for each prediction or quiz answer, oldest first. A filled square was
// right, an empty one with a stroke was not; the words beside them say the same, so the marks are for the eye only.
import { advice, type Calibrated, rowWords, SURENESS_WORDS } from '#lib/study/calibration.ts';

export function Calibration({ rows }: { rows: readonly Calibrated[] }) {
  return (
    <div>
      <p className="max-w-[42rem] font-serif text-xl leading-snug">{advice(rows)}</p>
      <table className="mt-5 w-full max-w-[42rem] text-left">
        <caption className="sr-only">How often you were right, by how sure you were</caption>
        <thead>
          <tr className="border-b border-ink text-sm text-muted">
            <th scope="col" className="py-1.5 pr-6 font-normal">
              You said
            </th>
            <th scope="col" className="py-1.5 pr-6 font-normal">
              You were
            </th>
            <th scope="col" className="py-1.5 font-normal">
              Oldest first
            </th>
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={row.sureness} className="border-b border-line align-baseline">
              <th scope="row" className="py-3 pr-6 font-[560] whitespace-nowrap">
                {SURENESS_WORDS[row.sureness]}
              </th>
              <td className="py-3 pr-6 whitespace-nowrap tabular-nums">{rowWords(row)}</td>
              <td className="w-full py-3">
                <Marks came={row.came} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p aria-hidden="true" className="mt-2 flex flex-wrap gap-x-5 text-sm text-muted">
        <span className="inline-flex items-center gap-1.5">
          <Mark came /> right
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Mark came={false} /> wrong
        </span>
      </p>
    </div>
  );
}

function Marks({ came }: { came: readonly boolean[] }) {
  if (came.length === 0) return null;
  const label = came.map((one) => (one ? 'right' : 'wrong')).join(', ');
  return (
    <span role="img" aria-label={label} className="flex flex-wrap gap-1">
      {came.map((one, at) => (
        <Mark key={at} came={one} />
      ))}
    </span>
  );
}

function Mark({ came }: { came: boolean }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className="shrink-0">
      {came ? (
        <rect x="1" y="1" width="12" height="12" fill="var(--ink)" />
      ) : (
        <path d="M1.75 1.75h10.5v10.5h-10.5zM1.75 12.25l10.5-10.5" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      )}
    </svg>
  );
}
