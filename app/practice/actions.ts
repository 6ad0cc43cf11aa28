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

// Every message is a whole sentence, because a person reads it. What no form of ours can send gets one for all.
const odd = 'The form was not understood. Reload the page and try again.';
const blank = z.literal('');
const spoken = (name: string, longest: number) =>
  z.string(odd).max(longest, `${name} may have at most ${longest} characters.`).default('');
const duration = (name: string, atLeast: number) =>
  z
    .string(odd)
    .trim()
    .refine(
      (text) => text === '' || parseSeconds(text, atLeast) !== null,
      `${name} has to be a plain number of seconds, such as 30, and at most a day.`,
    )
    .default('');

const answer = z
  .strictObject(
    {
      id: z.uuid(odd),
      questionId: z.string(odd).min(1, odd).max(80, odd),
      useCase: spoken('The use case', longestUseCase),
      lock: z.union([z.enum(lockIds), blank], odd).default(''),
      reason: spoken('The reason', longestReason),
      ttl: duration('The TTL', 0.01),
      heartbeat: duration('The heartbeat', 0),
      fencing: z.union([z.enum(fencingIds), blank], odd).default(''),
      notes: spoken('What you add', longestNotes),
      seconds: z.coerce.number().int().min(0).max(86_400).catch(0),
    },
    odd,
  )
  .refine(
    ({ lock, reason, ttl, heartbeat, fencing, notes }) =>
      [lock, reason, ttl, heartbeat, fencing, notes].some((text) => text.trim() !== ''),
    'Fill in at least one blank.',
  );

const runSave = action(
  answer,
  (viewer, { id, questionId, seconds, ...rest }) =>
    keepAttempt(viewer.id, { id, questionId, seconds, blanks: parseBlanks(rest) }, Date.now()),
  ({ questionId }) => (questionById(questionId) ? null : ({ kind: 'no-such-question' } as const)),
);

/** Refuses in words for a person; the wrapper's own message names the field as the code calls it. */
async function save(input: unknown) {
  const parsed = answer.safeParse(input);
  if (!parsed.success) return { kind: 'bad-input', message: parsed.error.issues[0]?.message ?? odd } as const;
  return runSave(parsed.data);
}

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
  return save(input);
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
  const result = await save(given);
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
