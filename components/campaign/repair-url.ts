// The turned knobs of a repair in an address: `?lease=15-ms&before-the-write=look-at-the-clock-still-mine`. A level's knobs are names with a
// few settings each, not values, so they are named as they stand on the page, and only where they differ from how the level
// opens. An address that was written by hand can ask for nothing that is not on the page.
import type { DemoQuery } from '#components/demo/demo-url.ts';
import type { Picks, RepairLevel } from '#content/levels/repair.ts';

export type FromRepairQuery =
  /** Null where the address turns no knob. */
  { readonly kind: 'picks'; readonly picks: Picks | null } | { readonly kind: 'bad'; readonly why: string };

/** A name as it stands in an address. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export function picksToPairs({ knobs, broken }: RepairLevel, picks: Picks): readonly string[] {
  return knobs.flatMap(({ name, settings }, at) => {
    const setting = settings[picks[at] ?? 0];
    return setting && picks[at] !== broken[at] ? [`${slugOf(name)}=${slugOf(setting.label)}`] : [];
  });
}

export function picksFromQuery({ knobs, broken }: RepairLevel, query: DemoQuery): FromRepairQuery {
  const picks = [...broken];
  let turned = false;
  for (const [at, { name, settings }] of knobs.entries()) {
    const text = query[slugOf(name)];
    if (text === undefined) continue;
    if (typeof text !== 'string') return { kind: 'bad', why: `The link says “${name}” twice.` };
    const pick = settings.findIndex(({ label }) => slugOf(label) === text);
    if (pick < 0) return { kind: 'bad', why: `The link names a setting of “${name}” that there is not.` };
    picks[at] = pick;
    turned = true;
  }
  return { kind: 'picks', picks: turned ? picks : null };
}
