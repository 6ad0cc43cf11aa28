// The words in a picture, apart from the names of messages: which there are, in which order they take their place, where each may
// stand, and how it is said where room is short. What went wrong comes first, then who holds the lock, then the rest.
import type { BeliefBar, CutBar, LeaseBar, PauseBar } from './bars.ts';
import { type At, boxOf, type Page, type Placed, place, textWidth } from './labels.ts';
import type { Quorum, Spot } from './lanes.ts';
import { type AccessMark, type Badge, badgeBox, type Dot, type Ending } from './marks.ts';
import type { Sign } from './signs.ts';

export type Label = Placed & {
  /** Where in the picture that begins which it names. */
  readonly since: number;
  /** A hue of a client, or how loud it is said. */
  readonly tone: number | 'ink' | 'muted';
  readonly kind: 'sign' | 'cut' | 'lease' | 'belief' | 'pause' | 'ending' | 'access' | 'line' | 'message';
  /** How far right it may begin to stay in sight while its bar is scrolled: within the bar, and on no other word. */
  readonly slidesTo?: number | undefined;
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
  readonly badges: readonly Badge[];
};

type Saying = {
  readonly kind: Label['kind'];
  readonly since: number;
  readonly forms: readonly string[];
  readonly places: readonly At[];
  readonly tone?: Label['tone'];
  /** Where the bar ends that it names. */
  readonly until?: number;
};

export function wordsOf(words: Words, page: Page): Label[] {
  const { beliefs, leases, pauses, cuts, dots, accesses, endings, signs, badges } = words;
  // No word may lie on the numbers of what is broken.
  for (const badge of badges) page.put(badgeBox(badge));
  const said: readonly Saying[] = [
    ...signs.map(signWords),
    ...leases.filter(({ folded }) => !folded).map(leaseWords),
    ...foldedHolders(words),
    ...beliefs.map(beliefWords),
    ...pauses.map(pauseWords),
    ...cuts.map(cutWords),
    ...endings.map(endingWords),
    ...accesses.map(accessWords),
    ...leases.flatMap(leaseEndWords),
    ...dots.filter(({ spot }) => !spot.folded).map(dotWords),
  ];
  return said.flatMap(({ kind, since, forms, places, tone = 'ink', until }): Label[] => {
    const placed = place(page, forms, places);
    return placed ? [{ ...placed, kind, since, tone, slidesTo: until }] : [];
  });
}

/** From where the bar ends to how far its name may slide. Asked when all words have their places. */
export function sliding(labels: readonly Label[], badges: readonly Badge[]): readonly Label[] {
  const boxes = [...labels.map((label) => boxOf(label)), ...badges.map(badgeBox)];
  return labels.map((label) => {
    if (label.slidesTo === undefined) return label;
    const own = boxOf(label);
    const inTheWay = boxes.filter((box) => box.x > own.x && box.y < own.y + own.h && own.y < box.y + box.h);
    const end = Math.min(label.slidesTo - 4, ...inTheWay.map(({ x }) => x - 6));
    return { ...label, slidesTo: Math.max(label.x, Math.floor(end - own.w)) };
  });
}

function signWords(sign: Sign): Saying {
  return { kind: 'sign', since: sign.x, forms: sign.forms, places: signPlaces(sign), tone: sign.hue ?? 'ink' };
}

function leaseWords(bar: LeaseBar): Saying {
  const places = [{ x: bar.x1 + 6, y: bar.y + 4, anchor: 'start' }] as const;
  return { kind: 'lease', since: bar.x1, forms: leaseForms(bar), places, until: bar.x2 };
}

/** Who reads the bar sees that it ends; that nobody gave the lock back is worth a word. */
function leaseEndWords({ x2, y, ended, folded }: LeaseBar): Saying[] {
  if (folded || (ended !== 'expired' && ended !== 'deleted by another')) return [];
  const forms = ended === 'expired' ? ['expires'] : ['deleted by another', 'deleted'];
  const places: At[] = [
    { x: x2 + 6, y: y + 4, anchor: 'start' },
    { x: x2 + 4, y: y + 24, anchor: 'start' },
    { x: x2 - 4, y: y + 24, anchor: 'end' },
  ];
  return [{ kind: 'lease', since: x2, forms, places, tone: ended === 'expired' ? 'muted' : 'ink' }];
}

function beliefWords({ x1, x2, y, text }: BeliefBar): Saying {
  const forms = [text, text.replace('it holds, ', ''), text.replace('believes it holds, ', '')];
  const places = [y - 14, y - 27].flatMap((row) =>
    along(x1 + 1, x2, 240).map((x): At => ({ x, y: row, anchor: 'start' })),
  );
  return { kind: 'belief', since: x1, forms, places, until: x2 };
}

/** A name may begin a little after its bar, to let arrows pass. */
function along(from: number, to: number, most: number): readonly number[] {
  const places: number[] = [from];
  for (let x = from + 10; x <= from + most && x + 40 < to; x += 10) places.push(x);
  return places;
}

function pauseWords({ x1, x2, y, h, text, spot }: PauseBar): Saying {
  const forms = [text, text.replace(/ \d+ ms/, '')].map((form) => (spot.folded ? `${spot.id} ${form}` : form));
  const row = spot.kind === 'client' ? y + h - 5 : y + h + 9;
  const inside = along(x1 + 6, x2 - 30, 400).map((x): At => ({ x, y: row, anchor: 'start' }));
  const places = spot.folded ? rowsAround(spot, x1) : [...inside, ...rowsAround(spot, x1 + 6)];
  return { kind: 'pause', since: x1, forms, places, ...(spot.folded ? {} : { until: x2 }) };
}

function cutWords({ x1, y, text, spot }: CutBar): Saying {
  const forms = [text, text.replace(/ (from|reach) .*/, '')].map((form) => (spot.folded ? `${spot.id} ${form}` : form));
  const beside = [y - 5, y + 12].map((row): At => ({ x: x1 + 6, y: row, anchor: 'start' }));
  return { kind: 'cut', since: x1, forms, places: spot.folded ? rowsAround(spot, x1) : beside };
}

function endingWords({ x, y, text }: Ending): Saying {
  const places: At[] = [
    { x, y: y + 4, anchor: 'start' },
    { x: x - 6, y: y + 23, anchor: 'start' },
    { x: x - 6, y: y - 14, anchor: 'start' },
  ];
  // It stands a little to the right of the step that it names.
  return { kind: 'ending', since: x - 10, forms: [text], places, tone: 'muted' };
}

function accessWords({ x, y, text, accepted, broken, side }: AccessMark): Saying {
  // On the side away from the client, where no arrow comes in.
  const away = side > 0 ? y - (broken ? 14 : 12) : y + (broken ? 24 : 22);
  const places: At[] = [
    { x, y: accepted ? away : y + 4 - side * 2, anchor: 'middle' },
    { x: x + 9, y: y + 4, anchor: 'start' },
  ];
  return { kind: 'access', since: x, forms: [text], places };
}

function dotWords({ x, text, spot }: Dot): Saying {
  const rows = spot.kind === 'client' ? [23, 35, -14] : [23, 35];
  const places = rows.flatMap((row): At[] => [
    { x, y: spot.y + row, anchor: 'middle' },
    { x: x - 3, y: spot.y + row, anchor: 'start' },
    { x: x + 3, y: spot.y + row, anchor: 'end' },
  ]);
  return { kind: 'line', since: x, forms: [text], places, tone: 'muted' };
}

/** Inside its own bar, or not at all: beside it, it would name another's. */
function leaseForms({ x1, x2, text, who }: LeaseBar): readonly string[] {
  const room = x2 - x1 - 8;
  return [text, text.replace(' · token ', ' '), who].filter((form) => textWidth(form) <= room);
}

/** One line for each holder over a folded quorum: on how many of its nodes it is on record. */
function foldedHolders({ leases, quorum }: Words): Saying[] {
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
    const starts = [...new Set([from, ...bars.map(({ x1 }) => x1)])];
    const places = starts.flatMap((x) => [top - 11, top - 23].map((row): At => ({ x, y: row, anchor: 'start' })));
    return { kind: 'lease', since: from, forms: [`${text}, on ${where}`, who], places };
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
    ? [lane.top + 7, lane.bottom + 9, lane.top + 19]
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
