// Where the names of messages go. Arrows are steep and close together, so each name tries a few places along its own arrow and
// takes the one that covers least of what is already there. Greedy and deterministic: good enough for thirty names, and the
// same on server and client.
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
export type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
export type Placed = {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly text: string;
};

const HEIGHT = 13;
const AWAY = 5;

/** A close guess for the interface face at 11 px; measuring would need a screen, and the server has none. */
export function textWidth(text: string, px = 11): number {
  let em = 0;
  for (const letter of text) {
    if (/[ilj.,:;|!'’()]/.test(letter)) em += 0.3;
    else if (/[mwMWOQ@]/.test(letter)) em += 0.84;
    else if (/[A-Z]/.test(letter)) em += 0.68;
    else if (letter === ' ') em += 0.28;
    else em += 0.57;
  }
  return em * px;
}

export function placeLabels(
  arrows: readonly (Line & { readonly text: string })[],
  taken: readonly Box[],
): readonly (Placed | null)[] {
  const boxes: Box[] = [...taken];
  return arrows.map((arrow) => {
    if (arrow.text === '') return null;
    const w = textWidth(arrow.text);
    let best: { cost: number; box: Box; placed: Placed } | null = null;
    for (const along of [0.5, 0.36, 0.64, 0.24, 0.76, 0.14, 0.86]) {
      for (const side of ['start', 'end'] as const) {
        const x = arrow.x1 + (arrow.x2 - arrow.x1) * along + (side === 'start' ? AWAY : -AWAY);
        const y = arrow.y1 + (arrow.y2 - arrow.y1) * along;
        const box: Box = { x: side === 'start' ? x : x - w, y: y - HEIGHT / 2, w, h: HEIGHT };
        const cost = costOf(box, boxes, arrows, arrow) + Math.abs(along - 0.5) * 6 + (side === 'end' ? 1 : 0);
        if (!best || cost < best.cost) best = { cost, box, placed: { x, y: y + 4, anchor: side, text: arrow.text } };
      }
    }
    if (!best) return null;
    boxes.push(best.box);
    return best.placed;
  });
}

function costOf(box: Box, boxes: readonly Box[], lines: readonly Line[], own: Line): number {
  let cost = box.x < 4 ? 400 : 0;
  for (const other of boxes) {
    const w = Math.min(box.x + box.w, other.x + other.w) - Math.max(box.x, other.x);
    const h = Math.min(box.y + box.h, other.y + other.h) - Math.max(box.y, other.y);
    if (w > 0 && h > 0) cost += 30 + w * h;
  }
  for (const line of lines) if (crosses(box, line)) cost += line === own ? 40 : 22;
  return cost;
}

/** Does the line pass through the box? Sampled, which is exact enough for a box of the height of a word. */
export function crosses(box: Box, line: Line): boolean {
  for (let i = 0; i <= 24; i += 1) {
    const x = line.x1 + ((line.x2 - line.x1) * i) / 24;
    const y = line.y1 + ((line.y2 - line.y1) * i) / 24;
    if (x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h) return true;
  }
  return false;
}
