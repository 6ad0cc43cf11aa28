// The wrapper of every server action: the input is parsed before anybody is asked for or anything is written, and bad input is
// answered as a value. An action is a public address: anybody can post anything to it.
import 'server-only';
import type { z } from 'zod';
import { type Viewer, viewerOrGuest } from './viewer.ts';

export type BadInput = { readonly kind: 'bad-input'; readonly message: string };

/**
 * Turns `work` into a server action. Somebody without a session becomes a guest first, since what an action does is worth keeping.
 */
export function action<S extends z.ZodType, R>(
  schema: S,
  work: (viewer: Viewer, input: z.output<S>) => Promise<R>,
): (input: z.input<S>) => Promise<R | BadInput> {
  return async (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return {
        kind: 'bad-input',
        message: `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not understood'}`,
      };
    }
    return work(await viewerOrGuest(), parsed.data);
  };
}
