// Zooming the timeline: by Ctrl or Command and the wheel, by two fingers, and by the keys +, − and 0. The page's own zoom is only
// taken over above the picture; a plain wheel scrolls the page as everywhere. Whatever was under the pointer stays there.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Picture } from './layout.ts';

/** By a factor, or so that the whole run is seen. */
export type ZoomBy = (by: number | 'fit') => void;

export const ZOOM_STEP = 1.4;
export const NEAREST = 6;
export const FARTHEST = 0.15;

/** A place in a run, between two of its steps, and where on the screen it is. */
type Anchor = { readonly step: number; readonly share: number; readonly offset: number };

/** What stands at `x` in the picture, said by steps, since those are the same at every scale. */
export function placeAt({ stepX }: Pick<Picture, 'stepX'>, x: number): { step: number; share: number } {
  let step = 0;
  while (step + 1 < stepX.length && (stepX[step + 1] as number) <= x) step += 1;
  const from = stepX[step] as number;
  const to = stepX[step + 1];
  // Before the first step and after the last there are no steps to measure by, only pixels.
  if (to === undefined || to === from || x < from) return { step, share: 0 };
  return { step, share: (x - from) / (to - from) };
}

export function xOfPlace({ stepX }: Pick<Picture, 'stepX'>, { step, share }: { step: number; share: number }): number {
  const from = stepX[Math.min(step, stepX.length - 1)] as number;
  const to = stepX[step + 1] ?? from;
  return from + (to - from) * share;
}

export function zoomOfKey(key: string): number | 'fit' | null {
  if (key === '+' || key === '=') return ZOOM_STEP;
  if (key === '-' || key === '_') return 1 / ZOOM_STEP;
  return key === '0' ? 'fit' : null;
}

export function clamped(zoom: number): number {
  return Math.min(NEAREST, Math.max(FARTHEST, zoom));
}

/** Returns the picture that was last drawn because of a zoom, so that nothing else scrolls it away. */
export function useZoom(
  scroller: RefObject<HTMLElement | null>,
  picture: Picture,
  zoom: ZoomBy | undefined,
): RefObject<Picture | null> {
  const anchor = useRef<Anchor | null>(null);
  const drawn = useRef<Picture | null>(null);
  const latest = useRef({ picture, zoom });
  latest.current = { picture, zoom };

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || anchor.current === null) return;
    box.scrollLeft = xOfPlace(picture, anchor.current) - anchor.current.offset;
    anchor.current = null;
    drawn.current = picture;
  }, [scroller, picture]);

  const able = zoom !== undefined;
  useEffect(() => {
    const box = scroller.current;
    if (!box || !able) return;
    const gutter = () => (box.firstElementChild as HTMLElement).offsetWidth;
    let waiting = 0;
    let factor = 1;
    /** At most once for each frame: a wheel turns faster than a picture is drawn. */
    const zoomAt = (by: number, clientX: number) => {
      factor *= by;
      if (waiting !== 0) return;
      waiting = requestAnimationFrame(() => {
        waiting = 0;
        const offset = clientX - box.getBoundingClientRect().left - gutter();
        anchor.current = { ...placeAt(latest.current.picture, box.scrollLeft + offset), offset };
        latest.current.zoom?.(factor);
        factor = 1;
      });
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      zoomAt(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * lines)) * 0.008), event.clientX);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by = zoomOfKey(event.key);
      if (by === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (by === 'fit') latest.current.zoom?.('fit');
      else zoomAt(by, box.getBoundingClientRect().left + gutter() + (box.clientWidth - gutter()) / 2);
    };
    let apart = 0;
    const spread = ({ touches: [a, b] }: TouchEvent) =>
      a && b
        ? { apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), x: (a.clientX + b.clientX) / 2 }
        : null;
    const onTouch = (event: TouchEvent) => {
      const now = spread(event);
      if (!now) {
        apart = 0;
        return;
      }
      event.preventDefault();
      if (apart > 0 && now.apart > 0) zoomAt(now.apart / apart, now.x);
      apart = now.apart;
    };
    box.addEventListener('wheel', onWheel, { passive: false });
    box.addEventListener('keydown', onKey);
    box.addEventListener('touchstart', onTouch, { passive: false });
    box.addEventListener('touchmove', onTouch, { passive: false });
    box.addEventListener('touchend', onTouch, { passive: false });
    return () => {
      cancelAnimationFrame(waiting);
      box.removeEventListener('wheel', onWheel);
      box.removeEventListener('keydown', onKey);
      box.removeEventListener('touchstart', onTouch);
      box.removeEventListener('touchmove', onTouch);
      box.removeEventListener('touchend', onTouch);
    };
  }, [scroller, able]);
  return drawn;
}
