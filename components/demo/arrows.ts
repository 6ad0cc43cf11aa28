// Messages as arrows: slanted from when they were sent to when they came, broken off where they vanished or where the run stops.
// A late one and a doubled one are marked where the fault struck, and say so in their names.
import { type Known, type Span, xOf } from './bars.ts';
import { type Box, type Page, type Placed, placeLabels } from './labels.ts';
import type { Spot } from './lanes.ts';
import type { Sign } from './signs.ts';
import { shortName } from './words.ts';

export type Arrow = {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Of the client that sends or gets it; null between servers. */
  readonly hue: number | null;
  readonly end: 'arrives' | 'lost' | 'flying';
  readonly late: boolean;
  readonly copy: boolean;
  readonly text: string;
  readonly label: Placed | null;
};
type Bars = readonly (Span & { readonly y: number; readonly h: number })[];
export type Bare = Omit<Arrow, 'label'>;

/** Where the arrows run, before anything has its words. */
export function bareArrows(
  known: Known,
  bars: Bars,
): { readonly arrows: readonly Bare[]; readonly signs: readonly Sign[] } {
  const { story, spotOf, scale, nowX } = known;
  const keys = [...new Set(story.leases.map(({ key }) => key)), 'lock'];
  const signs: Sign[] = [];
  const arrows = story.messages.map((message): Bare => {
    const [from, to] = [spotOf(message.from), spotOf(message.to)];
    const down = to.y > from.y ? 1 : -1;
    const x1 = message.sentIn === null ? (scale.stepX[0] as number) : xOf(known, message.sentIn);
    const arrived = message.deliveredAt !== null && message.endedIn !== null;
    const end: Arrow['end'] = arrived ? 'arrives' : message.lostAt !== null ? 'lost' : 'flying';
    const gone = message.endedIn === null ? nowX : xOf(known, message.endedIn);
    // What is still in flight, or lost, is broken off on its way: nobody has seen it arrive.
    const x2 = arrived ? gone : end === 'flying' ? nowX + 14 : Math.max(gone, x1 + 12);
    const inside = from.lane === to.lane;
    const y1 = inside ? from.y : edge(from, down, x1, bars);
    const y2 = inside ? to.y : edge(to, -down, x2, bars);
    const stop = arrived ? y2 : breakOf(known, y1, y2);
    const client = [from, to].find(({ kind }) => kind === 'client');
    const hue = client?.hue ?? null;
    const late = message.delayedIn.length > 0;
    const { copy } = message;
    for (const step of message.delayedIn) signs.push(onArrow('delay', { x1, y1, x2, y2: stop }, xOf(known, step)));
    if (copy) signs.push(onArrow('double', { x1, y1, x2, y2: stop }, x1));
    const text = shortName(message.name, keys);
    return { x1, y1, x2, y2: stop, hue, end, late, copy, text };
  });
  return { arrows, signs };
}

/** Their names, where the other words have left room. */
export function namedArrows(known: Known, bare: readonly Bare[], soft: readonly Box[], page: Page): readonly Arrow[] {
  const labels = placeLabels(
    bare.map((arrow, index) => ({ ...arrow, forms: isNamed(known, bare, index) ? formsOf(arrow) : [] })),
    soft,
    page,
  );
  return bare.map((arrow, index) => ({ ...arrow, label: labels[index] ?? null }));
}

/** Somewhat before the middle, but on no lane: a cross there would look like something that befell its node. */
function breakOf({ spots }: Known, y1: number, y2: number): number {
  const places = [0.45, 0.33, 0.57, 0.25].map((share) => y1 + (y2 - y1) * share);
  const free = places.find((y) => [...spots.values()].every((spot) => Math.abs(spot.y - y) > 14));
  return free ?? (places[0] as number);
}

/** In full, then only its first word, then only what is odd about it. */
function formsOf({ text, late, copy }: Bare): readonly string[] {
  const more = `${late ? ', late' : ''}${copy ? ', copy' : ''}`;
  const first = /^(?:[A-Z]{2}|[A-Za-z0-9]{3,})(?=[ ;])/.exec(text)?.[0];
  return [`${text}${more}`, ...(first === undefined ? [] : [`${first}${more}`]), late ? 'late' : copy ? 'copy' : ''];
}

/** The same thing said at once to or by each node of a folded quorum is named once; what they say among themselves is not. */
function isNamed({ story, spotOf }: Known, arrows: readonly Bare[], index: number): boolean {
  const message = story.messages[index];
  if (!message) return false;
  const [from, to] = [spotOf(message.from), spotOf(message.to)];
  if (from.lane === to.lane) return false;
  if ((!to.folded && !from.folded) || message.copy || message.delayedIn.length > 0) return true;
  const same = story.messages.findIndex(
    (other, at) =>
      other.sentAt === message.sentAt &&
      spotOf(other.from).lane === from.lane &&
      spotOf(other.to).lane === to.lane &&
      arrows[at]?.text === arrows[index]?.text,
  );
  return same === index;
}

function onArrow(
  kind: 'delay' | 'double',
  { x1, y1, x2, y2 }: Pick<Bare, 'x1' | 'y1' | 'x2' | 'y2'>,
  at: number,
): Sign {
  const along = Math.min(0.9, Math.max(0.12, x2 === x1 ? 0 : (at - x1) / (x2 - x1)));
  return { kind, x: x1 + (x2 - x1) * along, y: y1 + (y2 - y1) * along, hue: null, forms: [], spot: null };
}

/** An arrow meets a bar at its edge, a lane that keeps data at its rail, a folded lane at its border, and a bare line itself. */
function edge({ kind, y, dataY, folded, lane }: Spot, towards: number, x: number, bars: Bars): number {
  if (folded) return towards > 0 ? lane.bottom - 2 : y;
  if (kind === 'store') return y + towards * 9;
  if (dataY !== null && towards > 0) return dataY + 9;
  const bar = bars.find((one) => one.y === y && one.x1 <= x && x <= one.x2);
  return bar ? y + towards * (bar.h / 2 + (kind === 'server' ? 1 : 0)) : y;
}
