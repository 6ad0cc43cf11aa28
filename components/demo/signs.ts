// What befell nodes and links, and what a client has learned from silence: each a small sign at its place, with a few words. Also
// the joins between lanes: one node taking over from another, and a record whose end its holder does not see.
import type { Ms } from '#lib/lock/index.ts';
import { type BeliefBar, type Known, type LeaseBar, xOf } from './bars.ts';
import type { Spot } from './lanes.ts';

export type SignKind =
  | 'crash'
  | 'restart'
  | 'wipe'
  | 'failover'
  | 'disconnect'
  | 'clock'
  | 'heal'
  | 'commit'
  | 'delay'
  | 'double'
  | 'unanswered'
  | 'lost-lock';
export type Sign = {
  readonly kind: SignKind;
  readonly x: number;
  readonly y: number;
  readonly hue: number | null;
  /** What it says, and what is left of that where there is little room. */
  readonly forms: readonly string[];
  readonly spot: Spot | null;
};
/** A dotted line from lane to lane: a takeover in ink, an end of a record in the hue of its holder. */
export type Drop = { readonly x: number; readonly y1: number; readonly y2: number; readonly hue: number | null };

export function signsOf(known: Known, lanesBottom: number): Sign[] {
  const { story, spotOf } = known;
  const at = (kind: SignKind, id: string, step: number, ...forms: string[]): Sign => {
    const spot = spotOf(id);
    return { kind, x: xOf(known, step), y: spot.y, hue: null, forms, spot };
  };
  const signs: Sign[] = [];
  for (const { who, step, restartedIn, wiped } of story.crashes) {
    signs.push(at('crash', who, step, 'crashes'));
    if (restartedIn === null) continue;
    signs.push(
      wiped
        ? at('wipe', who, restartedIn, 'restarts, disk empty', 'disk empty')
        : at('restart', who, restartedIn, 'restarts'),
    );
  }
  for (const { who, to, step } of story.failovers) {
    signs.push(to === who ? at('failover', who, step, 'new leader') : at('failover', to, step, 'takes over'));
  }
  for (const { who, step } of story.disconnections)
    signs.push(at('disconnect', who, step, 'connection breaks', 'broken'));
  for (const { who, step, by, rate } of story.clocks) {
    const words = by !== null ? jumpWords(by) : rate ? `clock runs ${rate[0]} : ${rate[1]}` : '';
    signs.push(at('clock', who, step, words, words.replace('clock ', '')));
  }
  for (const { server, who, step, timestamp } of story.commits) {
    const spot = spotOf(server);
    const y = spot.dataY ?? spot.y;
    const forms = [`commit at ${timestamp}`, `at ${timestamp}`];
    signs.push({ kind: 'commit', x: xOf(known, step), y, hue: spotOf(who).hue, forms, spot });
  }
  for (const { who, step, why } of story.failures) {
    if (why === 'timeout') signs.push(at('unanswered', who, step, 'no answer in time', 'no answer'));
    if (why === 'lost') signs.push(at('lost-lock', who, step, 'lock was lost', 'lost'));
  }
  for (const { step } of story.heals) {
    signs.push({
      kind: 'heal',
      x: xOf(known, step),
      y: lanesBottom + 4,
      hue: null,
      forms: ['network healed', 'healed'],
      spot: null,
    });
  }
  return signs;
}

function jumpWords(by: Ms): string {
  return `clock ${by < 0 ? `−${-by}` : `+${by}`} ms`;
}

export function dropsOf(known: Known, beliefs: readonly BeliefBar[], leases: readonly LeaseBar[]): Drop[] {
  const { spotOf, story } = known;
  const takeovers = story.failovers.flatMap(({ who, to, step }): Drop[] => {
    const [a, b] = [spotOf(who).y, spotOf(to).y];
    return a === b ? [] : [{ x: xOf(known, step), y1: Math.min(a, b), y2: Math.max(a, b), hue: null }];
  });
  const ends = beliefs.flatMap(({ falseFrom, hue, y, who }): Drop[] => {
    const record = leases.find((lease) => lease.x2 === falseFrom && lease.who === who);
    return record ? [{ x: record.x2, y1: record.y + record.h / 2, y2: y - 9, hue }] : [];
  });
  return [...takeovers, ...ends];
}
