// The same trouble elsewhere. As long as another system offers the moves of a run, it is followed move by move, whatever numbers have
// changed in them. From where it no longer does, only the trouble is kept: its faults are struck in their order at the same places of
// the clients' programs, so that a pause between the check and the write stays there on any lock, and a message that was late stays
// late. All else takes its quiet course. A fault that cannot happen there does not.
import {
  type Fault,
  type FaultKind,
  type Move,
  type Ms,
  type NodeId,
  natural,
  programState,
  run,
  type Scheduler,
  type System,
  type Trace,
  type World,
} from '#lib/lock/index.ts';
import { MAX_STEPS } from './trace-of.ts';

/** How far each client had come in its program: an index into its lines; past the last one when it had ended. */
type Places = { readonly [client: NodeId]: number };
type Strike = { readonly fault: Fault; readonly label: string; readonly places: Places };
type Made = {
  readonly label: string;
  /** How much later than it could have been. */
  readonly late: Ms;
  readonly strike: Strike | null;
};
export type Schedule = readonly Made[];

export function scheduleOf(system: System, trace: Trace): Schedule {
  let world = trace.start;
  return trace.steps.map(({ move, at, world: after }) => {
    const { label } = move;
    const strike = move.kind === 'fault' ? { fault: move.fault, label, places: placesOf(system, world) } : null;
    world = after;
    return { label, late: at.$at - move.window[0].$at, strike };
  });
}

/** The run of this system under that schedule, and which of its faults could not be struck. */
export function sameFaults(
  from: System,
  schedule: Schedule,
  to: System,
): { readonly trace: Trace; readonly missed: readonly FaultKind[] } {
  let followed = 0;
  // Made when it is first needed.
  const troubles: Troubles[] = [];
  const scheduler: Scheduler = {
    pick(offered, world) {
      const next = troubles.length === 0 ? schedule[followed] : undefined;
      const move = next && alike(offered, next.label);
      if (next && move) {
        followed += 1;
        return { move, at: { $at: Math.min(move.window[0].$at + next.late, move.window[1].$at) } };
      }
      const [known = troublesOf(from, schedule.slice(followed), to)] = troubles;
      troubles[0] = known;
      return known.pick(offered, world);
    },
  };
  const trace = run(to, scheduler, MAX_STEPS);
  return { trace, missed: troubles.flatMap((one) => one.left().map(({ fault }) => fault.kind)) };
}

function alike(offered: readonly Move[], label: string): Move | undefined {
  return offered.find((move) => move.label === label) ?? offered.find((move) => shape(move.label) === shape(label));
}

type Troubles = Scheduler & { left(): readonly Strike[] };

/** What is left of a schedule when its moves are no longer those on offer. */
function troublesOf(from: System, rest: Schedule, to: System): Troubles {
  const kinds = to.scenario.faults.filter(({ atMost }) => atMost > 0).map(({ kind }) => kind);
  const strikes = rest.flatMap(({ strike }) => strike ?? []);
  const impossible = strikes.filter(({ fault }) => !kinds.includes(fault.kind));
  let waiting = strikes
    .filter((strike) => !impossible.includes(strike))
    .map((strike) => ({ ...strike, places: translated(from, strike.places, to) }));
  const held = rest
    .filter(({ label, late }) => late > 0 && label.startsWith('deliver '))
    .map(({ label }) => shape(label));
  const quiet = natural();
  return {
    left: () => [...impossible, ...waiting],
    pick(offered, world) {
      const [next] = waiting;
      const fault = next && isDue(to, world, next) && faultLike(to, offered, next);
      if (next && fault) {
        waiting = waiting.slice(1);
        return { move: fault, at: fault.window[0] };
      }
      const punctual = offered.filter((move) => !held.includes(shape(move.label)));
      const choice = quiet.pick(punctual, world);
      if (choice) return choice;
      // Nothing else can come before it.
      const last = quiet.pick(offered, world);
      if (!last) return null;
      held.splice(held.indexOf(shape(last.move.label)), 1);
      return { move: last.move, at: last.move.window[1] };
    },
  };
}

function placesOf(system: System, world: World): Places {
  return Object.fromEntries(
    Object.entries(system.scenario.clients).map(([id, { lines }]) => {
      const { line, waits } = programState(world, id);
      return [id, line ?? (waits === 'crashed' ? 0 : lines.length)];
    }),
  );
}

/** A line of one program, in another that may have more lines or fewer: the same one, or else the next that both have. */
function translated(from: System, places: Places, to: System): Places {
  return Object.fromEntries(
    Object.entries(places).flatMap(([id, place]) => {
      const [old, now] = [from.scenario.clients[id], to.scenario.clients[id]];
      if (!old || !now) return [];
      for (let at = place; at < old.lines.length; at += 1) {
        const op = old.lines[at]?.run.op;
        const earlier = old.lines.slice(0, at).filter(({ run: line }) => line.op === op).length;
        const found = now.lines.flatMap(({ run: line }, index) => (line.op === op ? [index] : []))[earlier];
        if (found !== undefined) return [[id, found]];
      }
      return [[id, now.lines.length]];
    }),
  );
}

/** A fault at a client, or at a message of a client, waits for that client; one at a server waits for everybody. */
function isDue(system: System, world: World, { fault, label, places }: Strike): boolean {
  const whom = 'node' in fault ? [fault.node] : (endsOf(label) ?? []);
  const clients = whom.filter((id) => id in system.scenario.clients);
  const waitFor = clients.length > 0 ? clients : Object.keys(places);
  const now = placesOf(system, world);
  return waitFor.every((id) => (now[id] ?? 0) >= (places[id] ?? 0));
}

/** The fault on offer that is most like this one: at the same client, or at whichever server there is. */
function faultLike(system: System, offered: readonly Move[], { fault, label }: Strike): Move | undefined {
  const kinds = offered.filter((move) => move.kind === 'fault' && move.fault.kind === fault.kind);
  const exact = kinds.find((move) => move.label === label) ?? kinds.find((move) => shape(move.label) === shape(label));
  if (exact) return exact;
  const ends = endsOf(label);
  if (ends) return kinds.find((move) => isLike(system, ends, endsOf(move.label)));
  if (!('node' in fault) || !(fault.node in system.scenario.clients)) return kinds[0];
  return kinds.find((move) => move.kind === 'fault' && 'node' in move.fault && move.fault.node === fault.node);
}

type Ends = readonly [from: NodeId, to: NodeId];

function endsOf(label: string): Ends | null {
  const found = /(\S+)→(\S+?):/.exec(label);
  return found?.[1] && found[2] ? [found[1], found[2]] : null;
}

/** The same client in the same direction; the store stays the store, where there is one, and servers differ in name only. */
function isLike(system: System, ends: Ends, others: Ends | null): boolean {
  return ends.every((end, at) => {
    const other = others?.[at];
    const fixed = end in system.scenario.clients || (end === 'store' && end in system.actors);
    return fixed ? other === end : other !== undefined && !(other in system.scenario.clients) && other !== 'store';
  });
}

/** A message without its numbers: lengths and tokens differ where knobs do. */
function shape(label: string): string {
  return label.replaceAll(/\d+/g, '#');
}
