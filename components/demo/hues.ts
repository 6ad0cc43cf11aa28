// Each client has a hue, a letter and a shape, so that no one has to tell them apart by colour: A circle, B square,
// C triangle, D diamond.
import { type El, el } from './svg-tree.ts';

export const HUES = ['a', 'b', 'c', 'd'] as const;

export function ink(hue: number): string {
  return `var(--client-${HUES[hue] ?? 'a'})`;
}

export function soft(hue: number): string {
  return `var(--client-${HUES[hue] ?? 'a'}-soft)`;
}

type ShapeAt = {
  readonly hue: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly hollow?: boolean;
};

/** The shape of a client, centred on a point. */
export function shapeOf({ hue, x, y, r, hollow = false }: ShapeAt): El {
  const look = { fill: hollow ? 'var(--paper)' : ink(hue), stroke: ink(hue), strokeWidth: 1.5 };
  switch (hue) {
    case 1:
      return el('rect', { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, ...look });
    case 2:
      return el('path', { d: `M${x} ${y - r * 1.1}L${x + r * 1.1} ${y + r * 0.9}H${x - r * 1.1}Z`, ...look });
    case 3: {
      const d = `M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z`;
      return el('path', { d, ...look });
    }
    default:
      return el('circle', { cx: x, cy: y, r, ...look });
  }
}
