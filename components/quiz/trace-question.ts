// A question that the engine makes: a fresh history, something to say about it, and one right answer, which is read off the run.
// An author names the scenario, the property and what is asked (`<Quiz kind="trace" demo="…" property="…" ask="…" />`); the seed
// makes the rest. What comes out is plain data, so that a page can be drawn from it without the engine.
import { toQuery } from '#components/demo/demo-url.ts';
import { compile, type LockEvent, type PropertyId, propertyById, type Scenario } from '#lib/lock/index.ts';
import type { TraceAsk } from '#lib/study/quiz.ts';
import { type History, historyOf, type Line } from './history.ts';

export type TraceSpec = { readonly demo: string; readonly ask: TraceAsk; readonly property: PropertyId };

export type TraceOption = {
  readonly text: string;
  /** The line that it points at; null for an answer about the history as a whole. */
  readonly line: number | null;
  /** Why it is right or wrong. */
  readonly why: string;
};

export type TraceQuestion = TraceSpec & {
  readonly seed: number;
  /** Where it happens: the title of the scenario. */
  readonly title: string;
  /** What the property claims. */
  readonly claim: string;
  readonly lines: readonly { readonly at: number; readonly text: string }[];
  readonly options: readonly TraceOption[];
  readonly right: number;
  /** What the engine says of this history. */
  readonly told: string;
  /** The line at which the property breaks. */
  readonly brokenAt: number | null;
  /** The demo at this step of exactly this run. */
  readonly href: string;
};

export const TRACE_ASKS: Readonly<Record<TraceAsk, string>> = {
  safe: 'Is this history safe?',
  step: 'Point at the step that breaks it.',
  refused: 'Which write should have been refused?',
};

/** Null when the scenario has no such history to show: a mistake of whoever wrote the question, or the address. */
export function traceQuestion(
  scenario: Scenario,
  { ask, property }: Omit<TraceSpec, 'demo'>,
  seed: number,
): TraceQuestion | null {
  if (ask === 'refused' && !ABOUT_WRITES.includes(property)) return null;
  const history = historyOf(scenario, property, seed, FITS[ask]);
  if (!history) return null;
  const { trace, lines, violation } = history;
  const claim = propertyById(property)?.title ?? '';
  const brokenAt = violation && lines.findIndex(({ step }) => step === violation.step);
  const cursor = violation ? violation.step + 1 : trace.steps.length;
  const told = violation ? violation.words : `No step breaks it. ${claim}`;
  const { options, right } = OPTIONS[ask]({ history, told, brokenAt });
  return {
    demo: scenario.id,
    ask,
    property,
    seed,
    title: scenario.title,
    claim,
    lines: lines.map(({ at, text }) => ({ at, text })),
    options,
    right,
    told,
    brokenAt,
    href: `/demos/${scenario.id}${toQuery(compile(scenario), trace, cursor)}`,
  };
}

/** Properties that a write can break. */
const ABOUT_WRITES: readonly PropertyId[] = ['no-lost-update', 'no-stale-write', 'no-double-effect'];

type Judged = { readonly history: History; readonly told: string; readonly brokenAt: number | null };
type Answers = { readonly options: readonly TraceOption[]; readonly right: number };

const FITS: Readonly<Record<TraceAsk, (history: History) => boolean>> = {
  safe: () => true,
  step: ({ violation, lines }) => violation !== null && lines.length >= 4,
  refused: isAboutWrites,
};

const OPTIONS: Readonly<Record<TraceAsk, (judged: Judged) => Answers>> = {
  safe: ({ told, brokenAt }) => ({
    options: [
      { text: 'Safe', line: null, why: told },
      { text: 'Not safe', line: null, why: told },
    ],
    right: brokenAt === null ? 0 : 1,
  }),
  step: ({ history: { lines }, told, brokenAt }) => ({
    options: lines.map((line, at) => ({
      text: line.text,
      line: at,
      why: at === brokenAt ? told : stepWhy(at, brokenAt ?? -1, lines),
    })),
    right: brokenAt ?? -1,
  }),
  refused: ({ history, told, brokenAt }) => {
    const writes = acceptedWrites(history);
    const options = writes.map(({ line, event }) => ({
      text: history.lines[line]?.text ?? '',
      line,
      why: line === brokenAt ? told : `Nothing was wrong with ${event.who}’s write when it came.`,
    }));
    const none = { text: 'None: every write may stand', line: null, why: told };
    const right = brokenAt === null ? writes.length : writes.findIndex(({ line }) => line === brokenAt);
    return { options: [...options, none], right };
  },
};

function stepWhy(at: number, brokenAt: number, lines: readonly Line[]): string {
  const when = lines[brokenAt]?.at;
  return at < brokenAt
    ? `Up to here nothing is broken; that happens later, at ${when} ms.`
    : `It is broken by then: it happened before, at ${when} ms.`;
}

type Write = { readonly line: number; readonly event: Extract<LockEvent, { kind: 'accessed' }> };

function acceptedWrites({ trace, lines }: History): readonly Write[] {
  return lines.flatMap(({ step }, line) =>
    (trace.steps[step]?.events ?? []).flatMap((event) =>
      event.kind === 'accessed' && event.what === 'write' && event.accepted ? [{ line, event }] : [],
    ),
  );
}

/**
 * At least two writes to choose from, and no dispute about which is to blame: where there are tokens, the write that breaks the
 * property is also the only one below a token that the store has seen before, on a read or a write.
 */
function isAboutWrites(history: History): boolean {
  const { trace, lines, violation } = history;
  const writes = acceptedWrites(history);
  const own = violation && lines.findIndex(({ step }) => step === violation.step);
  if (writes.length < 2 || new Set(writes.map(({ line }) => line)).size < writes.length) return false;
  if (own !== null && !writes.some(({ line }) => line === own)) return false;
  let highest = 0;
  const late: number[] = [];
  for (const [index, { events }] of trace.steps.entries()) {
    for (const event of events) {
      if (event.kind !== 'accessed') continue;
      if (event.what === 'write' && event.accepted && event.fence < highest) late.push(index);
      highest = Math.max(highest, event.fence);
    }
  }
  // Without tokens nothing says of a write after the break whether it would have stood.
  if (highest === 0) return own === null || own === writes.at(-1)?.line;
  return violation === null ? late.length === 0 : late.length === 1 && late[0] === violation.step;
}
