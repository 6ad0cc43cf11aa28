'use client';
// A review: one card, its answer, four grades. Everything can be done from the keyboard, and nothing waits for the network.
import Link from 'next/link';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Backing } from '#components/cards/backing.ts';
import { CardBacking } from '#components/cards/card-backing.tsx';
import { cardAsks } from '#components/cards/card-kind.ts';
import { TypedAnswer, TypedVerdict } from '#components/cards/typed-answer.tsx';
import type { Chosen } from '#components/deck/study-head.tsx';
import { refreshMe } from '#components/shell/use-me.ts';
import { Button } from '#components/ui/button.tsx';
import { InlineCode } from '#components/ui/inline-code.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import type { Card } from '#lib/study/card.ts';
import type { Faces } from '#lib/study/card-face.ts';
import { countsOf, remaining } from '#lib/study/queue.ts';
import type { GradeNumber, Memory } from '#lib/study/schedule.ts';
import { EndScreen } from './end-screen.tsx';
import { GradeBar } from './grade-bar.tsx';
import { browserStorage, makeOutbox, type Send, useOutboxState } from './outbox.ts';
import { nextDueOf, shownCard, startSession, step } from './session-state.ts';

export type SessionProps = {
  readonly viewerId: string;
  readonly cards: readonly {
    readonly card: Card;
    readonly memory: Memory | null;
    readonly version: number;
    readonly front?: boolean;
    readonly ahead?: boolean;
  }[];
  /** Null for what is due. */
  readonly chosen: Chosen | null;
  readonly lessonTitles: Readonly<Record<string, string>>;
  /** What stands behind each card, by its id. */
  readonly backings: Readonly<Record<string, Backing>>;
  /** For cards whose numbers change: what they ask, time after time. */
  readonly faces: Faces;
  readonly nextDue: number | null;
  readonly now: number;
  readonly send: Send;
};

/** However often each of them came back. */
const cardsOf = (done: readonly { readonly cardId: string }[]) => new Set(done.map(({ cardId }) => cardId)).size;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

export function Session(props: SessionProps) {
  const { viewerId, cards, chosen, lessonTitles, backings, faces, nextDue, now: startedAt, send } = props;
  const [state, dispatch] = useReducer(step, null, () => startSession(cards, startedAt, faces));
  const [now, setNow] = useState(startedAt);
  /** As it was at the start, like the cards. */
  const [ownChoice] = useState(chosen);
  /** What was typed for the card that is shown, if its kind asks for a number. */
  const [typed, setTyped] = useState<number | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const outbox = useMemo(
    () =>
      makeOutbox(
        (operation) => send({ ...operation, viewerId }),
        browserStorage(viewerId),
        (operation, answer) => {
          refreshMe();
          if (answer.kind !== 'stale' && answer.kind !== 'saved') {
            return dispatch({ kind: 'refused', cardId: operation.cardId });
          }
          const { kind, version, memory, aside } = answer;
          dispatch({ kind, cardId: operation.cardId, version, memory, aside, now: Date.now() });
        },
      ),
    [send, viewerId],
  );
  const sending = useOutboxState(outbox);
  const last = state.done.at(-1);
  const current = shownCard(state);
  const backing = current ? backings[current.id] : undefined;
  const left = remaining(state.cards, now);
  const counts = countsOf(left);

  const reveal = useCallback((said: number | null = null) => {
    setTyped(said);
    setNow(Date.now());
    dispatch({ kind: 'reveal' });
  }, []);

  const grade = useCallback(
    (given: GradeNumber) => {
      if (!current || !state.revealed) return;
      const at = Date.now();
      const { id: cardId, version: seenVersion } = current;
      outbox.push({ kind: 'grade', reviewId: crypto.randomUUID(), cardId, seenVersion, grade: given });
      dispatch({ kind: 'grade', grade: given, now: at });
      setNow(at);
    },
    [current, outbox, state.revealed],
  );

  const setAside = useCallback(() => {
    if (!current) return;
    const at = Date.now();
    const { id: cardId, version: seenVersion } = current;
    outbox.push({ kind: 'aside', reviewId: crypto.randomUUID(), cardId, seenVersion });
    dispatch({ kind: 'aside', now: at });
    setNow(at);
  }, [current, outbox]);

  const undo = useCallback(() => {
    const card = state.cards.find((one) => one.id === last?.cardId);
    if (!card) return;
    outbox.push({ kind: 'undo', reviewId: crypto.randomUUID(), cardId: card.id, seenVersion: card.version });
    // What was typed since then was for another question.
    setTyped(null);
    dispatch({ kind: 'undo', now: Date.now() });
    setNow(Date.now());
  }, [last, outbox, state.cards]);

  useEffect(() => {
    function press(event: KeyboardEvent) {
      // Over the card there may be the palette.
      if (document.querySelector('dialog[open]')) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const onControl = event.target instanceof HTMLElement && event.target.closest('a, button, summary') !== null;
      if (event.key === 'u') return undo();
      if (event.key === 's') return setAside();
      if ((event.key === ' ' || event.key === 'Enter') && !onControl && current && !state.revealed) {
        event.preventDefault();
        reveal();
      }
      if (state.revealed && ['1', '2', '3', '4'].includes(event.key)) grade(Number(event.key) as GradeNumber);
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [current, grade, reveal, setAside, state.revealed, undo]);

  // Each new card takes the focus, also one that comes again at once, so that a screen reader reads it and the keyboard starts there.
  const shown = current && `${current.id} ${current.memory.reps}`;
  const first = useRef(true);
  useEffect(() => {
    if (shown !== null && !first.current) heading.current?.focus();
    first.current = false;
  }, [shown]);

  // A learning card comes back by itself when its minutes are over.
  const wakeAt = current ? null : nextDueOf(state, null);
  useEffect(() => {
    if (wakeAt === null) return;
    const timer = setTimeout(
      () => dispatch({ kind: 'look', now: Date.now() }),
      Math.min(wakeAt - Date.now(), 2 ** 30) + 50,
    );
    return () => clearTimeout(timer);
  }, [wakeAt]);

  return (
    <div>
      <div className="flex min-h-9 flex-wrap items-baseline justify-between gap-x-6 text-sm text-muted">
        <p>
          <span className="tabular-nums">{counts.fresh}</span> new,{' '}
          <span className="tabular-nums">{counts.learning}</span> learning,{' '}
          <span className="tabular-nums">{counts.review}</span> to review
        </p>
        <p role="status">
          {sending.foreign
            ? `${sending.waiting} not saved: somebody else is signed in here now. Reload the page.`
            : sending.failing
              ? `${sending.waiting} not saved yet: the server does not answer. Trying again; keep going.`
              : sending.waiting > 0
                ? 'Saving…'
                : last
                  ? last.grade === null
                    ? 'Set aside, and saved'
                    : 'Saved'
                  : ''}
        </p>
      </div>
      {state.notice && (
        <p role="alert" className="mt-3 border-l-2 border-ink pl-4">
          {state.notice}
        </p>
      )}
      {current ? (
        <section aria-label="Card" className="mt-4 flex min-h-[22rem] flex-col border-t border-ink pt-6">
          <h2
            ref={heading}
            tabIndex={-1}
            className="font-serif text-[1.625rem] leading-snug font-[560] text-balance outline-none"
          >
            <InlineCode text={current.card.question} />
          </h2>
          {(current.card.kind !== 'question' || current.card.depth !== 'mid') && (
            <p className="mt-2 text-sm text-muted">{cardAsks(current.card)}</p>
          )}
          {current.front && (
            <p className="mt-2 text-sm text-muted">
              Comes first: you were certain what a demo of its lesson would do, and it went otherwise.
            </p>
          )}
          <div aria-live="polite" className="mt-6 min-h-28">
            {state.revealed && (
              <>
                <TypedVerdict card={current.card} typed={typed} />
                <p className="font-serif text-xl leading-relaxed">
                  <InlineCode text={current.card.answer} />
                </p>
                <p className="mt-4 text-sm text-muted">
                  From{' '}
                  <Link
                    href={`/lessons/${current.card.lesson}${current.card.heading ? `#${current.card.heading}` : ''}`}
                  >
                    {lessonTitles[current.card.lesson]}
                  </Link>
                  {current.card.demo && (
                    <>
                      , shown in <Link href={`/demos/${current.card.demo}`}>this demo</Link>
                    </>
                  )}
                </p>
                {backing && <CardBacking {...backing} />}
              </>
            )}
          </div>
          <div className="mt-auto pt-6">
            {state.revealed ? (
              <GradeBar cardId={current.id} memory={current.memory} now={now} grade={grade} />
            ) : current.card.value !== undefined ? (
              <TypedAnswer key={shown} card={current.card} commit={reveal} />
            ) : (
              <Button variant="primary" onClick={() => reveal()} className="w-full sm:w-auto">
                Show answer <Kbd>space</Kbd>
              </Button>
            )}
          </div>
        </section>
      ) : (
        <EndScreen
          graded={cardsOf(state.done.filter(({ grade: given }) => given !== null))}
          aside={cardsOf(state.done.filter(({ grade: given }) => given === null))}
          nextDue={nextDueOf(state, nextDue)}
          chosen={ownChoice}
        />
      )}
      <p className="mt-4 flex min-h-11 flex-wrap justify-between gap-x-6">
        {last ? (
          <Button variant="plain" size="small" className="px-0!" onClick={undo}>
            {last.grade === null ? 'Undo setting aside' : 'Undo the last grade'} <Kbd>u</Kbd>
          </Button>
        ) : (
          <span />
        )}
        {current && (
          <Button variant="plain" size="small" className="px-0! text-muted! hover:text-ink!" onClick={setAside}>
            Set aside <Kbd>s</Kbd>
          </Button>
        )}
      </p>
      {current && !ownChoice && (
        <p className="mt-6 border-t border-line pt-2 text-sm">
          <Link href="/review/deck" prefetch={false} className="inline-flex min-h-11 items-center">
            Your deck
          </Link>
        </p>
      )}
    </div>
  );
}
