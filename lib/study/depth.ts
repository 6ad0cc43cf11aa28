// How deep a card or question goes, against how deep its reader wants to go.
import { type Depth, depths } from './card.ts';

type Deep = { readonly depth: Depth };

export function isBeyond(depth: Depth, chosen: Depth): boolean {
  return depths.indexOf(depth) > depths.indexOf(chosen);
}

/** Said after the kind of a card or question. Of the depth that everybody reads nothing is said. */
export function depthWord(depth: Depth): string {
  return depth === 'mid' ? '' : `, ${depth}`;
}

/** What a lesson does not show to somebody who reads at one depth, and the depth that shows all of it. */
export type Hidden = { readonly chosen: Depth; readonly says: string; readonly shownAt: Depth };

/** One entry for each depth at which something is hidden. */
export function hiddenAt(questions: readonly Deep[], cards: readonly Deep[]): readonly Hidden[] {
  return depths.flatMap((chosen) => {
    const [ofQuestions, ofCards] = [questions, cards].map((list) =>
      list.filter(({ depth }) => isBeyond(depth, chosen)),
    );
    const all = [...(ofQuestions ?? []), ...(ofCards ?? [])];
    if (all.length === 0) return [];
    const counted = [counts(ofQuestions?.length ?? 0, 'question'), counts(ofCards?.length ?? 0, 'card')];
    const what = counted.filter((words) => words !== '').join(' and ');
    const shownAt = all.some(({ depth }) => depth === 'staff') ? 'staff' : 'senior';
    return [{ chosen, says: `${what} ${all.length === 1 ? 'is' : 'are'} not shown.`, shownAt }];
  });
}

function counts(count: number, of: string): string {
  return count === 0 ? '' : `${count} deeper ${of}${count === 1 ? '' : 's'}`;
}
