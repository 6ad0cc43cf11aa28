// The run as a table: the same as the picture, for those who read better than they look, and for a screen reader.
import { memo } from 'react';
import type { Row } from '#lib/lock/index.ts';
import type { DemoAction } from './use-demo.ts';

type Send = (action: DemoAction) => void;

export function AsText({
  title,
  rows,
  cursor,
  send,
}: {
  title: string;
  rows: readonly Row[];
  cursor: number;
  send: Send;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
    <section className="max-h-96 overflow-auto" tabIndex={0} aria-label={`${title}: the run as a table`}>
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-paper">
          <tr className="border-b border-ink align-bottom">
            <th className="py-1.5 pr-3 font-semibold">Time</th>
            <th className="py-1.5 pr-3 font-semibold">Who</th>
            <th className="py-1.5 pr-3 font-semibold">What</th>
            <th className="py-1.5 font-semibold">Token</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.position} row={row} current={row.position === cursor} send={send} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Drawn again only when it becomes the current one or stops being it: a crowd has hundreds. */
const Line = memo(function Line({ row, current, send }: { row: Row; current: boolean; send: Send }) {
  return (
    <tr
      aria-current={current ? 'step' : undefined}
      className="border-b border-line align-top aria-[current=step]:bg-accent-soft"
    >
      <td className="min-w-0 py-1 pr-3 whitespace-nowrap tabular-nums">
        <button
          type="button"
          className="text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
          onClick={() => send({ do: 'seek', to: row.position })}
        >
          {row.at} ms
        </button>
      </td>
      <td className="min-w-0 py-1 pr-3">
        {row.who ?? (row.position > 0 && <span className="text-muted">network</span>)}
      </td>
      <td className="min-w-0 py-1 pr-3">
        {row.what}
        {row.broken.map(({ property, words }) => (
          <span key={property} className="block font-medium text-broken">
            Broken: {words}
          </span>
        ))}
      </td>
      <td className="min-w-0 py-1 tabular-nums">{row.token}</td>
    </tr>
  );
});
