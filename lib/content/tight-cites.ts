// Authors put a space between a sentence and its <Cite>, since it reads better in the file. On the page the small number must
// never start a line of its own, so the space goes; between two numbers a narrow one that does not break takes its place.

type Node = { type: string; name?: string | null; value?: string; children?: Node[] };

const narrowSpace = '\u202f';
const isCite = (node: Node | undefined) => node?.type === 'mdxJsxTextElement' && node.name === 'Cite';

/** A remark plugin. Changes the tree in place, as remark plugins do. */
export function tightCites() {
  return function visit(node: Node): void {
    for (const [at, child] of (node.children ?? []).entries()) {
      const before = node.children?.[at - 1];
      if (isCite(child) && before?.type === 'text') {
        const betweenTwo = before.value?.trim() === '' && isCite(node.children?.[at - 2]);
        before.value = betweenTwo ? narrowSpace : before.value?.trimEnd();
      }
      visit(child);
    }
  };
}
