// Each client has a hue, a letter and a shape, so that no one has to tell them apart by colour: A circle, B square,
// C triangle, D diamond.
export const HUES = ['a', 'b', 'c', 'd'] as const;

export function ink(hue: number): string {
  return `var(--client-${HUES[hue] ?? 'a'})`;
}

export function soft(hue: number): string {
  return `var(--client-${HUES[hue] ?? 'a'}-soft)`;
}

/** The shape of a client, centred on a point of an SVG. */
export function Shape({
  hue,
  x,
  y,
  r,
  hollow = false,
  stroke,
}: {
  hue: number;
  x: number;
  y: number;
  r: number;
  hollow?: boolean;
  stroke?: string;
}) {
  const look = { fill: hollow ? 'var(--paper)' : ink(hue), stroke: stroke ?? ink(hue), strokeWidth: 1.5 };
  switch (hue) {
    case 1:
      return <rect x={x - r * 0.9} y={y - r * 0.9} width={r * 1.8} height={r * 1.8} {...look} />;
    case 2:
      return <path d={`M${x} ${y - r * 1.1}L${x + r * 1.1} ${y + r * 0.9}H${x - r * 1.1}Z`} {...look} />;
    case 3:
      return (
        <path d={`M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z`} {...look} />
      );
    default:
      return <circle cx={x} cy={y} r={r} {...look} />;
  }
}

/** The shape with the client's letter, for headings and lane names. */
export function ClientSign({ hue, id }: { hue: number; id: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <Shape hue={hue} x={8} y={8} r={5.5} />
      </svg>
      <span className="font-semibold" style={{ color: ink(hue) }}>
        {id}
      </span>
    </span>
  );
}
