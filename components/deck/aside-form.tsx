'use client';
// One form around the whole list, whose every button sets one card aside or takes it back. Without script it is posted and the page
// comes back with what happened; with script the list changes in place, and what happened is said.
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useActionState, useEffect, useRef, useState, useTransition } from 'react';
import { refreshMe } from '#components/shell/use-me.ts';

export type Said = { readonly kind: string; readonly message: string };
export type PostAside = (before: Said | null, form: FormData) => Promise<Said>;

const unanswered: Said = { kind: 'failed', message: 'Not saved: the server did not answer. Press again.' };

export function AsideForm({ viewerId, post, children }: { viewerId: string; post: PostAside; children: ReactNode }) {
  const [posted, action] = useActionState(post, null);
  const [said, setSaid] = useState<Said | null>(null);
  const [waiting, begin] = useTransition();
  const pressed = useRef<HTMLElement | null>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const router = useRouter();

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    pressed.current = submitter;
    const form = new FormData(event.currentTarget, submitter);
    begin(async () => {
      const answer = await post(null, form).catch(() => unanswered);
      setSaid(answer);
      // Without an answer there is nothing new to fetch, and a page that cannot be fetched would take this one's place.
      if (answer === unanswered) return;
      refreshMe();
      router.refresh();
    });
  }

  // Under a filter the row may be gone, and the focus with it: it goes to the words that say why.
  useEffect(() => {
    if (!pressed.current || document.contains(pressed.current)) return;
    pressed.current = null;
    status.current?.focus();
  });

  const shown = waiting ? 'Saving…' : (said ?? posted)?.message;
  return (
    <form action={action} onSubmit={send} aria-label="Cards" aria-busy={waiting}>
      <input type="hidden" name="viewer" value={viewerId} />
      {children}
      <p
        ref={status}
        role="status"
        tabIndex={-1}
        className={
          shown ? 'sticky bottom-0 -mx-[1.125rem] border-t border-ink bg-paper px-[1.125rem] py-3 text-[0.9375rem]' : ''
        }
      >
        {shown}
      </p>
    </form>
  );
}
