// Where cites stand on the page. Authors put <Cite> after a sentence, with a space before it, since that reads well in the file.
// On the page the small number must never start a line of its own, so the space goes; between two numbers a narrow one
// that does not break takes its place. The sources' names stand in the margin beside the block that cites them: an element
// <CiteNotes> is set before that block, since a note inside a sentence would tear it apart for a screen reader.

type Node = {
  type: string;
  name?: string | null;
  value?: string;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
};

const narrowSpace = '\u202f';
const isCite = (node: Node | undefined) => node?.type === 'mdxJsxTextElement' && node.name === 'Cite';

/** A remark plugin. Changes the tree in place, as remark plugins do. */
export function placeCites() {
  return function place(root: Node): void {
    tighten(root);
    root.children = (root.children ?? []).flatMap((block) => {
      const keys = keysIn(block);
      return keys.length > 0 ? [notes(keys), block] : [block];
    });
  };
}

function tighten(node: Node): void {
  for (const [at, child] of (node.children ?? []).entries()) {
    const before = node.children?.[at - 1];
    if (isCite(child) && before?.type === 'text') {
      const betweenTwo = before.value?.trim() === '' && isCite(node.children?.[at - 2]);
      before.value = betweenTwo ? narrowSpace : before.value?.trimEnd();
    }
    tighten(child);
  }
}

function keysIn(node: Node): string[] {
  const own = isCite(node) ? node.attributes?.find((attribute) => attribute.name === 'of')?.value : undefined;
  const inside = (node.children ?? []).flatMap(keysIn);
  return typeof own === 'string' ? [own, ...inside] : inside;
}

function notes(keys: readonly string[]): Node {
  const attributes = [{ type: 'mdxJsxAttribute', name: 'of', value: [...new Set(keys)].join(' ') }];
  return { type: 'mdxJsxFlowElement', name: 'CiteNotes', attributes, children: [] };
}
