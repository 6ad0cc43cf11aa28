'use client';
// The form beside the paragraph that it makes. Everything is worked out in the browser while one types; the server sees the
// answer when it is saved. Without script it is a plain form, and the paragraph appears on the page of the saved attempt.
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useActionState, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { parseBlanks } from '#lib/practice/blanks-url.ts';
import type { Facts } from '#lib/practice/rule.ts';
import { check } from '#lib/practice/rules.ts';
import { assemble, type Blanks, lockKind, speakingSeconds, type Words } from '#lib/practice/template.ts';
import { aboutSeconds, clock } from './clock.ts';
import { type Draft, dropDraft, readDraft, type Typed, writeDraft } from './draft.ts';
import { BlankFields } from './fields.tsx';
import { type LessonTitles, LiveFindings } from './findings.tsx';
import { Paragraph } from './paragraph.tsx';
import { useStopwatch } from './stopwatch.ts';

export type SaveAnswer = (
  input: Typed & { readonly id: string; readonly questionId: string; readonly seconds: string },
) => Promise<
  | { readonly kind: 'saved'; readonly id: string; readonly questionId: string }
  | { readonly kind: 'bad-input'; readonly message: string }
  | { readonly kind: 'no-such-question' | 'id-taken' }
>;

type Posted = { readonly message: string; readonly typed: Blanks };
export type PostAnswer = (before: Posted | null, form: FormData) => Promise<Posted | null>;

export type EditorProps = {
  readonly question: {
    readonly id: string;
    readonly useCase: string;
    readonly facts: Facts;
    readonly words: Words;
    readonly seconds: number;
  };
  /** From the address: the wizard's answer, or an earlier attempt. */
  readonly brought: Blanks;
  readonly wasBrought: boolean;
  /** For a form without script; the browser makes its own id as soon as it can. */
  readonly serverId: string;
  readonly titles: LessonTitles;
  readonly save: SaveAnswer;
  readonly post: PostAnswer;
};

/** A finding that comes and goes with every letter helps nobody: words are judged when the typing rests. */
const restMs = 700;

function typedOf(blanks: Blanks): Typed {
  return {
    useCase: blanks.useCase,
    lock: blanks.lock ?? '',
    reason: blanks.reason,
    ttl: blanks.ttlSeconds === null ? '' : String(blanks.ttlSeconds),
    heartbeat: blanks.heartbeatSeconds === null ? '' : String(blanks.heartbeatSeconds),
    fencing: blanks.fencing ?? '',
    notes: blanks.notes,
  };
}

const sameWords = (a: Typed, b: Typed) => (Object.keys(a) as (keyof Typed)[]).every((name) => a[name] === b[name]);

const newId = (otherwise: string): string => globalThis.crypto.randomUUID?.() ?? otherwise;

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

export function Editor({ question, brought, wasBrought, serverId, titles, save, post }: EditorProps) {
  const router = useRouter();
  const [posted, postAction] = useActionState(post, null);
  const start = typedOf(posted?.typed ?? brought);
  const [typed, setTyped] = useState<Typed>(start);
  const [id, setId] = useState(serverId);
  const [awake, setAwake] = useState(false);
  const [earlier, setEarlier] = useState<Draft | null>(null);
  const [saving, setSaving] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const watch = useStopwatch();
  const { reset } = watch;
  const touched = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const first = useRef(start);

  const take = (draft: Draft) => {
    touched.current = true;
    setTyped(draft.typed);
    setId(draft.id);
    reset(draft.seconds);
    setEarlier(null);
  };

  // Once, when the script is there: the browser may know more than the server did.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is read once, later changes are our own
  useEffect(() => {
    setAwake(true);
    setId(newId(serverId));
    const draft = readDraft(question.id);
    if (draft === null || sameWords(draft.typed, first.current)) return;
    if (wasBrought || touched.current) setEarlier(draft);
    else take(draft);
  }, []);

  useEffect(() => {
    if (touched.current) writeDraft(question.id, { id, typed, seconds: watch.seconds });
  }, [question.id, id, typed, watch.seconds]);

  const onType = (name: keyof Typed, value: string) => {
    touched.current = true;
    setMessage(null);
    setTyped((before) => ({ ...before, [name]: value }));
    watch.nudge();
  };

  const startOver = () => {
    touched.current = false;
    dropDraft(question.id);
    setTyped({ ...typedOf(parseBlanks({})), useCase: question.useCase });
    setId(newId(serverId));
    setMessage(null);
    reset();
    form.current?.querySelector<HTMLElement>('#blank-lock')?.focus();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    setMessage(null);
    try {
      const result = await save({ ...typed, id, questionId: question.id, seconds: String(watch.seconds) });
      if (result.kind === 'saved') {
        touched.current = false;
        dropDraft(question.id);
        router.push(`/practice/${result.questionId}/${result.id}`);
        return;
      }
      if (result.kind === 'id-taken') {
        // Saved in another tab, then changed here: these words become an attempt of their own.
        setId(newId(serverId));
        setMessage('This draft was already saved in another tab. Press again to save these words as a new attempt.');
      } else {
        setMessage(result.kind === 'bad-input' ? `Not saved. ${result.message}` : 'Not saved: this question is gone.');
      }
    } catch {
      setMessage('Not saved: the server did not answer. Your words are kept in this browser; try again.');
    }
    setSaving(false);
  };

  const blanks = parseBlanks(typed);
  const restedReason = useRested(typed.reason);
  const restedNotes = useRested(typed.notes);
  const judged: Blanks = {
    ...blanks,
    // An emptied blank is empty at once; only the judgement of words waits.
    reason: blanks.reason === '' ? '' : restedReason.trim() || blanks.reason,
    notes: blanks.notes === '' ? '' : restedNotes.trim(),
  };
  const paragraph = assemble(blanks, question.words);
  const shown = message ?? (posted ? `Not saved. ${posted.message}` : null);

  return (
    // One form around everything: on a phone the paragraph and the findings come before the button, beside the blanks elsewhere.
    <form
      ref={form}
      action={postAction}
      onSubmit={submit}
      aria-label="Your answer in the template"
      className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]"
    >
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="questionId" value={question.id} />
      <input type="hidden" name="seconds" value={watch.seconds} />
      <div>
        {earlier && (
          <p className="mb-5 border-l-2 border-line pl-3 text-sm">
            You have an unfinished answer from before.{' '}
            <Button variant="plain" size="small" className="min-h-0 p-0" onClick={() => take(earlier)}>
              Restore it
            </Button>
          </p>
        )}
        <BlankFields typed={typed} kind={lockKind(blanks.lock)} onType={onType} />
      </div>

      <div className="lg:row-span-2">
        <div className="mb-3 flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line pb-2">
          <h2 id="your-answer" className="text-sm font-[600]">
            Your answer
          </h2>
          {awake && (
            <div className="flex items-center gap-3 text-sm">
              <span role="timer" aria-label="Time taken" className="text-muted">
                <span className="text-base text-ink tabular-nums">{clock(watch.seconds)}</span> of{' '}
                {clock(question.seconds)}
              </span>
              <Button size="small" onClick={watch.toggle} className="min-w-20">
                {watch.running ? 'Pause' : watch.seconds > 0 ? 'Continue' : 'Start timer'}
              </Button>
            </div>
          )}
        </div>
        <section aria-labelledby="your-answer">
          <Paragraph blanks={blanks} words={question.words} />
          <p className="mt-3 text-sm text-muted">Say it aloud: {aboutSeconds(speakingSeconds(paragraph))}.</p>
        </section>
        <LiveFindings
          findings={check(judged, question.facts, question.words)}
          chosen={judged.lock !== null}
          titles={titles}
        />
        <noscript>
          <p className="mt-4 text-muted">Without script, the paragraph and the findings appear once you save.</p>
        </noscript>
      </div>

      <div>
        <p role="status" className={shown ? 'mb-5 border-l-2 border-ink pl-3' : ''}>
          {shown}
        </p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Button type="submit" variant="primary" aria-disabled={saving}>
            {saving ? 'Saving' : 'Save attempt'}
          </Button>
          {awake && (
            <Button variant="plain" className="px-0" onClick={startOver}>
              Start over
            </Button>
          )}
        </div>
        <p className="mt-3 text-sm text-muted">
          Saving shows the model answer beside yours.{' '}
          <Link
            href={`/practice/${question.id}/model`}
            prefetch={false}
            className="text-muted underline hover:text-ink"
          >
            Show it without saving
          </Link>
        </p>
      </div>
    </form>
  );
}
