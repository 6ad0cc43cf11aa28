// A client's sign: its shape and its letter, in its hue.
import { ink, shapeOf } from './hues.ts';
import { Svg } from './svg.tsx';

export { ink, soft } from './hues.ts';

/** The shape with the client's letter, for headings and lane names. */
export function ClientSign({ hue, id }: { hue: number; id: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <Svg of={[shapeOf({ hue, x: 8, y: 8, r: 5.5 })]} />
      </svg>
      <span className="font-semibold" style={{ color: ink(hue) }}>
        {id}
      </span>
    </span>
  );
}
