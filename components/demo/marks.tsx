// The strokes of the timeline: a lease that drains, a belief that outlives it, a message on its way.
import { BAR, type BeliefBar, type LeaseBar } from './bars.ts';
import type { Arrow } from './layout.ts';
import { ink, soft } from './shapes.tsx';

/** Paper around letters, so that lines may run under them. */
export const halo = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 3, strokeLinejoin: 'round' } as const;

/** The lease drains: its level falls from full to nothing at the instant at which it ends. */
export function Lease({ bar: { x1, x2, y, hue, text, level, ended } }: { bar: LeaseBar }) {
  const [top, bottom] = [y - BAR / 2 - 2, y + BAR / 2 + 2];
  const outline = level.map(({ x, left }) => `${x} ${bottom - (bottom - top) * left}`).join('L');
  return (
    <g>
      <rect x={x1} y={top} width={x2 - x1} height={bottom - top} fill="var(--paper)" />
      <path d={`M${x1} ${bottom}L${outline}L${x2} ${bottom}Z`} fill={ink(hue)} opacity={0.32} />
      <path
        d={`M${x1} ${top}H${x2}M${x1} ${bottom}H${x2}M${x1} ${top}V${bottom}`}
        fill="none"
        stroke={ink(hue)}
        strokeWidth={1.5}
      />
      <path
        d={`M${x2} ${top - 3}V${bottom + 3}`}
        stroke={ink(hue)}
        strokeWidth={1.5}
        strokeDasharray={ended === 'expired' || ended === null ? '2 2.5' : undefined}
      />
      <text x={x1 + 6} y={y + 4} fontSize={11} fontWeight={600} fill="var(--ink)" style={{ ...halo, strokeWidth: 2.5 }}>
        {text}
      </text>
    </g>
  );
}

export function Flight({ arrow: { x1, y1, x2, y2, hue, end } }: { arrow: Arrow }) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - ux * 8, y2 - uy * 8];
  const head = `M${x2} ${y2}L${bx - uy * 3.5} ${by + ux * 3.5}L${bx + uy * 3.5} ${by - ux * 3.5}Z`;
  return (
    <g stroke={ink(hue)} fill={ink(hue)}>
      <path d={`M${x1} ${y1}L${x2} ${y2}`} strokeWidth={1.25} strokeDasharray={end === 'flying' ? '4 3' : undefined} />
      {end === 'arrives' && <path d={head} stroke="none" />}
      {end === 'lost' && (
        <path d={`M${x2 - 5} ${y2 - 5}L${x2 + 5} ${y2 + 5}M${x2 + 5} ${y2 - 5}L${x2 - 5} ${y2 + 5}`} strokeWidth={2} />
      )}
    </g>
  );
}

/** Solid while the record agrees; hollow and dashed from where it is a mistake. */
export function Belief({ bar: { x1, x2, y, hue, falseFrom } }: { bar: BeliefBar }) {
  const [top, bottom] = [y - BAR / 2, y + BAR / 2];
  const stop = falseFrom ?? x2;
  return (
    <g stroke={ink(hue)} strokeWidth={1.5} fill="none">
      <rect x={x1} y={top} width={x2 - x1} height={BAR} fill="var(--paper)" stroke="none" />
      <rect x={x1} y={top} width={Math.max(2, stop - x1)} height={BAR} fill={soft(hue)} stroke="none" />
      <path d={`M${stop} ${top}H${x1}V${bottom}H${stop}${falseFrom === null ? `V${top}` : ''}`} />
      {falseFrom !== null && <path d={`M${stop} ${top}H${x2}V${bottom}H${stop}`} strokeDasharray="4 3" />}
    </g>
  );
}
