// What things are called on the screen: shortened messages and the buttons that make moves. What a run and a verdict are in
// words, the engine says itself (lib/lock/narration.ts, words.ts). Pure text, no markup.
import { type Bounds, boundsOf, count, type Move, type Scenario, type Verdict } from '#lib/lock/index.ts';

/**
 * What fits beside an arrow: the command without its key, its unique value and its token, all of which stand elsewhere
 * in the picture. 'SET lock A1 NX PX 30' becomes 'SET NX PX 30', and '/lock/A1-0000000001' 'A1-1'.
 */
export function shortName(name: string, keys: readonly string[]): string {
  const bare = name
    .replace(/ ?\(token \d+\)/, '')
    .replace(/\/lock\/(?=\w)/g, '')
    .replace(/-0{5,}(?=\d)/g, '-');
  const isCommand = /^[A-Z]{2,}\b/.test(bare);
  if (!isCommand) return bare;
  const kept = bare
    .split(' ')
    .filter((part, at) => at === 0 || !(keys.includes(part) || /^[A-Za-z]\w*\d+(\.\d+)?$/.test(part)));
  while (kept.at(-1) === 'IFEQ') kept.pop();
  return kept.join(' ');
}

/** A button that makes a move. The engine's label is exact; this is how a person would say it. */
export function moveWords(move: Move): string {
  const delivery = /^deliver (.+?)→(.+?): (.+)$/.exec(move.label);
  if (delivery) return `Deliver “${delivery[3]}” from ${delivery[1]} to ${delivery[2]}`;
  const timer = /^timer (.+?): (.+)$/.exec(move.label);
  if (timer) return `Let ${timer[1]}’s timer fire: ${timer[2]}`;
  const line = /^(.+?): (.+)$/.exec(move.label);
  if (line) return `Let ${line[1]} run: ${line[2]}`;
  return move.label.charAt(0).toUpperCase() + move.label.slice(1);
}

/** As many states as a search in a page may be asked to look at; by then its memory decides. */
export const MOST_STATES = 2_000_000;

export type AskInstead = {
  /** Searches of the same scenario that say less, or look further. Each is a button. */
  readonly searches: readonly { readonly text: string; readonly within: Partial<Bounds> }[];
  /** A smaller question, in a sentence. */
  readonly smaller: string;
};

/** What to ask after a search that came to no end; null if it did come to one. */
export function askInstead(scenario: Scenario, verdict: Verdict): AskInstead | null {
  if (verdict.kind !== 'unknown') return null;
  const { timing, states, stoppedBy } = verdict;
  // The limit that it came up against; the scenario's own may have been raised since.
  const limit = Math.max(boundsOf(scenario).states, states);
  const further = Math.min(10 * limit, MOST_STATES);
  const searches: AskInstead['searches'] = [
    ...(timing === 'every-ms'
      ? [
          {
            text: 'Search more coarsely: each move only at its earliest and its latest',
            within: { timing: 'corners' as const },
          },
        ]
      : []),
    ...(stoppedBy === 'states' && further > limit
      ? [{ text: `Search on, up to ${count(further, 'state')}`, within: { timing, states: further } }]
      : []),
  ];
  const faults = scenario.faults.reduce((sum, { atMost }) => sum + atMost, 0);
  const renews = Object.values(scenario.clients).some(({ lines }) =>
    lines.some(({ run }) => run.op === 'acquire' && run.renew !== undefined),
  );
  const fewer = [
    ...(Object.keys(scenario.clients).length > 2 ? ['fewer clients'] : []),
    ...(faults > 1 ? ['fewer faults'] : []),
    ...(renews ? ['no heartbeat'] : []),
    'shorter work',
  ];
  return { searches, smaller: `A smaller question may have an answer: ${listed(fewer)}.` };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
