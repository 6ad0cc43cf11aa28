// A run as an SVG file that stands alone: on a slide, in a note, in print. Colours are those of the light theme, written out, and
// fonts are named, so it looks the same wherever it is opened. It carries its own title, and the whole run in words.
// Pure: whoever calls it decides what to do with the text.
import { type Row, sentence } from '#lib/lock/index.ts';
import { badgeEl, drawingOf, labelEl } from './drawing.ts';
import { ink, shapeOf } from './hues.ts';
import { textWidth } from './labels.ts';
import type { Picture } from './layout.ts';
import { type El, el, svgText } from './svg-tree.ts';

/** The light theme of app/globals.css. */
export const LIGHT: { readonly [variable: string]: string } = {
  '--paper': '#faf8f3',
  '--raised': '#f2eee4',
  '--ink': '#1d1a16',
  '--muted': '#5f594f',
  '--line': '#ddd6c7',
  '--broken': '#b3261e',
  '--broken-soft': '#f9e3de',
  '--client-a': '#1d5fa8',
  '--client-a-soft': '#d9e6f4',
  '--client-b': '#9c5200',
  '--client-b-soft': '#f6e5cf',
  '--client-c': '#75479f',
  '--client-c-soft': '#ebe0f3',
  '--client-d': '#55630a',
  '--client-d-soft': '#e9ecd0',
};

const FONT = "'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif";
export const MARGIN = 24;
const GUTTER = 88;
const HEAD = 34;
const LINE = 19;
/** A short run still has room for its title and its sentences. */
const LEAST = 480;

export function svgFile({
  picture,
  title,
  rows,
  broken,
}: {
  readonly picture: Picture;
  readonly title: string;
  readonly rows: readonly Row[];
  /** The sentences of the broken guarantees, in the order of their numbers. */
  readonly broken: readonly string[];
}): string {
  const inner = Math.max(picture.width, LEAST - GUTTER);
  const width = inner + GUTTER + 2 * MARGIN;
  const lines = broken.flatMap((words, index) =>
    wrapped(words, width - 2 * MARGIN - 26).map((text, at) => ({ text, number: at === 0 ? index + 1 : null })),
  );
  const drawing = [
    ...drawingOf(picture, 'pause', inner),
    ...picture.labels.map(labelEl),
    ...picture.badges.map(badgeEl),
  ];
  return framed({
    width,
    height: picture.height + (lines.length > 0 ? 14 : 0) + lines.length * LINE,
    title,
    rows,
    inside: [
      el('g', { transform: `translate(${MARGIN} 0)` }, ...namesOf(picture)),
      el('g', { transform: `translate(${MARGIN + GUTTER} 0)` }, ...drawing),
      ...lines.flatMap(({ text, number }, index) => {
        const y = picture.height + 22 + index * LINE;
        return [
          ...(number === null ? [] : disc(MARGIN + 8, y - 4, number)),
          el('text', { x: MARGIN + 26, y, fontSize: 13, fontWeight: 500, fill: 'var(--broken)' }, text),
        ];
      }),
    ],
  });
}

/** A file with a title above what is inside, and the whole run in words as its description. */
export function framed({
  width,
  height,
  title,
  rows,
  inside,
}: {
  readonly width: number;
  /** Of what is inside. */
  readonly height: number;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly inside: readonly El[];
}): string {
  const whole = MARGIN + HEAD + height + MARGIN / 2;
  const told = rows.map((row) => `${row.at} ms: ${sentence(row)}`).join(' ');
  const file = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: whole,
      viewBox: `0 0 ${width} ${whole}`,
      fontFamily: FONT,
      role: 'img',
    },
    el('title', {}, title),
    el('desc', {}, told),
    el('rect', { width, height: whole, fill: 'var(--paper)' }),
    el('text', { x: MARGIN, y: MARGIN + 14, fontSize: 17, fontWeight: 600, fill: 'var(--ink)' }, title),
    el('g', { transform: `translate(0 ${MARGIN + HEAD})` }, ...inside),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgText(file, LIGHT)}\n`;
}

function namesOf({ lanes, axisY }: Picture): readonly El[] {
  const names = lanes.flatMap(({ id, kind, hue, y }) => {
    if (kind !== 'client') {
      return [el('text', { x: 0, y: y + 4.5, fontSize: 13, fontWeight: 500, fill: 'var(--muted)' }, id)];
    }
    const letter = el('text', { x: 20, y: y + 4.5, fontSize: 13, fontWeight: 600, fill: ink(hue) }, id);
    return [shapeOf({ hue, x: 7, y, r: 5.5 }), letter];
  });
  return [...names, el('text', { x: 0, y: axisY + 3, fontSize: 10.5, fill: 'var(--muted)' }, 'ms')];
}

function disc(x: number, y: number, number: number): readonly El[] {
  return [
    el('circle', { cx: x, cy: y, r: 8, fill: 'var(--broken)' }),
    el('text', { x, y: y + 4, textAnchor: 'middle', fontSize: 11, fontWeight: 700, fill: 'var(--paper)' }, `${number}`),
  ];
}

function wrapped(words: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, 13) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
