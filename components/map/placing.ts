// Where the lessons stand on the concept map, and the lines between them. Four columns, one for each part, read downwards in
// the order of the course; a line leads from what is needed to what needs it. Pure, so that the map is drawn ahead.

export type Concept = {
  readonly slug: string;
  readonly title: string;
  readonly part: string;
  readonly needs: readonly string[];
};

export type Placed = Concept & { readonly column: number; readonly row: number };

/** `d` is the path of an SVG line, in the units of `SIZE`. */
export type Line = { readonly from: string; readonly to: string; readonly d: string };

/** In pixels. The four columns and their gaps fill a wide page. */
export const SIZE = { columnWidth: 246, columnGap: 44, rowHeight: 58, boxHeight: 50 } as const;

export function placed(concepts: readonly Concept[], parts: readonly string[]): readonly Placed[] {
  return parts.flatMap((part, column) =>
    concepts.filter((concept) => concept.part === part).map((concept, row) => ({ ...concept, column, row })),
  );
}

const left = ({ column }: Placed) => column * (SIZE.columnWidth + SIZE.columnGap);
const middle = ({ row }: Placed) => row * SIZE.rowHeight + SIZE.boxHeight / 2;

/** From the right edge of what is needed to the left edge of what needs it; within a column, round its left side. */
export function lines(all: readonly Placed[]): readonly Line[] {
  const bySlug = new Map(all.map((one) => [one.slug, one]));
  return all.flatMap((to) =>
    to.needs.flatMap((need) => {
      const from = bySlug.get(need);
      if (!from) return [];
      const [y1, y2] = [middle(from), middle(to)];
      if (from.column === to.column) {
        const x = left(to);
        const out = x - 10 - Math.min(26, Math.abs(to.row - from.row) * 4);
        return [{ from: need, to: to.slug, d: `M${x} ${y1}C${out} ${y1} ${out} ${y2} ${x} ${y2}` }];
      }
      const [x1, x2] = [left(from) + SIZE.columnWidth, left(to)];
      const bend = Math.max(30, (x2 - x1) / 2);
      return [{ from: need, to: to.slug, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` }];
    }),
  );
}

/** Everything that must be read before this lesson, however far back. */
export function wayTo(slug: string, concepts: readonly Concept[]): ReadonlySet<string> {
  const bySlug = new Map(concepts.map((one) => [one.slug, one]));
  const found = new Set<string>();
  const walk = (one: string) => {
    for (const need of bySlug.get(one)?.needs ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      walk(need);
    }
  };
  walk(slug);
  return found;
}
