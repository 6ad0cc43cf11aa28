// Turned knobs in an address: `lock=etcd&ttl=45&faults=pause:2`. Only what differs from the demo as it was written is named. Every
// value is bounded before anything is made of it; whether they make sense together the engine says (lib/lock/tuning.ts).
import {
  type BackendId,
  type FaultKind,
  type FencePolicy,
  faultKinds,
  type Knobs,
  LIMITS,
  lockIds,
  type Ms,
} from '#lib/lock/index.ts';
import { grouped, noSuchLock, wholeIn, windowIn } from './choices-url.ts';
import type { DemoQuery } from './demo-url.ts';

export type FromKnobsQuery =
  /** Null where the address turns no knob. */
  { readonly kind: 'knobs'; readonly knobs: Knobs | null } | { readonly kind: 'bad'; readonly why: string };

const FENCES: readonly FencePolicy[] = ['none', 'writes', 'reads-and-writes', 'compare'];
const NAMES = ['lock', 'clients', 'ttl', 'renew', 'work', 'fence', 'release', 'network', 'faults'] as const;
const MOST_CHARS = 200;
/** Beside the demo's own: four are as many as can be looked at together. */
export const MOST_COMPARED = 3;

/** Pairs such as `ttl=45`; none where the knobs are as they were. */
export function knobsToPairs(base: Knobs, knobs: Knobs): readonly string[] {
  return NAMES.filter((name) => textOf(base, name) !== textOf(knobs, name)).map(
    (name) => `${name}=${textOf(knobs, name)}`,
  );
}

export function knobsFromQuery(base: Knobs, query: DemoQuery): FromKnobsQuery {
  const named = NAMES.filter((name) => query[name] !== undefined);
  if (named.length === 0) return { kind: 'knobs', knobs: null };
  let knobs = base;
  for (const name of named) {
    const text = query[name];
    if (typeof text !== 'string') return { kind: 'bad', why: `The link says “${name}” twice.` };
    const { form, from } = READERS[name];
    // What the author wrote may lie beyond the limits, and may always be asked for.
    const read = text.length > MOST_CHARS ? null : text === textOf(base, name) ? { [name]: base[name] } : from(text);
    if (read === null) {
      return { kind: 'bad', why: name === 'lock' ? noSuchLock(text) : `The link’s “${name}” must be ${form}.` };
    }
    knobs = { ...knobs, ...read };
  }
  return { kind: 'knobs', knobs };
}

function textOf(knobs: Knobs, name: (typeof NAMES)[number]): string {
  switch (name) {
    case 'ttl':
    case 'renew':
      return knobs[name] === null ? 'none' : `${knobs[name]}`;
    case 'network':
      return knobs.network.join('-');
    case 'faults': {
      const some = faultKinds.filter((kind) => (knobs.faults[kind] ?? 0) > 0);
      return some.map((kind) => `${kind}:${knobs.faults[kind]}`).join(',') || 'none';
    }
    default:
      return `${knobs[name]}`;
  }
}

type Reader = { readonly form: string; readonly from: (text: string) => Partial<Knobs> | null };

const READERS: { readonly [name in (typeof NAMES)[number]]: Reader } = {
  lock: {
    form: 'the name of a lock',
    from: (text) => (lockIds.includes(text) ? { lock: text } : null),
  },
  clients: whole(1, LIMITS.clients, (clients) => ({ clients })),
  ttl: orNone(1, (ttl) => ({ ttl })),
  renew: orNone(1, (renew) => ({ renew })),
  work: whole(0, LIMITS.lengthMs, (work) => ({ work })),
  fence: {
    form: FENCES.join(' or '),
    from: (text) => {
      const fence = FENCES.find((one) => one === text);
      return fence === undefined ? null : { fence };
    },
  },
  release: {
    form: 'safe or blind',
    from: (text) => (text === 'safe' || text === 'blind' ? { release: text } : null),
  },
  network: {
    form: `a range such as 1-2, up to ${LIMITS.networkMs}`,
    from: (text) => {
      const network = windowIn(LIMITS.networkMs)(text);
      return network === null ? null : { network };
    },
  },
  faults: { form: 'a list such as pause:1,crash:1', from: faultsFrom },
};

function whole(least: number, most: number, make: (value: number) => Partial<Knobs>): Reader {
  return {
    form: `a whole number from ${least} to ${grouped(most)}`,
    from: (text) => {
      const value = wholeIn(least, most)(text);
      return value === null ? null : make(value);
    },
  };
}

function orNone(least: number, make: (value: Ms | null) => Partial<Knobs>): Reader {
  return {
    form: `none, or ${least} to ${grouped(LIMITS.lengthMs)} milliseconds`,
    from: (text) => {
      if (text === 'none') return make(null);
      const value = wholeIn(least, LIMITS.lengthMs)(text);
      return value === null ? null : make(value);
    },
  };
}

function faultsFrom(text: string): Partial<Knobs> | null {
  const faults: { [kind in FaultKind]?: number } = {};
  for (const part of text === 'none' ? [] : text.split(',')) {
    const found = /^([A-Za-z]{1,20}):(\d)$/.exec(part);
    const kind = faultKinds.find((one) => one === found?.[1]);
    if (!found || kind === undefined || faults[kind] !== undefined) return null;
    if (Number(found[2]) > 0) faults[kind] = Number(found[2]);
  }
  return { faults };
}

/** `compare=redlock,etcd`: the locks beside the demo's own. Null where the address says it badly. */
export function comparedFromQuery(query: DemoQuery): readonly BackendId[] | null {
  const text = query.compare;
  if (text === undefined || text === '') return [];
  if (typeof text !== 'string' || text.length > MOST_CHARS) return null;
  const locks = text.split(',');
  const sound =
    locks.length <= MOST_COMPARED && locks.every((id, at) => lockIds.includes(id) && locks.indexOf(id) === at);
  return sound ? locks : null;
}
