// What things are called on the screen: shortened messages and the buttons that make moves. What a run and a verdict are in
// words, the engine says itself (lib/lock/narration.ts, words.ts). Pure text, no markup.
import type { Move } from '#lib/lock/index.ts';

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
