// The crowd, drawn: one sentence in large type that counts the tickets, and under it a row for each request. Two diagonals of
// marks, all reads before all writes, are what a race looks like; with a lock it is one row and 46 short ones.
import { memo, type ReactNode } from 'react';
import { type CrowdPicture, type CrowdRow, soldAt } from './crowd.ts';

const ROW = 7;
const GAP = 14;

export function Crowd({ picture, cursor, label }: { picture: CrowdPicture; cursor: number; label: string }) {
  const sold = soldAt(picture, cursor);
  const requests = picture.groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const second = picture.writes[1];
  const height = picture.groups.reduce((sum, { rows }) => sum + GAP + rows.length * ROW, 0);
  return (
    <div>
      <p className="font-serif text-[1.625rem] leading-tight sm:text-[2.125rem]">
        <span className="tabular-nums">{requests}</span> requests, {picture.groups.length} servers,{' '}
        {picture.locks > 0 && 'one lock, '}
        <span className={`font-[680] whitespace-nowrap ${sold > 1 ? 'text-broken' : ''}`}>
          <span className="tabular-nums">{sold}</span> {sold === 1 ? 'ticket' : 'tickets'} sold
        </span>
      </p>
      <div className="mt-4 flex border-y border-line py-2">
        <Names picture={picture} height={height} />
        <svg role="img" aria-label={label} height={height + 18} className="block min-w-0 flex-1 font-sans">
          {second !== undefined && second <= cursor && (
            <svg x={place(picture, second)} y={0} width="100%" height={height} overflow="hidden" aria-hidden="true">
              <rect x={0} y={0} width="100%" height={height} fill="var(--broken-soft)" />
              <line x1={1} x2={1} y1={0} y2={height} stroke="var(--broken)" strokeWidth={2} />
            </svg>
          )}
          <Rows picture={picture} height={height} />
          <Veil picture={picture} cursor={cursor} height={height} />
        </svg>
      </div>
      <Legend lock={picture.locks > 0} />
    </div>
  );
}

/** Shares of the width, with a margin on both sides for the marks. */
function place(picture: CrowdPicture, step: number): string {
  return `${(1.5 + (97 * step) / Math.max(1, picture.steps)).toFixed(2)}%`;
}

const Rows = memo(function Rows({ picture, height }: { picture: CrowdPicture; height: number }) {
  let top = 0;
  return (
    <>
      {picture.groups.map(({ name, rows }) => {
        const from = top;
        top += GAP + rows.length * ROW;
        return (
          <g key={name}>
            {rows.map((row, at) => (
              <Row key={row.id} row={row} y={from + GAP / 2 + at * ROW + ROW / 2} picture={picture} />
            ))}
          </g>
        );
      })}
      {picture.ticks.map(({ step, at }) => (
        <text
          key={step}
          x={place(picture, step)}
          y={height + 14}
          textAnchor={step === 0 ? 'start' : step === picture.steps ? 'end' : 'middle'}
          fontSize={11}
          fill="var(--muted)"
        >
          {at} ms
        </text>
      ))}
    </>
  );
});

function Row({ row, y, picture }: { row: CrowdRow; y: number; picture: CrowdPicture }) {
  const at = (step: number) => place(picture, step);
  const { read, write, holds, ended } = row;
  return (
    <g>
      <line x1={at(0)} x2={at(ended ?? picture.steps)} y1={y} y2={y} stroke="var(--line)" strokeWidth={1} />
      {holds && (
        <line
          x1={at(holds.from)}
          x2={at(holds.until ?? picture.steps)}
          y1={y}
          y2={y}
          stroke="var(--client-a)"
          strokeWidth={4}
        />
      )}
      {read !== null && (
        <>
          {write !== null && <line x1={at(read)} x2={at(write)} y1={y} y2={y} stroke="var(--muted)" strokeWidth={1} />}
          <circle cx={at(read)} cy={y} r={2.5} fill="var(--paper)" stroke="var(--ink)" strokeWidth={1.2} />
        </>
      )}
      {write !== null && (
        <svg x={at(write)} y={y - 3} width={6} height={6} overflow="visible" aria-hidden="true">
          <rect x={-3} y={0} width={6} height={6} fill={row.first ? 'var(--ink)' : 'var(--broken)'} />
        </svg>
      )}
      {row.turnedAway && ended !== null && (
        <line x1={at(ended)} x2={at(ended)} y1={y - 2.5} y2={y + 2.5} stroke="var(--muted)" strokeWidth={1.5} />
      )}
    </g>
  );
}

/** A gutter of their own, so that the moment never runs through a name. */
function Names({ picture, height }: { picture: CrowdPicture; height: number }) {
  let top = 0;
  return (
    <div aria-hidden="true" className="relative w-15 shrink-0 sm:w-20" style={{ height }}>
      {picture.groups.map(({ name, rows }) => {
        const y = top + (GAP + rows.length * ROW) / 2;
        top += GAP + rows.length * ROW;
        return (
          <span
            key={name}
            className="absolute left-0 -translate-y-1/2 text-sm font-medium whitespace-nowrap text-muted"
            style={{ top: y }}
          >
            {name}
          </span>
        );
      })}
    </div>
  );
}

function Veil({ picture, cursor, height }: { picture: CrowdPicture; cursor: number; height: number }) {
  const x = place(picture, cursor);
  return (
    <svg x={x} y={0} width="100%" height={height} overflow="hidden" aria-hidden="true">
      <rect x={3} y={0} width="100%" height={height} fill="var(--paper)" opacity={0.55} />
      <line x1={3} x2={3} y1={0} y2={height} stroke="var(--ink)" strokeWidth={1} />
    </svg>
  );
}

function Legend({ lock }: { lock: boolean }) {
  return (
    <p aria-hidden="true" className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
      <Key>
        <circle cx={6} cy={6} r={3} fill="var(--paper)" stroke="var(--ink)" strokeWidth={1.4} />
        <span>reads “available”</span>
      </Key>
      <Key>
        <rect x={3} y={3} width={6.5} height={6.5} fill="var(--ink)" />
        <span>ticket</span>
      </Key>
      {lock ? (
        <>
          <Key>
            <line x1={0} x2={12} y1={6} y2={6} stroke="var(--client-a)" strokeWidth={4} />
            <span>holds the lock</span>
          </Key>
          <Key>
            <line x1={6} x2={6} y1={2} y2={10} stroke="var(--muted)" strokeWidth={2} />
            <span>turned away</span>
          </Key>
        </>
      ) : (
        <Key>
          <rect x={3} y={3} width={6.5} height={6.5} fill="var(--broken)" />
          <span>one more ticket for the same seat</span>
        </Key>
      )}
    </p>
  );
}

function Key({ children: [mark, words] }: { children: [ReactNode, ReactNode] }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="12" height="12" aria-hidden="true">
        {mark}
      </svg>
      {words}
    </span>
  );
}
