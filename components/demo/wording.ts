// The words in a picture, apart from the names of messages: which there are, in which order they take their place, where each may
// stand, and how it is said where room is short. What went wrong comes first, then who holds the lock, then the rest.
import type { BeliefBar, CutBar, LeaseBar, PauseBar } from './bars.ts';
import { type At, type Page, type Placed, place, textWidth } from './labels.ts';
import type { Quorum, Spot } from './lanes.ts';
import type { AccessMark, Band, Dot, Ending } from './marks.ts';
import type { Sign } from './signs.ts';

export type Label = Placed & {
  /** A hue of a client, or how loud it is said. */
  readonly tone: number | 'ink' | 'muted';
  readonly kind: 'sign' | 'cut' | 'lease' | 'belief' | 'pause' | 'ending' | 'access' | 'line' | 'message';
};

export type Words = {
  readonly beliefs: readonly BeliefBar[];
  readonly leases: readonly LeaseBar[];
  readonly pauses: readonly PauseBar[];
  readonly cuts: readonly CutBar[];
  readonly dots: readonly Dot[];
  readonly accesses: readonly AccessMark[];
  readonly endings: readonly Ending[];
  readonly signs: readonly Sign[];
  readonly quorum: Quorum | null;
  readonly bands: readonly Band[];
};

export function wordsOf(words: Words, page: Page): Label[] {
  const { beliefs, leases, pauses, cuts, dots, accesses, endings, signs, bands } = words;
  const labels: Label[] = [];
  const add = (kind: Label['kind'], tone: Label['tone'], forms: readonly string[], places: readonly At[]) => {
    const placed = place(page, forms, places);
    if (placed) labels.push({ ...placed, kind, tone });
  };
  // The numbers of what is broken are drawn as discs; no word may lie on them.
  for (const { x1, x2, y1, numbers } of bands) {
    const w = numbers.length * 17;
    page.put({ x: (x1 + x2 - w) / 2, y: y1 - 9, w, h: 18 });
  }
  for (const sign of signs) add('sign', sign.hue ?? 'ink', sign.forms, signPlaces(sign));
  for (const bar of leases)
    if (!bar.folded) add('lease', 'ink', leaseForms(bar), [{ x: bar.x1 + 6, y: bar.y + 4, anchor: 'start' }]);
  for (const { x, y, text, who } of foldedHolders(words)) {
    add('lease', 'ink', [text, who], [{ x, y, anchor: 'start' }]);
  }
  for (const { x1, y, text } of beliefs) {
    const forms = [text, text.replace('it holds, ', ''), text.replace('believes it holds, ', '')];
    add('belief', 'ink', forms, [
      { x: x1 + 1, y: y - 14, anchor: 'start' },
      { x: x1 + 1, y: y - 27, anchor: 'start' },
    ]);
  }
  for (const { x1, y, h, text, spot } of pauses) {
    const forms = [text, text.replace(/ \d+ ms/, '')];
    const below = { x: x1 + 6, y: spot.kind === 'client' ? y + h - 5 : y + h + 9, anchor: 'start' } as const;
    add(
      'pause',
      'ink',
      spot.folded ? forms.map((form) => `${spot.id} ${form}`) : forms,
      spot.folded ? rowsAround(spot, x1) : [below, ...rowsAround(spot, x1 + 6)],
    );
  }
  for (const { x1, y, text, spot } of cuts) {
    const forms = [text, text.replace(/ (from|reach) .*/, '')];
    const places: At[] = [
      { x: x1 + 6, y: y - 5, anchor: 'start' },
      { x: x1 + 6, y: y + 12, anchor: 'start' },
    ];
    add(
      'cut',
      'ink',
      spot.folded ? forms.map((form) => `${spot.id} ${form}`) : forms,
      spot.folded ? rowsAround(spot, x1) : places,
    );
  }
  for (const { x, y, text } of endings)
    add(
      'ending',
      'muted',
      [text],
      [
        { x, y: y + 4, anchor: 'start' },
        { x: x - 6, y: y + 23, anchor: 'start' },
        { x: x - 6, y: y - 14, anchor: 'start' },
      ],
    );
  for (const { x, y, text, accepted, broken, side } of accesses) {
    // On the side away from the client, where no arrow comes in.
    const away = side > 0 ? y - (broken ? 14 : 12) : y + (broken ? 24 : 22);
    const first = accepted ? away : y + 4 - side * 2;
    add(
      'access',
      'ink',
      [text],
      [
        { x, y: first, anchor: 'middle' },
        { x: x + 9, y: y + 4, anchor: 'start' },
      ],
    );
  }
  for (const { x, text, spot } of dots) {
    if (spot.folded) continue;
    add(
      'line',
      'muted',
      [text],
      [
        { x, y: spot.y + 23, anchor: 'middle' },
        { x, y: spot.y + 35, anchor: 'middle' },
      ],
    );
  }
  return labels;
}

/** Inside its own bar, or not at all: beside it, it would name another's. */
function leaseForms({ x1, x2, text, who }: LeaseBar): readonly string[] {
  const room = x2 - x1 - 8;
  return [text, text.replace(' · token ', ' '), who].filter((form) => textWidth(form) <= room);
}

/** One line for each holder over a folded quorum: on how many of its nodes it is on record. */
function foldedHolders({ leases, quorum }: Words): { x: number; y: number; text: string; who: string }[] {
  if (!quorum) return [];
  const rows = leases.filter(({ folded }) => folded);
  const top = Math.min(...rows.map(({ y }) => y));
  const holders: { from: number; to: number; bars: LeaseBar[] }[] = [];
  for (const bar of rows) {
    const same = holders.find(({ bars, to }) => bars[0]?.text === bar.text && bar.x1 <= to);
    if (same) {
      same.bars.push(bar);
      same.to = Math.max(same.to, bar.x2);
    } else holders.push({ from: bar.x1, to: bar.x2, bars: [bar] });
  }
  return holders.map(({ from, bars }) => {
    const servers = new Set(bars.map(({ server }) => server)).size;
    const { text, who, of, server } = bars[0] as LeaseBar;
    // Where a majority decides, what counts is how many; where one node leads, which.
    const where = of === 1 && servers === 1 ? server : `${servers} of ${quorum.nodes.length}`;
    return { x: from, y: top - 11, text: `${text}, on ${where}`, who };
  });
}

function signPlaces({ x, y, spot, kind }: Sign): readonly At[] {
  if (spot === null)
    return [
      { x: x + 8, y: y + 3, anchor: 'start' },
      { x: x - 8, y: y + 3, anchor: 'end' },
    ];
  if (kind === 'commit')
    return [
      { x: x + 8, y: y - 8, anchor: 'start' },
      { x, y: y + 22, anchor: 'middle' },
    ];
  return rowsAround(spot, x - 4, x);
}

/** The rows of words above and below a lane, beginning at `x`, and centred on `middle` if that is asked for. */
function rowsAround({ y, kind, folded, lane }: Spot, x: number, middle = x): readonly At[] {
  const rows = folded
    ? [lane.top + 8, lane.bottom + 9]
    : kind === 'client'
      ? [y + 23, y + 35, y - 14, y - 27]
      : kind === 'server'
        ? [y + 24, y - 15]
        : [y + 22, y - 13];
  return rows.flatMap((row): At[] => [
    { x, y: row, anchor: 'start' },
    { x: middle + 4, y: row, anchor: 'end' },
  ]);
}
