// The words in a picture, apart from the names of messages: which there are, in which order they take their place, where each may
// stand, and how it is said where room is short. What went wrong comes first, then who holds the lock, then the rest.
import type { BeliefBar, CutBar, LeaseBar, PauseBar } from './bars.ts';
import { type At, type Page, type Placed, place, textWidth } from './labels.ts';
import type { Quorum, Spot } from './lanes.ts';
import type { AccessMark, Band, Dot, Ending } from './marks.ts';
import type { Sign } from './signs.ts';

export type Label = Placed & {
  /** Where in the picture that begins which it names. */
  readonly since: number;
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

type Saying = {
  readonly kind: Label['kind'];
  readonly since: number;
  readonly forms: readonly string[];
  readonly places: readonly At[];
  readonly tone?: Label['tone'];
};

export function wordsOf(words: Words, page: Page): Label[] {
  const { beliefs, leases, pauses, cuts, dots, accesses, endings, signs, bands } = words;
  // The numbers of what is broken are drawn as discs; no word may lie on them.
  for (const { x1, x2, y1, numbers } of bands) {
    const w = numbers.length * 17;
    page.put({ x: (x1 + x2 - w) / 2, y: y1 - 9, w, h: 18 });
  }
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
  return said.flatMap(({ kind, since, forms, places, tone = 'ink' }): Label[] => {
    const placed = place(page, forms, places);
    return placed ? [{ ...placed, kind, since, tone }] : [];
  });
}

function signWords(sign: Sign): Saying {
  return { kind: 'sign', since: sign.x, forms: sign.forms, places: signPlaces(sign), tone: sign.hue ?? 'ink' };
}

function leaseWords(bar: LeaseBar): Saying {
  const places = [{ x: bar.x1 + 6, y: bar.y + 4, anchor: 'start' }] as const;
  return { kind: 'lease', since: bar.x1, forms: leaseForms(bar), places };
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

function beliefWords({ x1, y, text }: BeliefBar): Saying {
  const forms = [text, text.replace('it holds, ', ''), text.replace('believes it holds, ', '')];
  const places = [y - 14, y - 27].map((row): At => ({ x: x1 + 1, y: row, anchor: 'start' }));
  return { kind: 'belief', since: x1, forms, places };
}

function pauseWords({ x1, y, h, text, spot }: PauseBar): Saying {
  const forms = [text, text.replace(/ \d+ ms/, '')].map((form) => (spot.folded ? `${spot.id} ${form}` : form));
  const inside: At = { x: x1 + 6, y: spot.kind === 'client' ? y + h - 5 : y + h + 9, anchor: 'start' };
  const places = spot.folded ? rowsAround(spot, x1) : [inside, ...rowsAround(spot, x1 + 6)];
  return { kind: 'pause', since: x1, forms, places };
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
  const places = [spot.y + 23, spot.y + 35].map((row): At => ({ x, y: row, anchor: 'middle' }));
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
