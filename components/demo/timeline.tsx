// The picture of a run: it draws what layout.ts has placed, and nothing else. What lies after the moment looked at is under a
// veil, so stepping moves one rectangle and redraws nothing.
// The picture is for the eye; the same run stands as a table in as-text.tsx, so a screen reader gets one label here.
import { memo, type Ref, useEffect, useId, useRef } from 'react';
import { drawingOf } from './drawing.ts';
import type { Picture } from './layout.ts';
import { ClientSign } from './shapes.tsx';
import { Svg } from './svg.tsx';

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
  return <Svg of={drawingOf(picture, hatch)} />;
});
