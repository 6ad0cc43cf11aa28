'use client';
// The matrix of one property as a table; on a phone, one lock at a time as a list of the same cells. Without script it is all
// there, in the order of the course. With it, fencing and order can be chosen, and the address follows.
import Link from 'next/link';
import { type CSSProperties, useCallback, useEffect, useId, useState } from 'react';
import { addressOf, type Mark, QUESTIONS, type Row } from './cell.ts';
import {
  type Drawn,
  drawn,
  type Fencing,
  linesOf,
  type Order,
  onlyWhy,
  ordersOf,
  searchOf,
  sorted,
  USUAL_VIEW,
  type View,
  viewFrom,
} from './view.ts';

export type MatrixProps = {
  readonly property: string;
  readonly rows: readonly Row[];
  readonly troubles: readonly string[];
};

export function MatrixTable({ property, rows, troubles }: MatrixProps) {
  const [view, look] = useView(troubles.length);
  const name = QUESTIONS.find(({ id }) => id === property)?.name ?? property;
  const shown = sorted(rows, view);
  const asked = shown.filter((row) => onlyWhy(row) === null);
  const idle = shown.filter((row) => onlyWhy(row) !== null);
  return (
    <>
      <Properties property={property} search={searchOf(view)} />
      <Choosers view={view} look={look} troubles={troubles} />
      <details className="mb-6 border-y border-line sm:hidden">
        <summary className="flex min-h-11 items-center font-medium text-accent">Go to a lock</summary>
        <nav aria-label="Locks" className="pb-3">
          <ul>
            {shown.map(({ lock, title }) => (
              <li key={lock}>
                <a href={`#${lock}`} className="flex min-h-11 items-center">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </details>
      <table className="block w-full border-collapse text-sm sm:table lg:table-fixed">
        <caption className="sr-only">
          {name}: each lock against each fault, without and with fencing. Each cell leads to its run.
        </caption>
        <thead className="hidden bg-paper shadow-[inset_0_-1px_0_var(--ink)] sm:sticky sm:top-0 sm:z-10 sm:table-header-group">
          <tr className="border-b border-ink align-bottom">
            <Head order="name" view={view} look={look}>
              Lock
            </Head>
            <th scope="col" className="py-2 pr-3 text-left font-medium text-muted lg:w-18">
              Fencing
            </th>
            {troubles.map((trouble, index) => (
              <Head key={trouble} order={`by-${index}`} view={view} look={look}>
                {trouble}
              </Head>
            ))}
          </tr>
        </thead>
        {asked.map((row) => (
          <Lock key={row.lock} row={row} view={view} troubles={troubles} property={name} />
        ))}
        {idle.length > 0 && <Idle rows={idle} columns={troubles.length} />}
      </table>
    </>
  );
}

/** The address is read once the page is alive: on the server it is not known, since the page is made ahead. */
function useView(troubles: number) {
  const [view, setView] = useState<View>(USUAL_VIEW);
  useEffect(() => setView(viewFrom(location.search, troubles)), [troubles]);
  const look = useCallback((next: View) => {
    setView(next);
    history.replaceState(history.state, '', `${location.pathname}${searchOf(next)}${location.hash}`);
  }, []);
  return [view, look] as const;
}

function Properties({ property, search }: { property: string; search: string }) {
  return (
    <nav
      aria-label="What is asked"
      className="mb-5 flex flex-wrap gap-x-4 gap-y-1 border-b border-line text-[0.9375rem] sm:gap-x-6 sm:text-base"
    >
      {QUESTIONS.map(({ id, name }) => (
        <Link
          key={id}
          href={`${addressOf(id)}${search}`}
          prefetch={false}
          scroll={false}
          aria-current={id === property ? 'page' : undefined}
          className="-mb-px border-b-2 border-transparent py-2 text-muted no-underline hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

type Looking = { readonly view: View; readonly look: (view: View) => void };

const FENCINGS: readonly { readonly value: Fencing; readonly text: string }[] = [
  { value: 'both', text: 'without and with' },
  { value: 'off', text: 'without' },
  { value: 'on', text: 'with' },
];

function Choosers({ view, look, troubles }: Looking & { troubles: readonly string[] }) {
  const [fencing, order] = [useId(), useId()];
  const field = 'min-h-11 rounded-[3px] border border-muted px-2';
  return (
    <div className="mb-5 flex flex-wrap gap-x-6 gap-y-3 text-sm [@media(scripting:none)]:hidden">
      <p className="flex items-center gap-2">
        <label htmlFor={fencing}>Fencing</label>
        <select
          id={fencing}
          value={view.fencing}
          onChange={({ target }) => look({ ...view, fencing: target.value as Fencing })}
          className={field}
        >
          {FENCINGS.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </p>
      <p className="flex items-center gap-2">
        <label htmlFor={order}>Order</label>
        <select
          id={order}
          value={view.order}
          onChange={({ target }) => look({ ...view, order: target.value as Order })}
          className={field}
        >
          {ordersOf(troubles.length).map((value) => (
            <option key={value} value={value}>
              {orderWords(value, troubles)}
            </option>
          ))}
        </select>
      </p>
    </div>
  );
}

function orderWords(order: Order, troubles: readonly string[]): string {
  switch (order) {
    case 'listed':
      return 'as in the course';
    case 'name':
      return 'by name';
    case 'safest':
      return 'fewest broken first';
    case 'weakest':
      return 'most broken first';
    default:
      return `broken first: ${troubles[Number(order.slice(3))]}`;
  }
}

/** A column head sorts by its column, and pressed again gives the order of the course back. */
function Head({ order, view, look, children }: Looking & { order: Order; children: string }) {
  const on = view.order === order;
  const sort = order === 'name' ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      aria-sort={on ? sort : undefined}
      className={`py-2 pr-3 text-left font-medium ${order === 'name' ? 'lg:w-38' : ''}`}
    >
      <button
        type="button"
        onClick={() => look({ ...view, order: on ? 'listed' : order })}
        className="text-left hover:underline"
      >
        {children}
        {on && <span aria-hidden="true">{order === 'name' ? ' ↓' : ' ✗↓'}</span>}
      </button>
    </th>
  );
}

function Lock({
  row,
  view,
  troubles,
  property,
}: {
  row: Row;
  view: View;
  troubles: readonly string[];
  property: string;
}) {
  const lines = linesOf(row, view.fencing);
  const fencing = view.fencing === 'both' ? (['off', 'on'] as const) : [view.fencing];
  return (
    <tbody
      id={row.lock}
      className="mb-10 grid scroll-mt-4 grid-cols-[6rem_1fr_1fr] sm:scroll-mt-20 border-ink target:bg-accent-soft target:shadow-[-0.5rem_0_0_var(--accent-soft),0.5rem_0_0_var(--accent-soft)] sm:mb-0 sm:table-row-group sm:border-b sm:border-line"
    >
      <tr className="contents sm:hidden">
        <th
          scope="rowgroup"
          colSpan={3}
          className="col-span-3 border-b border-ink pb-1 text-left font-serif text-lg font-[580]"
        >
          {row.title}
        </th>
      </tr>
      {/* What a phone shows at the side of each list; a wide table has its heads. */}
      <tr className="contents sm:hidden">
        {troubles.map((trouble, index) => (
          <td
            key={trouble}
            style={{ gridArea: `${index + 3} / 1` }}
            className="border-b border-line py-2 pr-2 text-muted"
          >
            {trouble}
          </td>
        ))}
      </tr>
      {drawn(lines).map((cells, line) => (
        <tr key={fencing[line]} className="contents sm:table-row sm:align-top">
          {line === 0 && (
            <th
              scope="rowgroup"
              rowSpan={lines.length}
              className="hidden w-36 py-2 pr-3 text-left font-medium sm:table-cell"
            >
              {row.title}
            </th>
          )}
          <th
            scope="row"
            style={{ gridArea: `2 / ${line + 2}` }}
            className="border-b border-line py-1.5 pr-3 text-left font-normal text-muted sm:w-16 sm:border-0 sm:py-2"
          >
            <span className="sm:hidden">{fencing[line] === 'on' ? 'with fencing' : 'without'}</span>
            <span className="hidden sm:inline">{fencing[line] === 'on' ? 'with' : 'without'}</span>
          </th>
          {cells.map((cell) => (
            <Cell
              key={cell.column}
              cell={cell}
              line={line}
              label={`${row.title}, ${listed(troubles.slice(cell.column, cell.column + cell.across))}, ${fencing[line] === 'on' ? 'with' : 'without'} fencing, ${property}`}
            />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** Rows that take no part in this question, in one. */
function Idle({ rows, columns }: { rows: readonly Row[]; columns: number }) {
  const reasons = [...new Set(rows.map(onlyWhy))];
  return (
    <tbody className="mb-10 block sm:mb-0 sm:table-row-group">
      {reasons.map((why) => (
        <tr key={why} className="block sm:table-row sm:align-top">
          <th
            scope="row"
            colSpan={2}
            className="block border-b border-ink pb-1 text-left font-medium sm:table-cell sm:border-0 sm:py-2 sm:pr-3"
          >
            {rows
              .filter((row) => onlyWhy(row) === why)
              .map(({ lock, title }) => (
                <span
                  key={lock}
                  id={lock}
                  className="block scroll-mt-4 sm:scroll-mt-20 max-sm:font-serif max-sm:text-lg max-sm:font-[580]"
                >
                  {title}
                </span>
              ))}
          </th>
          <td colSpan={columns} className="block py-2 text-muted sm:table-cell sm:pr-3">
            {why}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Cell({ cell, line, label }: { cell: Drawn; line: number; label: string }) {
  const { mark, column, across, down } = cell;
  const place: CSSProperties = { gridArea: `${column + 3} / ${line + 2} / span ${across} / span ${down}` };
  return (
    <td
      style={place}
      colSpan={across}
      rowSpan={down}
      className="border-b border-line py-2 pr-3 align-top sm:border-0 sm:pr-2"
    >
      {mark.kind === 'senseless' ? (
        <span className="block max-w-80 text-xs leading-4 text-muted sm:py-0.5">{mark.why}</span>
      ) : (
        <a
          href={mark.href}
          aria-label={`${signOf(mark).word}, ${detailOf(mark, across)}: ${label}`}
          className={`group block no-underline ${signOf(mark).look}`}
        >
          <span className="font-medium whitespace-nowrap group-hover:underline">
            <span aria-hidden="true">{signOf(mark).sign} </span>
            {signOf(mark).word}
          </span>
          <span className="block text-xs text-muted tabular-nums">{detailOf(mark, across)}</span>
        </a>
      )}
    </td>
  );
}

type Asked = Exclude<Mark, { kind: 'senseless' }>;

function signOf({ kind }: Asked) {
  return {
    holds: { sign: '✓', word: 'holds', look: 'text-ink' },
    broken: { sign: '✗', word: 'broken', look: 'text-broken' },
    unknown: { sign: '?', word: 'unknown', look: 'text-muted' },
  }[kind];
}

/** Across several columns, no fault makes a difference in any of them. */
function detailOf(mark: Asked, across: number): string {
  if (mark.kind !== 'broken') return `${mark.states.toLocaleString('en-US')} states`;
  if (mark.faults > 0) return `in ${mark.moves} moves`;
  return across > 1 ? `in ${mark.moves} moves, whatever else goes wrong` : `in ${mark.moves} moves, no fault`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
