// A number and its unit are one word to a reader: "30" at the end of a line and "s" at the start of the next is read twice. So
// the space between them is one that does not break. Code keeps its spaces: it may be copied.
import { withUnits } from '#lib/study/units.ts';

type Node = { readonly type: string; readonly tagName?: string; value?: string; readonly children?: readonly Node[] };

function keepIn(node: Node): void {
  if (node.tagName === 'code' || node.tagName === 'pre') return;
  if (node.type === 'text') node.value = withUnits(node.value ?? '');
  for (const child of node.children ?? []) keepIn(child);
}

/** For rehype. */
export function keepUnits() {
  return keepIn;
}
