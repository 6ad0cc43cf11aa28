'use server';
// Saving an answer and ticking its rubric. Each comes in two forms: called by script, where a failure is shown beside the form, and
// posted by a plain form, where success leads to the attempt's page.
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { questionById } from '#lib/content/questions.ts';
import { longestNotes, longestReason, longestUseCase, parseBlanks, parseSeconds } from '#lib/practice/blanks-url.ts';
import { type Blanks, fencingIds, lockIds } from '#lib/practice/template.ts';
import { action } from '#lib/server/action.ts';
import { saveAttempt as keepAttempt, tickPoints as keepTicks } from '#lib/server/attempts.ts';

const blank = z.literal('');
const spoken = (longest: number) => z.string().max(longest, `at most ${longest} characters`).default('');
const duration = (name: string, atLeast: number) =>
  z
    .string()
    .trim()
    .refine(
      (text) => text === '' || parseSeconds(text, atLeast) !== null,
      `${name} in seconds as a plain number, such as 30, at most a day`,
    )
    .default('');

const answer = z
  .strictObject({
    id: z.uuid(),
    questionId: z.string().min(1).max(80),
    useCase: spoken(longestUseCase),
    lock: z.enum(lockIds).or(blank).default(''),
    reason: spoken(longestReason),
    ttl: duration('the TTL', 0.01),
    heartbeat: duration('the heartbeat', 0),
    fencing: z.enum(fencingIds).or(blank).default(''),
    notes: spoken(longestNotes),
    seconds: z.coerce.number().int().min(0).max(86_400).catch(0),
  })
  .refine(
    ({ lock, reason, ttl, heartbeat, fencing, notes }) =>
      [lock, reason, ttl, heartbeat, fencing, notes].some((text) => text.trim() !== ''),
    { message: 'fill in at least one blank', path: ['answer'] },
  );

const runSave = action(
  answer,
  (viewer, { id, questionId, seconds, ...rest }) =>
    keepAttempt(viewer.id, { id, questionId, seconds, blanks: parseBlanks(rest) }, Date.now()),
  ({ questionId }) => (questionById(questionId) ? null : ({ kind: 'no-such-question' } as const)),
);

const fields = [
  'id',
  'questionId',
  'useCase',
  'lock',
  'reason',
  'ttl',
  'heartbeat',
  'fencing',
  'notes',
  'seconds',
] as const;
export type AnswerFields = Readonly<Record<(typeof fields)[number], string>>;

export async function saveAttempt(input: AnswerFields) {
  return runSave(input as z.input<typeof answer>);
}

/** What a plain form is answered with when nothing was saved: why not, and what had been typed. */
export type Posted = { readonly message: string; readonly typed: Blanks };

export async function postAttempt(_before: Posted | null, form: FormData): Promise<Posted | null> {
  // An action is a public address: what arrives need not be a form.
  const read = (name: string) => (form instanceof FormData ? form.get(name) : null);
  const given = Object.fromEntries(
    fields.flatMap((name) =>
      typeof read(name) === 'string' ? [[name, String(read(name)).replace(/\r\n/g, '\n')]] : [],
    ),
  );
  const result = await runSave(given as z.input<typeof answer>);
  if (result.kind === 'saved') redirect(`/practice/${result.questionId}/${result.id}`);
  const message =
    result.kind === 'bad-input'
      ? result.message
      : result.kind === 'id-taken'
        ? 'This form was already saved with other words. Reload the page to start a new attempt.'
        : 'There is no such question.';
  return { message, typed: parseBlanks(given) };
}

const ticks = z.strictObject({ id: z.uuid(), ticked: z.array(z.int().nonnegative().max(50)).max(50) });
const runTick = action(ticks, (viewer, { id, ticked }) => keepTicks(viewer.id, id, ticked));

export async function tickPoints(input: { id: string; ticked: number[] }) {
  return runTick(input);
}

/** The rubric as a plain form: the boxes that are ticked arrive, the others do not. */
export async function postTicks(form: FormData): Promise<void> {
  if (!(form instanceof FormData)) return;
  const ticked = form.getAll('ticked').map(Number);
  const result = await runTick({ id: String(form.get('id')), ticked });
  const question = String(form.get('questionId'));
  if (result.kind === 'saved' && /^[a-z0-9-]{1,80}$/.test(question)) {
    redirect(`/practice/${question}/${String(form.get('id'))}`);
  }
}
