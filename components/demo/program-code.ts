// A program's lines as code that reads as code: what an `if` guards stands indented under it, in braces where that is more than one
// line. Worked out from where each line jumps, since a knob may put lines in or take them out. Says nothing about what they do.
import type { Program } from '#lib/lock/index.ts';

type Block = { readonly from: number; readonly to: number };

/** One text for each line, in order; a closing brace stands under the last line that it closes. */
export function codeOf({ lines }: Program): readonly string[] {
  const blocks = lines.flatMap(({ text, run }, at): readonly Block[] => {
    const opens = /^\s*if \(.*\)$/.test(text) && 'else' in run && run.else !== undefined && run.else > at + 1;
    return opens ? [{ from: at, to: Math.min(run.else, lines.length) }] : [];
  });
  // A block that runs out of the one around it would need a brace in two places.
  const nested = blocks.filter((one) => blocks.every((other) => !crosses(other, one)));
  return lines.map(({ text }, at) => {
    const around = nested.filter(({ from, to }) => from < at && at < to);
    const opens = nested.find(({ from }) => from === at);
    const closing = around.filter(({ to, from }) => to === at + 1 && isLong({ from, to })).toReversed();
    const code = `${indent(around.length)}${text.trim()}${opens && isLong(opens) ? ' {' : ''}`;
    return [code, ...closing.map((block) => `${indent(around.indexOf(block))}}`)].join('\n');
  });
}

/** Braces belong to what guards more than one line, or a line that guards another. */
function isLong({ from, to }: Block): boolean {
  return to - from > 2;
}

function crosses(outer: Block, inner: Block): boolean {
  return outer.from < inner.from && inner.from < outer.to && outer.to < inner.to;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
