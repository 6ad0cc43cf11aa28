// A crowd as an SVG file that stands alone, like svg-file.ts: a row for each request, with when it read, when it wrote, and whether
// it was turned away. On the page the rows are as wide as their place (crowd-picture.tsx); a file has a width of its own.
import type { Row } from '#lib/lock/index.ts';
import { type CrowdPicture, type CrowdRow, soldAt } from './crowd.ts';
import { framed, MARGIN } from './svg-file.ts';
import { type El, el } from './svg-tree.ts';

const WIDTH = 960;
const NAMES = 88;
const ROW = 8;
const GAP = 16;
const HEAD = 26;

export function crowdFile({
  picture,
  title,
  rows,
}: {
  readonly picture: CrowdPicture;
  readonly title: string;
  readonly rows: readonly Row[];
}): string {
  const { groups, steps, writes, ticks } = picture;
  const room = WIDTH - 2 * MARGIN - NAMES;
  const xOf = (step: number) =>
    MARGIN + NAMES + Math.round((10 * (room * (1.5 + (97 * step) / Math.max(1, steps)))) / 100) / 10;
  const inside: El[] = [countOf(picture)];
  let top = HEAD;
  const second = writes[1];
  const height = HEAD + groups.reduce((sum, group) => sum + GAP + group.rows.length * ROW, 0);
  if (second !== undefined) {
    const x = xOf(second);
    const band = { x, y: HEAD, width: WIDTH - MARGIN - x, height: height - HEAD };
    inside.push(el('rect', { ...band, fill: 'var(--broken-soft)' }));
    inside.push(el('path', { d: `M${x} ${HEAD}V${height}`, stroke: 'var(--broken)', strokeWidth: 2 }));
  }
  for (const { name, rows: requests } of groups) {
    const middle = top + (GAP + requests.length * ROW) / 2 + 4;
    inside.push(el('text', { x: MARGIN, y: middle, fontSize: 13, fontWeight: 500, fill: 'var(--muted)' }, name));
    requests.forEach((row, at) => {
      inside.push(rowEl(row, top + GAP / 2 + at * ROW + ROW / 2, xOf, steps));
    });
    top += GAP + requests.length * ROW;
  }
  for (const { step, at } of ticks) {
    const look = { textAnchor: 'middle', fontSize: 11, fill: 'var(--muted)' };
    inside.push(el('text', { x: xOf(step), y: height + 16, ...look }, `${at} ms`));
  }
  return framed({ width: WIDTH, height: height + 24, title, rows, inside });
}

function countOf(picture: CrowdPicture): El {
  const sold = soldAt(picture, picture.steps);
  const requests = picture.groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const servers = `${picture.groups.length} ${picture.groups.length === 1 ? 'server' : 'servers'}`;
  const words = `${requests} requests, ${servers}${picture.locks > 0 ? ', one lock' : ''}, ${sold} ${sold === 1 ? 'ticket' : 'tickets'} sold`;
  const fill = sold > 1 ? 'var(--broken)' : 'var(--ink)';
  return el('text', { x: MARGIN, y: 12, fontSize: 14, fontWeight: 500, fill }, words);
}

function rowEl(row: CrowdRow, y: number, xOf: (step: number) => number, steps: number): El {
  const { read, write, holds, ended, first, turnedAway } = row;
  const line = (from: number, to: number, stroke: string, strokeWidth: number) =>
    el('path', { d: `M${xOf(from)} ${y}H${xOf(to)}`, stroke, strokeWidth });
  const marks: El[] = [line(0, ended ?? steps, 'var(--line)', 1)];
  if (holds) marks.push(line(holds.from, holds.until ?? steps, 'var(--client-a)', 4));
  if (read !== null) {
    if (write !== null) marks.push(line(read, write, 'var(--muted)', 1));
    const look = { fill: 'var(--paper)', stroke: 'var(--ink)', strokeWidth: 1.2 };
    marks.push(el('circle', { cx: xOf(read), cy: y, r: 2.5, ...look }));
  }
  if (write !== null) {
    const fill = first ? 'var(--ink)' : 'var(--broken)';
    marks.push(el('rect', { x: xOf(write) - 3, y: y - 3, width: 6, height: 6, fill }));
  }
  if (turnedAway && ended !== null) {
    marks.push(el('path', { d: `M${xOf(ended)} ${y - 3}V${y + 3}`, stroke: 'var(--muted)', strokeWidth: 1.5 }));
  }
  return el('g', {}, ...marks);
}
