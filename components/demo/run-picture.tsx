'use client';
// The timeline of a run as a thing of its own: it knows how wide its place is, how far it is zoomed and whether the nodes of a
// quorum are folded, and lays the run out for that. Where its run comes from and which moment is looked at is somebody else's.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { System, Trace } from '#lib/lock/index.ts';
import { pictureOf } from './layout.ts';
import { fitted, useRoom } from './room.ts';
import { Timeline } from './timeline.tsx';
import { isUnfolded, setUnfolded } from './unfolded.ts';
import { clamped, FARTHEST, NEAREST, ZOOM_STEP, type ZoomBy } from './zoom.ts';

export function RunPicture({
  system,
  trace,
  cursor,
  over,
  title = system.scenario.title,
  label,
  tools = true,
}: {
  system: System;
  trace: Trace;
  cursor: number;
  /** Nothing lies ahead of the moment looked at. */
  over: boolean;
  title?: string;
  label: string;
  /** Buttons for the zoom under the picture. Wheel, fingers and keys work without. */
  tools?: boolean;
}) {
  const { scenario } = system;
  const holder = useRef<HTMLDivElement>(null);
  const room = useRoom(holder);
  const natural = useMemo(() => fitted(system, room), [system, room]);
  const [zoomed, setZoom] = useState(1);
  const [unfolded, setUnfolding] = useState(() => isUnfolded(system));
  useEffect(() => setUnfolded(system, unfolded), [system, unfolded]);
  const picture = useMemo(
    () => pictureOf(trace, scenario, natural * zoomed, unfolded),
    [trace, scenario, natural, zoomed, unfolded],
  );
  const whole = useCallback(
    () => zoomToFit((zoom) => pictureOf(trace, scenario, natural * zoom, unfolded).width, room),
    [trace, scenario, natural, unfolded, room],
  );
  const zoom: ZoomBy = useCallback((by) => setZoom((now) => (by === 'fit' ? whole() : clamped(now * by))), [whole]);
  return (
    <div ref={holder}>
      <Timeline
        picture={picture}
        cursor={cursor}
        title={title}
        label={label}
        over={over}
        zoom={zoom}
        fold={() => setUnfolding((now) => !now)}
      />
      {tools && (
        <p className="mt-1 flex justify-end gap-1">
          <Tool name="Zoom out" by={1 / ZOOM_STEP} zoom={zoom} off={zoomed <= FARTHEST}>
            −
          </Tool>
          <Tool name="Zoom in" by={ZOOM_STEP} zoom={zoom} off={zoomed >= NEAREST}>
            +
          </Tool>
          <Tool name="Fit the whole run in" by="fit" zoom={zoom}>
            Fit
          </Tool>
        </p>
      )}
    </div>
  );
}

/** The words keep their size, so the width does not shrink by the same factor as the gaps: a few tries come close. */
export function zoomToFit(widthAt: (zoom: number) => number, room: number | null): number {
  if (room === null) return 1;
  let zoom = 1;
  for (let tries = 0; tries < 6; tries += 1) {
    const width = widthAt(zoom);
    if (width <= room || zoom <= FARTHEST) break;
    zoom = clamped(zoom * Math.min(0.97, room / width));
  }
  return zoom;
}

function Tool({
  name,
  by,
  zoom,
  off = false,
  children,
}: {
  name: string;
  by: number | 'fit';
  zoom: ZoomBy;
  off?: boolean;
  children: string;
}) {
  return (
    <Button
      variant="plain"
      size="small"
      className="min-w-9 px-2! no-underline! hover:underline! pointer-coarse:min-w-11"
      aria-label={name}
      title={name}
      aria-disabled={off || undefined}
      onClick={() => zoom(by)}
    >
      {children}
    </Button>
  );
}
