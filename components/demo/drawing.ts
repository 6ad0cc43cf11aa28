// How a picture looks: from marks with their places to SVG elements, as plain data. One description, drawn twice: by React on the
// page (svg.tsx) and as text in a file that can be kept (svg-file.ts). Colours are the names of the site's own.

import type { Arrow } from './arrows.ts';
import type { BeliefBar, CutBar, LeaseBar, PauseBar } from './bars.ts';
import { ink, shapeOf, soft } from './hues.ts';
import { BAR } from './lanes.ts';
import type { Picture } from './layout.ts';
import { type AccessMark, type Badge, type Band, DISC } from './marks.ts';
import type { Sign } from './signs.ts';
import { type Attributes, type El, el } from './svg-tree.ts';
import type { Label } from './wording.ts';

const PAPER = 'var(--paper)';
const INK = 'var(--ink)';
const MUTED = 'var(--muted)';
const BROKEN = 'var(--broken)';
/** Lines along a lane reach the right end of whatever the picture is put into. */
const FAR = 20_000;

/** Everything but the words and the numbers of what is broken. `hatch` is the id of the pattern for pauses, which must be the only one of its name on the page. */
export function drawingOf(picture: Picture, hatch: string, far = FAR): readonly El[] {
  const lanes = picture.lanes.filter(({ kind }) => kind !== 'client');
  return [
    el(
      'defs',
      {},
      el(
        'pattern',
        { id: hatch, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        el('path', { d: 'M1 0V6', stroke: MUTED, strokeWidth: 1.25 }),
      ),
    ),
    ...picture.rails.map(({ y }) => el('rect', { x: 0, y: y - 9, width: far, height: 18, fill: 'var(--raised)' })),
    ...lanes
      .filter(({ nodes }) => nodes.length === 1)
      .map(({ y }) => el('path', { d: `M0 ${y}H${far}`, stroke: 'var(--line)', strokeWidth: 1 })),
    ...picture.bands.map(({ x1, x2, y1, y2 }) =>
      el('rect', { x: x1, y: y1, width: x2 - x1, height: y2 - y1, fill: 'var(--broken-soft)' }),
    ),
    ...picture.lifelines.map(({ x1, x2, y, kind }) =>
      el('path', {
        d: `M${x1} ${y}H${x2}`,
        stroke: MUTED,
        strokeWidth: 1,
        strokeDasharray: kind === 'dead' ? '1 5' : undefined,
      }),
    ),
    ...picture.leases.map(leaseEl),
    ...picture.drops.map(({ x, y1, y2, hue }) =>
      el('path', {
        d: `M${x} ${y1}V${y2}`,
        stroke: hue === null ? INK : ink(hue),
        strokeWidth: 1.25,
        strokeDasharray: '1.5 3.5',
      }),
    ),
    ...picture.beliefs.map(beliefEl),
    ...picture.pauses.map((bar) => pauseEl(bar, hatch)),
    ...picture.cuts.map(cutEl),
    ...picture.arrows.map(arrowEl),
    ...picture.dots.map(({ x, y, hue, spot }) =>
      el('circle', {
        cx: x,
        cy: y,
        r: spot.folded ? 1.75 : hue === null ? 2 : 2.5,
        fill: hue === null ? MUTED : ink(hue),
      }),
    ),
    ...picture.accesses.map(accessEl),
    ...picture.endings.map(({ x, y }) =>
      el('path', { d: `M${x - 9} ${y - 6}V${y + 6}`, stroke: MUTED, strokeWidth: 1.5 }),
    ),
    ...picture.signs.map(signEl),
    ...picture.bands.map(bandEl),
    ...picture.ticks.flatMap(({ x, at }) => [
      el('path', { d: `M${x} ${picture.axisY - 14}v4`, stroke: MUTED }),
      el('text', { x, y: picture.axisY + 3, textAnchor: 'middle', fontSize: 10.5, fill: MUTED }, `${at}`),
    ]),
  ];
}

/** Paper around letters, so that lines may run under them. */
const halo = (width: number): Attributes => ({
  paintOrder: 'stroke',
  stroke: PAPER,
  strokeWidth: width,
  strokeLinejoin: 'round',
});

/** The lease drains: its level falls from full to nothing at the instant at which it ends. */
function leaseEl({ x1, x2, y, h, hue, level, ended, folded }: LeaseBar): El {
  const [top, bottom] = [y - h / 2, y + h / 2];
  const outline = level.map(({ x, left }) => `${tidy(x)} ${tidy(bottom - (bottom - top) * left)}`).join('L');
  const fades = ended === 'expired' || ended === null;
  const over = folded ? 1.5 : 3;
  // A row has no room for a name, so it carries the shape of its client.
  const whose = folded && x2 - x1 > 12 ? [shapeOf({ hue, x: x1 + 6, y, r: 2.6, hollow: true })] : [];
  return el(
    'g',
    {},
    el('rect', { x: x1, y: top, width: x2 - x1, height: h, fill: PAPER }),
    el('path', { d: `M${x1} ${bottom}L${outline}L${x2} ${bottom}Z`, fill: ink(hue), opacity: folded ? 0.5 : 0.32 }),
    el('path', {
      d: `M${x1} ${top}H${x2}M${x1} ${bottom}H${x2}M${x1} ${top}V${bottom}`,
      fill: 'none',
      stroke: ink(hue),
      strokeWidth: folded ? 1 : 1.5,
    }),
    el('path', {
      d: `M${x2} ${top - over}V${bottom + over}`,
      stroke: ink(hue),
      strokeWidth: ended === 'deleted by another' ? 3 : 1.5,
      strokeDasharray: fades ? '2 2.5' : undefined,
    }),
    ...whose,
  );
}

/** Solid while the record agrees; hollow and dashed where it does not. */
function beliefEl({ x1, x2, y, hue, falseSpans }: BeliefBar): El {
  const [top, bottom] = [y - BAR / 2, y + BAR / 2];
  const cuts = [x1, ...falseSpans.flatMap((span) => [span.x1, span.x2]), x2];
  const sides: El[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [from, to] = [cuts[at] as number, cuts[at + 1] as number];
    const wrong = at % 2 === 1;
    if (to <= from) continue;
    if (!wrong)
      sides.push(el('rect', { x: from, y: top, width: to - from, height: BAR, fill: soft(hue), stroke: 'none' }));
    sides.push(
      el('path', { d: `M${from} ${top}H${to}M${from} ${bottom}H${to}`, strokeDasharray: wrong ? '4 3' : undefined }),
    );
  }
  const open = falseSpans.at(-1)?.x2 === x2;
  return el(
    'g',
    { stroke: ink(hue), strokeWidth: 1.5, fill: 'none' },
    el('rect', { x: x1, y: top, width: Math.max(0, x2 - x1), height: BAR, fill: PAPER, stroke: 'none' }),
    ...sides,
    el('path', { d: `M${x1} ${top}V${bottom}` }),
    el('path', { d: `M${x2} ${top}V${bottom}`, strokeDasharray: open ? '4 3' : undefined }),
  );
}

function pauseEl({ x1, x2, y, h }: PauseBar, hatch: string): El {
  return el('rect', { x: x1, y, width: x2 - x1, height: h, fill: `url(#${hatch})`, stroke: MUTED, strokeWidth: 1 });
}

/** A line with teeth on the sides that carry nothing: above for what it cannot send, below for what it cannot hear. */
function cutEl({ x1, x2, y, side, healed, spot }: CutBar): El {
  const up = side === 'in' ? 0 : 4;
  const down = side === 'out' ? 0 : 4;
  const [a, b] = spot.folded ? [up ? 3 : 0, down ? 3 : 0] : [up, down];
  let teeth = '';
  for (let x = x1 + 4; x < x2 - 1; x += 7) teeth += `M${tidy(x)} ${y - a}V${y + b}`;
  return el(
    'g',
    { stroke: INK, fill: 'none' },
    el('path', { d: `M${x1} ${y}H${tidy(x2)}`, strokeWidth: 1.5 }),
    el('path', { d: teeth, strokeWidth: 1.25 }),
    el('path', { d: `M${x1} ${y - 5}V${y + 5}M${tidy(x2)} ${y - 5}V${y + 5}`, strokeWidth: healed ? 2.5 : 1.5 }),
  );
}

function arrowEl({ x1, y1, x2, y2, hue, end, late, copy }: Arrow): El {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - ux * 8, y2 - uy * 8];
  const d = `M${tidy(x1)} ${tidy(y1)}L${tidy(x2)} ${tidy(y2)}`;
  const marks: El[] = [
    el('path', { d, strokeWidth: 1.25, strokeDasharray: end === 'flying' ? '4 3' : late ? '9 3' : undefined }),
  ];
  if (copy) marks.push(el('path', { d, strokeWidth: 1.25, transform: `translate(${tidy(-uy * 3)} ${tidy(ux * 3)})` }));
  if (end === 'arrives') {
    const head = `M${tidy(x2)} ${tidy(y2)}L${tidy(bx - uy * 3.5)} ${tidy(by + ux * 3.5)}L${tidy(bx + uy * 3.5)} ${tidy(by - ux * 3.5)}Z`;
    marks.push(el('path', { d: head, stroke: 'none' }));
  }
  if (end === 'lost') marks.push(el('path', { d: crossAt(x2, y2, 5), strokeWidth: 2 }));
  const colour = hue === null ? MUTED : ink(hue);
  return el('g', { stroke: colour, fill: colour }, ...marks);
}

function accessEl({ x, y, hue, what, accepted, broken, side }: AccessMark): El {
  const mark = accepted
    ? shapeOf({ hue, x, y, r: 5, hollow: what === 'read' })
    : el('path', { d: `M${x - 8} ${y + side * 11}H${x + 8}`, stroke: ink(hue), strokeWidth: 3 });
  if (!broken) return mark;
  return el('g', {}, mark, el('circle', { cx: x, cy: y, r: 10, fill: 'none', stroke: BROKEN, strokeWidth: 2 }));
}

/** Signs are of ink on paper, each of a shape of its own. */
function signEl({ kind, x, y, hue, spot }: Sign): El {
  const r = spot?.folded ? 4 : 6;
  const disc = el('circle', { cx: x, cy: y, r, fill: PAPER, stroke: INK, strokeWidth: 1.5 });
  const stroke = { stroke: INK, strokeWidth: 1.5, fill: 'none' };
  switch (kind) {
    case 'crash':
      return el('path', { d: crossAt(x, y, r), stroke: INK, strokeWidth: 2.5 });
    case 'restart':
      return el(
        'g',
        {},
        disc,
        el('path', { d: `M${x - r / 3} ${y - r / 2}L${x + r / 2} ${y}L${x - r / 3} ${y + r / 2}Z`, fill: INK }),
      );
    case 'wipe':
      return el('rect', {
        x: x - r + 0.5,
        y: y - r + 0.5,
        width: 2 * r - 1,
        height: 2 * r - 1,
        fill: PAPER,
        ...{ stroke: INK, strokeWidth: 1.5, strokeDasharray: '2.5 2' },
      });
    case 'failover':
      return el('path', {
        d: `M${x - r} ${y + r}V${y - r}L${x} ${y + 1}L${x + r} ${y - r}V${y + r}Z`,
        fill: INK,
        stroke: PAPER,
        strokeWidth: 1,
      });
    case 'disconnect':
      return el('path', {
        d: `M${x - r} ${y - r}L${x - 1.5} ${y}L${x - r} ${y + r}M${x + r} ${y - r}L${x + 1.5} ${y}L${x + r} ${y + r}`,
        ...stroke,
        strokeWidth: 2,
      });
    case 'clock':
    case 'delay':
      return el(
        'g',
        {},
        disc,
        el('path', { d: `M${x} ${y - r * 0.6}V${y}H${x + r * 0.5}`, ...stroke, strokeWidth: 1.25 }),
      );
    case 'double':
      return el(
        'g',
        {},
        disc,
        el('path', { d: `M${x - 1.75} ${y - 3}V${y + 3}M${x + 1.75} ${y - 3}V${y + 3}`, ...stroke }),
      );
    case 'heal':
      return el('path', { d: `M${x - 5} ${y}L${x - 1.5} ${y + 4}L${x + 5} ${y - 4}`, ...stroke, strokeWidth: 2 });
    case 'commit':
      return el('path', { d: `M${x} ${y - 9}V${y + 9}`, stroke: ink(hue ?? 0), strokeWidth: 2.5 });
    case 'unanswered':
      return el(
        'g',
        {},
        disc,
        el('text', { x, y: y + 3.5, textAnchor: 'middle', fontSize: 10, fontWeight: 700, fill: INK }, '?'),
      );
    case 'lost-lock':
      return el('g', {}, disc, el('path', { d: `M${x - 3} ${y}H${x + 3}`, ...stroke }));
  }
}

/** Words stand above everything, also above what has not happened yet. */
export function labelEl({ x, y, anchor, text, tone, kind }: Label): El {
  const loud =
    kind === 'sign' || kind === 'lease' || kind === 'belief' || kind === 'pause' || kind === 'access' || kind === 'cut';
  const fill = tone === 'ink' ? INK : tone === 'muted' ? MUTED : ink(tone);
  const size = kind === 'line' ? 10.5 : 11;
  return el(
    'text',
    {
      x: tidy(x),
      y: tidy(y),
      textAnchor: anchor === 'start' ? undefined : anchor,
      fontSize: size,
      fontWeight: loud ? 600 : undefined,
      fill,
      ...halo(kind === 'lease' ? 2.5 : kind === 'pause' ? 4 : 3),
    },
    text,
  );
}

/** The edges of a stretch in which a guarantee is broken. */
function bandEl({ x1, x2, y1, y2 }: Band): El {
  const d = x2 - x1 > 14 ? `M${x1} ${y1}H${x2}M${x1} ${y2}H${x2}` : '';
  return el('path', { d, stroke: BROKEN, strokeWidth: 2 });
}

/** Drawn last of all: the sentence under the picture is found by this number. */
export function badgeEl({ x, y, numbers }: Badge): El {
  const discs = numbers.flatMap((number, at) => {
    const cx = x + (at - (numbers.length - 1) / 2) * DISC;
    return [
      el('circle', { cx, cy: y, r: 8, fill: BROKEN }),
      el('text', { x: cx, y: y + 4, textAnchor: 'middle', fontSize: 11, fontWeight: 700, fill: PAPER }, `${number}`),
    ];
  });
  return el('g', {}, ...discs);
}

function crossAt(x: number, y: number, r: number): string {
  const [l, t, b] = [tidy(x - r), tidy(y - r), tidy(y + r)];
  return `M${l} ${t}L${tidy(x + r)} ${b}M${tidy(x + r)} ${t}L${l} ${b}`;
}

/** A tenth of a pixel is as fine as anybody sees. */
function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
