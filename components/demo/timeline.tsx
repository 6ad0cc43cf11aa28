// The picture of a run: it draws what layout.ts has placed, and nothing else. What lies after the moment looked at is under a
// veil, so stepping moves one rectangle and redraws nothing.
// The picture is for the eye; the same run stands as a table in as-text.tsx, so a screen reader gets one label here.
import { memo, type Ref, useEffect, useId, useRef } from 'react';
import { BAR } from './bars.ts';
import type { Picture } from './layout.ts';
import { Belief, Flight, halo, Lease } from './marks.tsx';
import { ClientSign, ink, Shape } from './shapes.tsx';

export function Timeline({
  picture,
  cursor,
  title,
  label,
  over,
}: {
  picture: Picture;
  cursor: number;
  title: string;
  label: string;
  /** Nothing lies ahead of the moment looked at, so nothing is veiled. */
  over: boolean;
}) {
  const scroller = useRef<HTMLElement>(null);
  const x = picture.stepX[cursor] ?? 0;
  useFollow(scroller, x, cursor, picture);
  return (
    <section
      ref={scroller as Ref<HTMLElement>}
      aria-label={`${title}: timeline, scrolls sideways`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
      tabIndex={0}
      className="relative flex overflow-x-auto overscroll-x-contain border-y border-line"
    >
      <LaneNames picture={picture} />
      <svg
        role="img"
        aria-label={label}
        height={picture.height}
        style={{ minWidth: picture.width }}
        className="block shrink-0 grow basis-0 select-none font-sans"
      >
        <Drawing picture={picture} />
        <g className="transition-transform duration-150 ease-out" style={{ transform: `translateX(${x}px)` }}>
          {!over && <rect x={1} y={0} width={20000} height={picture.axisY - 10} fill="var(--paper)" opacity={0.8} />}
          <path d={`M0 6V${picture.axisY - 6}`} stroke="var(--ink)" strokeWidth={1} />
          <path d="M-4 2H4L0 8Z" fill="var(--ink)" />
        </g>
      </svg>
    </section>
  );
}

/** Keeps the moment in sight, inside its own scroller: the page itself never moves. */
function useFollow(scroller: { current: HTMLElement | null }, x: number, cursor: number, picture: Picture) {
  const shown = useRef<{ cursor: number; picture: Picture } | null>(null);
  useEffect(() => {
    const box = scroller.current;
    const before = shown.current;
    if (!box || (before?.cursor === cursor && before.picture === picture)) return;
    shown.current = { cursor, picture };
    const names = (box.firstElementChild as HTMLElement).offsetWidth;
    const room = box.clientWidth - names;
    const from = box.scrollLeft;
    if (x > from + room * 0.2 && x < from + room * 0.8) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    box.scrollTo({
      left: Math.max(0, x - room * 0.5),
      behavior: still || before?.cursor !== cursor - 1 ? 'auto' : 'smooth',
    });
  }, [scroller, x, cursor, picture]);
}

function LaneNames({ picture }: { picture: Picture }) {
  return (
    <div
      aria-hidden="true"
      data-names=""
      className="sticky left-0 z-[1] w-15 shrink-0 bg-paper text-sm sm:w-20"
      style={{ height: picture.height }}
    >
      <span className="absolute top-0 right-0 bottom-0 w-px bg-line" />
      {picture.lanes.map(({ id, kind, hue, y }) => (
        <span key={id} className="absolute left-0 -translate-y-1/2" style={{ top: y }}>
          {kind === 'client' ? <ClientSign hue={hue} id={id} /> : <span className="font-medium text-muted">{id}</span>}
        </span>
      ))}
      <span className="absolute left-0 text-[0.6875rem] text-muted" style={{ top: picture.axisY - 7 }}>
        ms
      </span>
    </div>
  );
}

const Drawing = memo(function Drawing({ picture }: { picture: Picture }) {
  const hatch = `hatch-${useId().replace(/[^\w-]/g, '')}`;
  const last = picture.lanes.at(-1);
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M1 0V6" stroke="var(--muted)" strokeWidth="1.25" />
        </pattern>
      </defs>
      {picture.lanes.map(({ id, kind, y }) => {
        if (kind === 'client') return null;
        return <path key={id} d={`M0 ${y}H20000`} stroke="var(--line)" strokeWidth={1} />;
      })}
      {last && <rect x={0} y={last.y - 9} width={20000} height={18} fill="var(--raised)" />}
      {picture.bands.map(({ x1, x2, y1, y2 }) => (
        <rect key={`${x1} ${y1}`} x={x1} y={y1} width={x2 - x1} height={y2 - y1} fill="var(--broken-soft)" />
      ))}
      {picture.lifelines.map(({ x1, x2, y, kind }, at) => (
        <path
          key={at}
          d={`M${x1} ${y}H${x2}`}
          stroke="var(--muted)"
          strokeWidth={1}
          strokeDasharray={kind === 'dead' ? '1 5' : undefined}
        />
      ))}
      {picture.leases.map((bar) => (
        <Lease key={`${bar.x1} ${bar.y}`} bar={bar} />
      ))}
      {picture.drops.map(({ x, y1, y2, hue }) => (
        <path key={x} d={`M${x} ${y1}V${y2}`} stroke={ink(hue)} strokeWidth={1.25} strokeDasharray="1.5 3.5" />
      ))}
      {picture.beliefs.map((bar) => (
        <Belief key={`${bar.x1} ${bar.y}`} bar={bar} />
      ))}
      {picture.pauses.map(({ x1, x2, y, h, text }) => (
        <g key={`${x1} ${y}`}>
          <rect x={x1} y={y} width={x2 - x1} height={h} fill={`url(#${hatch})`} stroke="var(--muted)" strokeWidth={1} />
          <text
            x={x1 + 6}
            y={y + h - 5}
            fontSize={11}
            fontWeight={600}
            fill="var(--ink)"
            style={{ ...halo, strokeWidth: 4 }}
          >
            {text}
          </text>
        </g>
      ))}
      {picture.arrows.map((arrow, at) => (
        <Flight key={at} arrow={arrow} />
      ))}
      {picture.dots.map(({ x, y, hue, text, textY }) => (
        <g key={`${x} ${y}`}>
          <circle cx={x} cy={y} r={2.5} fill={ink(hue)} />
          {text && (
            <text x={x} y={textY} textAnchor="middle" fontSize={10.5} fill="var(--muted)" style={halo}>
              {text}
            </text>
          )}
        </g>
      ))}
      {picture.accesses.map(({ x, y, hue, what, accepted, broken, text }) => (
        <g key={`${x} ${y}`}>
          {accepted ? (
            <Shape hue={hue} x={x} y={y} r={5} hollow={what === 'read'} />
          ) : (
            <path d={`M${x - 8} ${y - 10}H${x + 8}`} stroke={ink(hue)} strokeWidth={3} />
          )}
          {broken && <circle cx={x} cy={y} r={10} fill="none" stroke="var(--broken)" strokeWidth={2} />}
          {text && (
            <text
              x={x}
              y={accepted ? y + (broken ? 24 : 22) : y + 4}
              textAnchor="middle"
              fontSize={11}
              fontWeight={600}
              fill="var(--ink)"
            >
              {text}
            </text>
          )}
        </g>
      ))}
      {picture.crashes.map(({ x, y, text }) => (
        <g key={`${x} ${y}`}>
          <path
            d={`M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}`}
            stroke="var(--ink)"
            strokeWidth={2.5}
          />
          <text x={x + 4} y={y + 24} fontSize={11} fontWeight={600} fill="var(--ink)" style={halo}>
            {text}
          </text>
        </g>
      ))}
      {picture.endings.map(({ x, y, text }) => (
        <g key={`${x} ${y}`}>
          <path d={`M${x - 9} ${y - 6}V${y + 6}`} stroke="var(--muted)" strokeWidth={1.5} />
          <text x={x} y={y + 4} fontSize={11} fill="var(--muted)" style={halo}>
            {text}
          </text>
        </g>
      ))}
      {picture.beliefs.map(({ x1, y, text }) => (
        <text
          key={`${x1} ${y}`}
          x={x1 + 1}
          y={y - BAR / 2 - 5}
          fontSize={11}
          fontWeight={600}
          fill="var(--ink)"
          style={halo}
        >
          {text}
        </text>
      ))}
      {picture.arrows.map(({ label }, at) =>
        label ? (
          <text
            key={at}
            x={label.x}
            y={label.y}
            textAnchor={label.anchor}
            fontSize={11}
            fill={ink(picture.arrows[at]?.hue ?? 0)}
            style={halo}
          >
            {label.text}
          </text>
        ) : null,
      )}
      {picture.bands.map(({ x1, x2, y1, y2, numbers }) => (
        <g key={`${x1} ${y1}`}>
          {x2 - x1 > 14 && <path d={`M${x1} ${y1}H${x2}M${x1} ${y2}H${x2}`} stroke="var(--broken)" strokeWidth={2} />}
          {numbers.map((number, at) => (
            <g key={number}>
              <circle cx={(x1 + x2) / 2 + (at - (numbers.length - 1) / 2) * 17} cy={y1} r={8} fill="var(--broken)" />
              <text
                x={(x1 + x2) / 2 + (at - (numbers.length - 1) / 2) * 17}
                y={y1 + 4}
                textAnchor="middle"
                fontSize={11}
                fontWeight={700}
                fill="var(--paper)"
              >
                {number}
              </text>
            </g>
          ))}
        </g>
      ))}
      {picture.ticks.map(({ x, at }) => (
        <g key={x}>
          <path d={`M${x} ${picture.axisY - 14}v4`} stroke="var(--muted)" />
          <text x={x} y={picture.axisY + 3} textAnchor="middle" fontSize={10.5} fill="var(--muted)">
            {at}
          </text>
        </g>
      ))}
    </>
  );
});
