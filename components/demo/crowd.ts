// Forty-seven clients do not fit on forty-seven lanes with names on every arrow. Here each request is one thin row: when the
// resource let it read, when its write was accepted, and how it ended. The places are shares of the run, so the picture fits
// every width; steps, not milliseconds, since all of it happens within a few of them.
// Pure, like layout.ts.
import { chronicle, type Ms, type NodeId, type Scenario, type Trace } from '#lib/lock/index.ts';

/** With more clients than this, the crowd is drawn instead of lanes. */
export const CROWD = 8;

/** Each number is a count of steps: at this many steps made, it has happened. */
export type CrowdRow = {
  readonly id: NodeId;
  readonly read: number | null;
  readonly write: number | null;
  /** The first write is a ticket; each later one is a ticket for the same seat. */
  readonly first: boolean;
  readonly holds: { readonly from: number; readonly until: number | null } | null;
  readonly ended: number | null;
  readonly turnedAway: boolean;
};
export type CrowdPicture = {
  readonly steps: number;
  readonly groups: readonly { readonly name: string; readonly rows: readonly CrowdRow[] }[];
  readonly ticks: readonly { readonly step: number; readonly at: Ms }[];
  readonly writes: readonly number[];
  readonly locks: number;
};

export function crowdOf(trace: Trace, scenario: Scenario): CrowdPicture {
  const { accesses } = chronicle(trace);
  const writes = accesses.filter(({ what, accepted }) => what === 'write' && accepted);
  const groups = scenario.groups ?? { requests: Object.keys(scenario.clients) };
  const row = (id: NodeId): CrowdRow => {
    const read = accesses.find(({ who, what, accepted }) => who === id && what === 'read' && accepted);
    const write = writes.find(({ who }) => who === id);
    const happened = (is: (event: Trace['steps'][number]['events'][number]) => boolean) => {
      const index = trace.steps.findIndex(({ events }) =>
        events.some((event) => 'who' in event && event.who === id && is(event)),
      );
      return index < 0 ? null : index + 1;
    };
    const from = happened((event) => event.kind === 'answered' && event.op === 'acquire' && event.result.ok);
    const ended = happened((event) => event.kind === 'finished');
    return {
      id,
      read: read ? read.step + 1 : null,
      write: write ? write.step + 1 : null,
      first: write !== undefined && write === writes[0],
      holds: from === null ? null : { from, until: happened((event) => event.kind === 'left') },
      ended,
      turnedAway: ended !== null && !write,
    };
  };
  return {
    steps: trace.steps.length,
    groups: Object.entries(groups).map(([name, ids]) => ({ name, rows: ids.map(row) })),
    ticks: ticksOf(trace),
    writes: writes.map(({ step }) => step + 1),
    locks: Object.keys(trace.start.nodes).filter((id) => id !== 'store' && !scenario.clients[id]).length,
  };
}

/** The start and the end always have their time; between them, as many as there is room for. */
function ticksOf(trace: Trace): { step: number; at: Ms }[] {
  const steps = trace.steps.length;
  const ticks = [{ step: 0, at: trace.start.now.$at }];
  // The words at the two ends stand inside the picture, not centred on their moment, and need more room.
  const apart = (from: number, to: number) => (to - from) / steps > (from === 0 || to === steps ? 0.17 : 0.11);
  trace.steps.forEach(({ at: { $at: at } }, index) => {
    const before = ticks.at(-1);
    if (before?.at !== at && apart(before?.step ?? 0, index + 1) && apart(index + 1, steps)) {
      ticks.push({ step: index + 1, at });
    }
  });
  const end = trace.steps.at(-1);
  return end ? [...ticks, { step: steps, at: end.at.$at }] : ticks;
}

/** How many tickets have been sold when so many steps have been made. */
export function soldAt({ writes }: CrowdPicture, cursor: number): number {
  return writes.filter((step) => step <= cursor).length;
}
