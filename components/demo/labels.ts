// Where words go. Nothing is written over something else: each word tries a few places and a few shorter forms, in the order of
// what matters most, and is left out where none of them is free. Zooming in makes room, and the table has every word anyway.
// Greedy and deterministic, so the server and the page draw the same.
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
export type Line = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
export type Anchor = 'start' | 'middle' | 'end';
export type Placed = { readonly x: number; readonly y: number; readonly anchor: Anchor; readonly text: string };
export type At = { readonly x: number; readonly y: number; readonly anchor: Anchor };

const HEIGHT = 12;
const AWAY = 5;
const GAP = 3;

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

/** The box of a word that stands on the line `y`. */
export function boxOf({ x, y, anchor, text }: Placed): Box {
  const w = textWidth(text);
  return { x: anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2, y: y - 9.5, w, h: HEIGHT };
}

export function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0.5 && h > 0.5 ? w * h : 0;
}

/** The words and the arrows that are there already, sorted into columns so that a long run stays quick. */
export type Page = {
  isFree(box: Box): boolean;
  put(box: Box): void;
  /** Does an arrow run through it? */
  isCrossed(box: Box): boolean;
};

const COLUMN = 200;

export function emptyPage(lines: readonly Line[] = []): Page {
  const columns = new Map<number, Box[]>();
  const drawn = new Map<number, Line[]>();
  for (const line of lines) {
    for (let at = Math.floor(line.x1 / COLUMN); at <= Math.floor(line.x2 / COLUMN); at += 1) {
      drawn.set(at, [...(drawn.get(at) ?? []), line]);
    }
  }
  const span = ({ x, w }: Box) => [Math.floor(x / COLUMN), Math.floor((x + w) / COLUMN)] as const;
  return {
    isFree(box) {
      const [from, to] = span(box);
      for (let at = from; at <= to; at += 1) {
        if (columns.get(at)?.some((other) => overlap(box, other) > 0)) return false;
      }
      return box.x >= 0;
    },
    isCrossed(box) {
      const [from, to] = span(box);
      for (let at = from; at <= to; at += 1) {
        if (drawn.get(at)?.some((line) => crosses(box, line))) return true;
      }
      return false;
    },
    put({ x, y, w, h }) {
      // Two words on one line need a gap, or they read as one.
      const box = { x: x - GAP, y, w: w + 2 * GAP, h };
      const [from, to] = span(box);
      for (let at = from; at <= to; at += 1) columns.set(at, [...(columns.get(at) ?? []), box]);
    },
  };
}

/**
 * The first of the forms that fits at the first of the places that is free. A word is rather said shorter than crossed by an arrow,
 * and rather crossed than left out.
 */
export function place(page: Page, forms: readonly string[], places: readonly At[]): Placed | null {
  let crossed: Placed | null = null;
  for (const text of forms) {
    if (text === '') continue;
    for (const at of places) {
      const placed = { ...at, text };
      const box = boxOf(placed);
      if (!page.isFree(box)) continue;
      if (page.isCrossed(box)) {
        crossed ??= placed;
        continue;
      }
      page.put(box);
      return placed;
    }
  }
  if (crossed) page.put(boxOf(crossed));
  return crossed;
}

const ALONG = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.25, 0.75, 0.18, 0.82, 0.12, 0.88];
/** What it costs to be crossed by an arrow, and to be said shorter: a word is rather short than crossed. */
const CROSSED = 60;
const SHORTER = 25;

/**
 * Names beside arrows. Arrows are steep and close together, so each name tries a few places along its own and takes the one that
 * covers least: bars and lines it may cross, other words never. `forms` are the name and what is left of it when room is short.
 */
export function placeLabels(
  arrows: readonly (Line & { readonly forms: readonly string[] })[],
  soft: readonly Box[],
  page: Page = emptyPage(),
): readonly (Placed | null)[] {
  return arrows.map((arrow) => {
    const most = Math.max(0, ...arrow.forms.map((text) => textWidth(text)));
    const near = (x: number) => x >= arrow.x1 - most - 20 && x <= arrow.x2 + most + 20;
    const lines = arrows.filter((line) => near(line.x1) || near(line.x2) || (line.x1 < arrow.x1 && line.x2 > arrow.x2));
    const boxes = soft.filter(
      (box) => near(box.x) || near(box.x + box.w) || (box.x < arrow.x1 && box.x + box.w > arrow.x2),
    );
    let best: { cost: number; box: Box; placed: Placed } | null = null;
    for (const [index, text] of arrow.forms.entries()) {
      if (text === '') continue;
      for (const along of ALONG) {
        for (const anchor of ['start', 'end'] as const) {
          const x = arrow.x1 + (arrow.x2 - arrow.x1) * along + (anchor === 'start' ? AWAY : -AWAY);
          const y = arrow.y1 + (arrow.y2 - arrow.y1) * along + 4;
          const placed: Placed = { x, y, anchor, text };
          const box = boxOf(placed);
          if (box.x < 4 || !page.isFree(box)) continue;
          const cost =
            costOf(box, boxes, lines) + Math.abs(along - 0.5) * 6 + (anchor === 'end' ? 1 : 0) + index * SHORTER;
          if (!best || cost < best.cost) best = { cost, box, placed };
        }
      }
    }
    if (!best) return null;
    page.put(best.box);
    return best.placed;
  });
}

function costOf(box: Box, boxes: readonly Box[], lines: readonly Line[]): number {
  let cost = 0;
  for (const other of boxes) {
    const area = overlap(box, other);
    if (area > 0) cost += 30 + area;
  }
  for (const line of lines) if (crosses(box, line)) cost += CROSSED;
  return cost;
}

/** Does the line pass through the box? */
export function crosses({ x, y, w, h }: Box, { x1, y1, x2, y2 }: Line): boolean {
  // Cut the line down to the box, side by side, and see whether anything is left (Liang and Barsky).
  let [from, to] = [0, 1];
  for (const [towards, room] of [
    [x1 - x2, x1 - x],
    [x2 - x1, x + w - x1],
    [y1 - y2, y1 - y],
    [y2 - y1, y + h - y1],
  ] as const) {
    if (towards === 0) {
      if (room <= 0) return false;
      continue;
    }
    const at = room / towards;
    if (towards < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
    if (from >= to) return false;
  }
  return true;
}
