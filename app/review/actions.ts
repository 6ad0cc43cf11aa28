'use server';
// Grading, setting aside and undoing. The client's id makes a repeated submission harmless; the version it saw fences out a stale tab.
import { z } from 'zod';
import { cardById } from '#lib/content/cards.ts';
import { action } from '#lib/server/action.ts';
import { write } from '#lib/server/reviews.ts';

const cardId = z.string().min(1).max(80);
const seen = { viewerId: z.string().min(1).max(80), reviewId: z.uuid(), cardId, seenVersion: z.int().nonnegative() };

const operation = z.discriminatedUnion('kind', [
  z.strictObject({ ...seen, kind: z.literal('grade'), grade: z.literal([1, 2, 3, 4]) }),
  z.strictObject({ ...seen, kind: z.literal(['undo', 'aside']) }),
]);

const noSuchCard = (id: string) => (cardById(id) ? null : ({ kind: 'no-such-card' } as const));

const runReview = action(
  operation,
  (viewer, { reviewId, viewerId: _, ...input }) => write(viewer.id, { ...input, id: reviewId }, Date.now()),
  // The cookie says who asks now; a page that was opened by somebody else must not write into their deck.
  (input, who) => (who?.id === input.viewerId ? noSuchCard(input.cardId) : ({ kind: 'somebody-else' } as const)),
);

export async function reviewCard(input: z.input<typeof operation>) {
  return runReview(input);
}

const several = z.strictObject({ cardIds: z.array(cardId).min(1).max(20) });

const runBring = action(
  several,
  async (viewer, input) => {
    for (const one of new Set(input.cardIds)) {
      const event = { id: crypto.randomUUID(), cardId: one, kind: 'bring', seenVersion: 'any' } as const;
      const result = await write(viewer.id, event, Date.now());
      if (result.kind !== 'saved') return result;
    }
    return { kind: 'saved' as const };
  },
  // All or none: a list with an unknown card in it is refused before the first is brought.
  (input) => input.cardIds.map(noSuchCard).find((refused) => refused !== null) ?? null,
);

/** Puts several cards into the queue of today: a newcomer's first ones. */
export async function bringCards(input: z.input<typeof several>) {
  return runBring(input);
}
