'use server';
// Setting a card aside and taking it back from the list of the deck. One button sends the version that its page saw, and from that the
// id of the event follows: a press that is sent twice is the same event, and a page that is behind is refused.
import { z } from 'zod';
import type { Said } from '#components/deck/aside-form.tsx';
import { cardById } from '#lib/content/cards.ts';
import { action } from '#lib/server/action.ts';
import { write } from '#lib/server/reviews.ts';

const press = z.strictObject({
  viewerId: z.string().min(1).max(80),
  kind: z.enum(['aside', 'back']),
  seenVersion: z.int().nonnegative(),
  cardId: z.string().min(1).max(80),
});

const runPress = action(
  press,
  (viewer, { cardId, kind, seenVersion }) => {
    const id = [viewer.id, cardId, seenVersion, kind].join(' ');
    return write(viewer.id, { id, cardId, kind, seenVersion }, Date.now());
  },
  (input, who) => {
    if (who?.id !== input.viewerId) return { kind: 'somebody-else' } as const;
    return cardById(input.cardId) ? null : ({ kind: 'no-such-card' } as const);
  },
);

/** `card` is what the pressed button says: `aside 3 fencing-who-checks`. */
export async function postAside(_: Said | null, form: FormData): Promise<Said> {
  const fields = form instanceof FormData ? form : new FormData();
  const [, kind = '', version = '', cardId = ''] =
    /^(aside|back) (\d{1,9}) (.+)$/.exec(String(fields.get('card'))) ?? [];
  const input = { viewerId: String(fields.get('viewer')), kind: kind as 'aside', seenVersion: Number(version), cardId };
  const result = await runPress(input);
  // The same press from two pages is one event, and the card may have been taken back since.
  const isAsAsked = result.kind !== 'saved' || (result.aside === true) === (kind === 'aside');
  const came = isAsAsked ? result.kind : 'stale';
  return { kind: came, message: messageOf(came, kind, cardById(cardId)?.question.replaceAll('`', '') ?? '') };
}

function messageOf(came: string, kind: string, question: string): string {
  if (came === 'saved' && kind === 'aside') return `Set aside: “${question}” It is not asked until you take it back.`;
  if (came === 'saved') return `Taken back: “${question}” It is asked again when it is due.`;
  if (came === 'stale') return `Not saved: “${question}” has changed meanwhile. The list shows how it is now.`;
  if (came === 'somebody-else') return 'Not saved: somebody else is signed in here now. Reload the page.';
  return 'Not saved: this cannot be read. Reload the page.';
}
