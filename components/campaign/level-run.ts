// The rules by which a run of a level is played, beyond those of a demo. It ends at the break: what comes after would only
// blur what was won. And it has an address. Pure, so that a test can play it.
import { type DemoQuery, type FromUrl, fromQuery, toQuery } from '#components/demo/demo-url.ts';
import type { Place } from '#components/demo/trace-of.ts';
import { type DemoAction, type DemoState, demoReducer } from '#components/demo/use-demo.ts';
import type { PropertyId, System, Trace, Violation } from '#lib/lock/index.ts';

/** `open` is a place that an address has asked for. */
export type LevelAction = DemoAction | { readonly do: 'open'; readonly place: Place };

/** Where this run breaks the promise, if it does. */
export function breakIn(trace: Trace, property: PropertyId): Violation | null {
  return trace.violations.find((violation) => violation.property === property) ?? null;
}

export function isBroken({ trace, cursor }: Place, property: PropertyId): boolean {
  const found = breakIn(trace, property);
  return found !== null && cursor > found.step;
}

export function levelReducer(system: System, property: PropertyId) {
  const asInDemos = demoReducer(system);
  return (state: DemoState, action: LevelAction): DemoState => {
    if (action.do === 'open') {
      const { trace, cursor } = action.place;
      return endedAtBreak({ trace, cursor, running: false, undo: [], redo: [] }, property);
    }
    if (isBroken(state, property)) {
      if (action.do === 'step') return state;
      // At its end a run is played again from its start.
      if (action.do === 'run') return { ...state, cursor: 0, running: true };
    }
    return endedAtBreak(asInDemos(state, action), property);
  };
}

function endedAtBreak(state: DemoState, property: PropertyId): DemoState {
  const found = breakIn(state.trace, property);
  if (!found) return state;
  const last = found.step + 1;
  const trace = state.trace.steps.length > last ? upTo(state.trace, last) : state.trace;
  return { ...state, trace, cursor: Math.min(state.cursor, last), running: state.running && state.cursor < last };
}

function upTo(trace: Trace, length: number): Trace {
  const violations = trace.violations.filter(({ step }) => step < length);
  const broken = trace.broken.filter((id) => violations.some(({ property }) => property === id));
  return { ...trace, steps: trace.steps.slice(0, length), violations, broken };
}

/** `?…` for this place; nothing for the level as it begins. */
export function levelQuery(system: System, { trace, cursor }: Place): string {
  const query = toQuery(system, trace, cursor);
  return query === '?at=0' ? '' : query;
}

/** What the search part of an address asks for. Whoever opens it may have written it by hand. */
export function placeIn(system: System, search: string): FromUrl {
  return fromQuery(system, queryOf(search));
}

/** What is named more than once becomes a list, which no reader takes for a value. */
export function queryOf(search: string): DemoQuery {
  const params = new URLSearchParams(search);
  const pairs = [...new Set(params.keys())].map((name) => {
    const [first = '', ...more] = params.getAll(name);
    return [name, more.length === 0 ? first : [first, ...more]] as const;
  });
  return Object.fromEntries(pairs);
}
