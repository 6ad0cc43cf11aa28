// What a lesson file may contain, checked strictly: a misspelt field, a card that is too long or a quiz without its
// explanations stops the build with the file's name, not a reader's evening.
import { z } from 'zod';
import { type Card, cardKinds, depths } from '#lib/study/card.ts';
import { type Quiz, traceAsks } from '#lib/study/quiz.ts';
import { faceOf } from './card-faces.ts';

const permanentId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens');
const keys = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

/** The four parts of the course, in the order in which they are read. */
export const parts = ['why', 'how', 'fails', 'interview'] as const;
export type Part = (typeof parts)[number];
export const partTitles: Readonly<Record<Part, string>> = {
  why: 'Why',
  how: 'How',
  fails: 'How it fails',
  interview: 'In the interview',
};

/** A correction of substance: what is taught otherwise since then, and what was wrong before. */
const revisionSchema = z.strictObject({
  at: z.iso.datetime({ offset: true }),
  what: z
    .string()
    .max(160)
    .regex(/^(?!.*[.!?] )[^\s<>*[\]!][^<>*[\]!\n]*\.$/, 'is one plain sentence, with `code` for all its markup'),
  /** The anchor of the heading in this lesson under which it stands. */
  where: z.string().min(1).optional(),
});
export type Revision = z.infer<typeof revisionSchema>;

const inOrder = (revisions: readonly Revision[]) =>
  revisions.every(({ at }, place) => place === 0 || Date.parse(revisions[place - 1]!.at) <= Date.parse(at));

export const frontMatterSchema = z.strictObject({
  title: z.string().min(1).max(80),
  question: z.string().min(1).max(200),
  promise: z.string().min(1).max(240),
  minutes: z.int().min(2).max(12),
  part: z.enum(parts),
  /** Slugs of the lessons that this one builds on. */
  needs: z.array(permanentId),
  teaches: z.array(z.string().min(1)),
  /** Not wording, and nothing that was only added: whoever has read the lesson is told of each. */
  revised: z.array(revisionSchema).refine(inOrder, 'the newest revision stands last').default([]),
});
export type FrontMatter = z.infer<typeof frontMatterSchema>;

const number = z.string().transform((text, context) => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  context.addIssue({ code: 'custom', message: `"${text}" is not a number` });
  return z.NEVER;
});

export const cardSchema = z
  .strictObject({
    id: permanentId,
    kind: z.enum(cardKinds).default('question'),
    q: z.string().min(1).max(160).optional(),
    a: z.string().min(1).max(220).optional(),
    sum: permanentId.optional(),
    cite: keys.refine((list) => list.length > 0, 'a card names at least one source'),
    depth: z.enum(depths).default('mid'),
    tags: keys.default([]),
    contrast: permanentId.optional(),
    demo: permanentId.optional(),
    value: number.optional(),
    tolerance: number.optional(),
    unit: z.string().optional(),
  })
  .superRefine(({ kind, q, a, sum, value, tolerance, unit, demo }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', message });
    if (kind === 'sum') {
      if (sum === undefined) return fault('a sum card needs sum="…", a numeric drill');
      if (!faceOf(sum, null)) fault(`there is no numeric drill "${sum}" that asks for one number`);
      if ([q, a, value, tolerance, unit].some((said) => said !== undefined))
        fault('a sum card has question, answer and number from its drill');
      return;
    }
    if (sum !== undefined) fault('only a sum card names a drill');
    for (const [path, said] of Object.entries({ q, a }))
      if (said === undefined) context.addIssue({ code: 'custom', path: [path], message: `a card needs ${path}="…"` });
    if (q === undefined) return;
    if (kind === 'cloze' && !q.includes('____')) fault('a cloze card has a gap, written ____, in q');
    if (kind === 'number' && value === undefined) fault('a number card needs value="…"');
    if (kind !== 'number' && value !== undefined) fault('only a number card has a value');
    if (kind === 'next' && demo === undefined) fault('a card that asks what happens next needs demo="…"');
  })
  .transform(
    ({ q = '', a = '', cite, ...rest }): Omit<Card, 'lesson' | 'heading'> => ({
      ...rest,
      question: q,
      answer: a,
      cites: cite,
      ...(rest.sum === undefined ? {} : faceOf(rest.sum, null)),
    }),
  );

export const optionSchema = z.strictObject({
  correct: z.boolean().optional(),
  why: z.string().min(1),
  value: z.string().optional(),
  /** The number of the misconception that this option puts into words (fact sheet, 8.11). */
  myth: number.optional(),
});

export const quizSchema = z.strictObject({
  id: permanentId,
  kind: z.enum(['single', 'several', 'order', 'number', 'predict', 'trace']),
  question: z.string().min(1),
  card: permanentId,
  answer: number.optional(),
  tolerance: number.optional(),
  unit: z.string().optional(),
  why: z.string().optional(),
  demo: permanentId.optional(),
  /** For kind trace: what is asked of a history, and of which property. */
  ask: z.enum(traceAsks).optional(),
  property: permanentId.optional(),
  depth: z.enum(depths).default('mid'),
});

/** The rules that hold between a question and its options; null when all is well. */
export function quizFault(quiz: Quiz): string | null {
  const right = quiz.options.filter((option) => option.correct).length;
  if (quiz.kind === 'number') {
    if (quiz.answer === undefined) return 'a number question needs answer="…"';
    if (quiz.options.some((option) => option.value === undefined))
      return 'each option of a number question needs value="…"';
    return quiz.options.length < 1 ? 'a number question explains at least one wrong number' : null;
  }
  if (quiz.kind === 'trace') {
    if (!quiz.demo || !quiz.ask || !quiz.property) return 'a trace question needs demo="…", ask="…" and property="…"';
    return quiz.options.length > 0 ? 'a trace question has no options: the engine makes them' : null;
  }
  if (quiz.ask || quiz.property) return 'only a trace question has ask="…" and property="…"';
  if (quiz.options.length < 2) return 'a question needs at least two options';
  if (quiz.kind === 'order') return right > 0 ? 'options of an ordering carry no `correct`' : null;
  if (quiz.kind === 'several')
    return right < 1 || right === quiz.options.length ? 'some options must be right and some wrong' : null;
  if (quiz.kind === 'predict' && !quiz.demo) return 'a predict question needs demo="…"';
  return right === 1 ? null : 'exactly one option must be correct';
}

export const citeSchema = z.strictObject({ of: z.string().min(1) });

/** `predict` names the question that is asked before the demo runs. */
export const demoSchema = z.strictObject({ id: permanentId, predict: permanentId.optional() });

const numbers = keys.pipe(z.array(number));

/** What of the fact sheet is taught where it stands: its points (0.2) and its corrections of the seed (7.1), by number. */
export const coversSchema = z.strictObject({ points: numbers.default([]), corrections: numbers.default([]) });
export type Covers = z.infer<typeof coversSchema> & { readonly heading: string };

export const depthSchema = z.strictObject({ level: z.enum(['senior', 'staff']) });

export const claimSchema = z.strictObject({
  scenario: permanentId,
  property: permanentId,
  is: z.enum(['holds', 'violated']),
});
export type Claim = z.infer<typeof claimSchema>;
