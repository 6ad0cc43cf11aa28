// Pending things: what they are called, and which of them travel.
import type { NodeId, Pending } from './types.ts';

export function isMessage(
  pending: Pending,
): pending is Pending & { readonly input: { readonly kind: 'message'; readonly from: NodeId } } {
  return pending.input.kind === 'message';
}

/** The label of the move that takes it, before it is made unique. */
export function labelOf({ to, name, input }: Pending): string {
  switch (input.kind) {
    case 'message':
      return `deliver ${input.from}→${to}: ${name}`;
    case 'timer':
      return `timer ${to}: ${name}`;
    default:
      return `${to}: ${name}`;
  }
}
