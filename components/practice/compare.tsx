// Two answers blank by blank, set like a table in a book.
import type { ReactNode } from 'react';
import { type Blanks, fencingWords, lockWords, sayDuration } from '#lib/practice/template.ts';

function rows(blanks: Blanks): readonly (readonly [string, string])[] {
  const time = (seconds: number | null, none: string) =>
    seconds === null ? '' : seconds === 0 ? none : sayDuration(seconds);
  return [
    ['Lock', blanks.lock === null ? '' : lockWords[blanks.lock].label],
    ['TTL', time(blanks.ttlSeconds, '')],
    ['Heartbeat', time(blanks.heartbeatSeconds, 'no renewal')],
    ['Fencing', blanks.fencing === null ? '' : fencingWords[blanks.fencing]],
  ];
}

const Cell = ({ children }: { children: ReactNode }) => (
  <td className="border-b border-line py-2 pr-4 align-top">
    {children || <span className="text-muted">left open</span>}
  </td>
);

export function BlankTable({ yours, model }: { yours: Blanks; model: Blanks }) {
  const others = rows(model);
  return (
    <table className="w-full table-fixed border-collapse text-[0.9375rem]">
      <caption className="mb-2 text-left text-sm font-[600]">Blank by blank</caption>
      <thead>
        <tr className="text-left">
          <th scope="col" className="w-[6.5rem] border-b border-ink py-1.5 pr-4 font-[600]">
            Blank
          </th>
          <th scope="col" className="border-b border-ink py-1.5 pr-4 font-[600]">
            Yours
          </th>
          <th scope="col" className="border-b border-ink py-1.5 pr-4 font-[600]">
            Model
          </th>
        </tr>
      </thead>
      <tbody>
        {rows(yours).map(([name, value], at) => {
          const other = others[at]?.[1] ?? '';
          return (
            <tr key={name}>
              <th scope="row" className="border-b border-line py-2 pr-4 text-left align-top font-normal text-muted">
                {name}
              </th>
              <Cell>{value === '' && other === '' ? 'none' : value}</Cell>
              <Cell>{other === '' ? 'none' : other}</Cell>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
