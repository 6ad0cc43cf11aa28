// The wrapper of every server action: the input is parsed before anybody is asked for or anything is written, and bad input is
// answered as a value. An action is a public address: anybody can post anything to it.
import 'server-only';
import type { z } from 'zod';
import { type Viewer, viewer, viewerOrGuest } from './viewer.ts';

export type BadInput = { readonly kind: 'bad-input'; readonly message: string };

/**
 * Turns `work` into a server action. Somebody without a session becomes a guest first, since what an action does is worth keeping;
 * `refuse` names what is not, such as an answer to a question that does not exist, before anybody becomes anything.
 */
export function action<S extends z.ZodType, R, F = never>(
  schema: S,
  work: (who: Viewer, input: z.output<S>) => Promise<R>,
  refuse: (input: z.output<S>, who: Viewer | null) => F | null = () => null,
): (input: z.input<S>) => Promise<R | F | BadInput> {
  return async (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return {
        kind: 'bad-input',
        message: `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not understood'}`,
      };
    }
    const refused = refuse(parsed.data, await viewer());
    if (refused !== null) return refused;
    return work(await viewerOrGuest(), parsed.data);
  };
}
