// When are two worlds the same? When they differ only in the names and the order of pending things, in how late it is, and
// in how long ago a deadline passed. Every instant is read as "so long from now"; all of the rest counts, and nobody picks
// fields by hand, since a field that is left out is a wrong "holds".
// So each part of a world is taken apart into its shape, which is its JSON with a hole for each point in time, and the times
// that belong into the holes. The same part later has the same shape and other times (`pass`), and two parts are the same
// when shape and times are. A point in time that an actor keeps as a bare number stays in the shape: it splits worlds that
// are one, and a test (fingerprint.test.ts) finds it.
import { FOREVER, isDeadline, isInstant } from '../time.ts';
import type { Cut, Json, LockEvent, Ms, NodeState, Pending, World } from '../types.ts';

/** What a pending thing is, apart from its name in the world and its window. */
export type Thing = Pick<Pending, 'to' | 'name' | 'input'>;
/** What belongs to no node: links, budgets and whatever else a world may get. */
export type Rest = Omit<World, 'now' | 'nextId' | 'nodes' | 'pending' | 'observed'>;

export type PartOf = {
  readonly node: NodeState;
  readonly thing: Thing;
  readonly rest: Rest;
  readonly observed: World['observed'];
  readonly events: readonly LockEvent[];
};
export type Kind = keyof PartOf;

export type Shape = {
  readonly kind: Kind;
  /** JSON of the part with 0 for each time. */
  readonly text: string;
  /** What becomes of each of its times; in the order in which they stand in the text. */
  readonly rules: readonly Rule[];
};
export type Apart = { readonly shape: Shape; readonly times: number[] };

/** FOREVER among the times. */
export const NEVER = 0x7fffffff;

/** `plain` only comes nearer; `resumes` stops at now; `own` and `shared` deadlines are over at some instant, and then stay so. */
type Rule = 'plain' | 'resumes' | 'own' | 'shared';

/** A part of a world at `now`, taken apart. */
export function takeApart<K extends Kind>(kind: K, value: PartOf[K], now: Ms, steady: boolean): Apart {
  const times: number[] = [];
  const rules: Rule[] = [];
  /** `over` is the rule for deadlines. Keys count in the order in which they stand, which spreading and JSON both keep. */
  const hollow = (json: Json, over: Rule): Json => {
    if (typeof json !== 'object' || json === null) return json;
    if (isInstant(json)) return hole('$at', json.$at, 'plain');
    if (isDeadline(json)) return hole('$until', json.$until, over);
    if (Array.isArray(json)) return json.map((part: Json) => hollow(part, over));
    const copy: { [key: string]: Json } = {};
    const object = json as { readonly [key: string]: Json };
    for (const key in object) copy[key] = hollow(object[key] as Json, over);
    return copy;
  };
  const hole = (key: '$at' | '$until', time: Ms, rule: Rule): Json => {
    times.push(cellOf(time >= FOREVER ? FOREVER : time - now));
    rules.push(rule);
    return { [key]: 0 };
  };
  const text = JSON.stringify(hollowPart[kind](value, hollow, hole, now, steady));
  pass(rules, times, 0, 0);
  return { shape: { kind, text, rules }, times };
}

/** Lets so many milliseconds pass for times that stand in `cells` from `first` on. */
export function pass(rules: readonly Rule[], cells: number[] | Int32Array, first: number, ms: Ms): void {
  // When the node of these times will look at a clock again.
  let looks = 0;
  for (let index = 0; index < rules.length; index += 1) {
    const time = cells[first + index] as number;
    if (time === NEVER) continue;
    const left = time - ms;
    switch (rules[index]) {
      case 'resumes':
        looks = Math.max(left, 0);
        cells[first + index] = looks;
        break;
      case 'own':
        cells[first + index] = left <= looks ? 0 : left;
        break;
      case 'shared':
        cells[first + index] = Math.max(left, 0);
        break;
      default:
        cells[first + index] = left;
    }
  }
}

/** A part as it stands in a world at 0: the JSON of its shape, filled with the times that stand in `times` from `first` on. */
export function putTogether(hollow: Json, times: readonly number[] | Int32Array, first: number): object {
  let next = first;
  const fill = (json: Json): Json => {
    if (typeof json !== 'object' || json === null) return json;
    if (isInstant(json)) return { $at: msOf(times[next++] as number) };
    if (isDeadline(json)) return { $until: msOf(times[next++] as number) };
    if (Array.isArray(json)) return json.map(fill);
    const filled: { [key: string]: Json } = {};
    const object = json as { readonly [key: string]: Json };
    for (const key in object) filled[key] = fill(object[key] as Json);
    return filled;
  };
  return fill(hollow) as object;
}

/**
 * Is a deadline that is over, over for good? Not by a clock that can be set back, nor by one that can be slowed down, which the
 * other clocks overtake.
 */
export function isSteady({ faultsLeft }: Rest): boolean {
  return !faultsLeft.clockJump && !faultsLeft.clockRate;
}

/** What could have happened before now can happen now, and no difference is left between the two. */
export function windowFromNow({ earliest, latest }: Pending, now: Ms): readonly [number, number] {
  const from = (time: Ms) => cellOf(time >= FOREVER ? FOREVER : time - now);
  return [Math.max(0, from(earliest.$at)), from(latest.$at)];
}

export function restOf(world: World): Rest {
  const { now: _now, nextId: _nextId, nodes: _nodes, pending: _pending, observed: _observed, ...rest } = world;
  return rest;
}

export function cellOf(ms: Ms): number {
  if (ms >= FOREVER) return NEVER;
  if (Math.abs(ms) > NEVER / 2) throw new Error(`${ms} ms are too long to be searched; FOREVER is not`);
  return ms;
}

export function msOf(cell: number): Ms {
  return cell === NEVER ? FOREVER : cell;
}

// ---- inside -------------------------------------------------------------------------------------------------------

type Hollow = (json: Json, over: Rule) => Json;
type Hole = (key: '$at', time: Ms, rule: Rule) => Json;

const hollowPart: {
  readonly [K in Kind]: (value: PartOf[K], hollow: Hollow, hole: Hole, now: Ms, steady: boolean) => Json;
} = {
  node({ resumesAt, memory, disk, ...others }, hollow, hole, _now, steady) {
    const merges = steady && others.wallOffset === 0 && others.drift === null;
    return {
      // A pause that is over leaves no trace. One that is not says when the node will look at a clock again, and a deadline
      // that is over by then is over as far as the node is concerned.
      resumesAt: hole('$at', resumesAt.$at, 'resumes'),
      ...(hollow(others as Json, 'plain') as object),
      memory: hollow(memory, merges ? 'own' : 'plain'),
      // Not so its disk, which may be read before that: by the next life of a node that crashes in its pause.
      disk: hollow(disk, merges ? 'shared' : 'plain'),
    };
  },
  thing: (thing, hollow) => hollow(thing as Json, 'plain'),
  // A cut that has healed by itself leaves no trace, and the order in which links were cut decides nothing.
  rest: (rest, hollow, _hole, now) =>
    hollow({ ...rest, cuts: rest.cuts.filter(({ until }) => until.$at > now).sort(byLink) } as Json, 'plain'),
  // An observer sees events, and those come now or later.
  observed: (observed, hollow, _hole, _now, steady) => hollow(observed, steady ? 'shared' : 'plain'),
  events: (events, hollow) => hollow(events as Json, 'plain'),
};

function byLink(a: Cut, b: Cut): number {
  const [linkA, linkB] = [`${a.from}→${a.to}`, `${b.from}→${b.to}`];
  return linkA === linkB ? a.until.$at - b.until.$at : linkA < linkB ? -1 : 1;
}
