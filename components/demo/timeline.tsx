// The picture of a run: it draws what layout.ts has placed, and nothing else. What lies after the moment looked at is under a
// veil, so stepping moves one rectangle and redraws none of the marks. Words stand above the veil, since one that names what has
// just begun reaches into what is still to come; those about the future are faint.
// The picture is for the eye; the same run stands as a table in as-text.tsx, so a screen reader gets one label here.
import { memo, type Ref, useEffect, useId, useRef } from 'react';
import { badgeEl, drawingOf, labelEl } from './drawing.ts';
import { LaneNames } from './lane-names.tsx';
import type { Picture } from './layout.ts';
import { Svg } from './svg.tsx';
import type { Label } from './wording.ts';
import { useZoom, type ZoomBy } from './zoom.ts';

/** What lies ahead can be read, and is clearly not yet. */
const VEIL = 0.55;
const LATER = 0.55;

export function Timeline({
  picture,
  cursor,
  title,
  label,
  over,
  fold,
  zoom,
}: {
  picture: Picture;
  cursor: number;
  title: string;
  label: string;
  /** Nothing lies ahead of the moment looked at, so nothing is veiled. */
  over: boolean;
  /** Folds or unfolds the nodes of a quorum. Without it their lane is as it is. */
  fold?: (() => void) | undefined;
  /** Draws the picture larger or smaller. Without it, keys and wheel do nothing of their own. */
  zoom?: ZoomBy | undefined;
}) {
  const scroller = useRef<HTMLElement>(null);
  const x = picture.stepX[cursor] ?? 0;
  const zoomed = useZoom(scroller, picture, zoom);
  useFollow(scroller, x, cursor, picture, zoomed);
  useSliding(scroller, picture);
  const far = Math.max(20_000, picture.width);
  return (
    <section
      ref={scroller as Ref<HTMLElement>}
      aria-label={`${title}: timeline, scrolls sideways${zoom ? '; plus and minus zoom, 0 fits it in' : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
      tabIndex={0}
      className="relative flex touch-pan-x touch-pan-y overflow-x-auto overscroll-x-contain border-y border-line"
    >
      <LaneNames picture={picture} fold={fold} />
      <svg
        role="img"
        aria-label={label}
        height={picture.height}
        style={{ minWidth: picture.width }}
        className="block shrink-0 grow basis-0 select-none font-sans"
      >
        <Drawing picture={picture} />
        <g className="transition-transform duration-150 ease-out" style={{ transform: `translateX(${x}px)` }}>
          {!over && <rect x={1} y={0} width={far} height={picture.axisY - 10} fill="var(--paper)" opacity={VEIL} />}
          <path d={`M0 6V${picture.axisY - 6}`} stroke="var(--ink)" strokeWidth={1} />
          <path d="M-4 2H4L0 8Z" fill="var(--ink)" />
        </g>
        <Words picture={picture} until={over ? far : x} />
        <Badges picture={picture} until={over ? far : x} />
      </svg>
    </section>
  );
}

/** Keeps the moment in sight, inside its own scroller: the page itself never moves. Whoever zooms looks somewhere else. */
function useFollow(
  scroller: { current: HTMLElement | null },
  x: number,
  cursor: number,
  picture: Picture,
  zoomed: { current: Picture | null },
) {
  const shown = useRef<{ cursor: number; picture: Picture } | null>(null);
  useEffect(() => {
    const box = scroller.current;
    const before = shown.current;
    if (!box || (before?.cursor === cursor && before.picture === picture)) return;
    shown.current = { cursor, picture };
    if (zoomed.current === picture && before?.cursor === cursor) return;
    const names = (box.firstElementChild as HTMLElement).offsetWidth;
    const room = box.clientWidth - names;
    const from = box.scrollLeft;
    if (x > from + room * 0.2 && x < from + room * 0.8) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    box.scrollTo({
      left: Math.max(0, x - room * 0.5),
      behavior: still || before?.cursor !== cursor - 1 ? 'auto' : 'smooth',
    });
  }, [scroller, x, cursor, picture, zoomed]);
}

const Drawing = memo(function Drawing({ picture }: { picture: Picture }) {
  const hatch = `hatch-${useId().replace(/[^\w-]/g, '')}`;
  return <Svg of={drawingOf(picture, hatch)} />;
});

const Words = memo(function Words({ picture, until }: { picture: Picture; until: number }) {
  return picture.labels.map((label, at) => <Word key={at} label={label} faint={label.since > until} />);
});

const Word = memo(function Word({ label, faint }: { label: Label; faint: boolean }) {
  const { x, slidesTo = x } = label;
  return (
    <g opacity={faint ? LATER : undefined} data-slide={slidesTo > x ? `${x} ${slidesTo}` : undefined}>
      <Svg of={[labelEl(label)]} />
    </g>
  );
});

/** Over everything, also over the line of the moment. */
const Badges = memo(function Badges({ picture, until }: { picture: Picture; until: number }) {
  return picture.badges.map((badge, at) => (
    <g key={at} opacity={badge.since > until ? LATER : undefined}>
      <Svg of={[badgeEl(badge)]} />
    </g>
  ));
});

/** The name of a bar stays in sight while the bar does. */
function useSliding(scroller: { current: HTMLElement | null }, picture: Picture) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture has other names
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const slide = () => {
      for (const name of box.querySelectorAll<SVGElement>('[data-slide]')) {
        const [x = 0, to = 0] = (name.dataset.slide ?? '').split(' ').map(Number);
        const by = Math.min(to - x, Math.max(0, box.scrollLeft + 6 - x));
        name.style.transform = by > 0 ? `translateX(${by}px)` : '';
      }
    };
    slide();
    box.addEventListener('scroll', slide, { passive: true });
    return () => box.removeEventListener('scroll', slide);
  }, [scroller, picture]);
}
