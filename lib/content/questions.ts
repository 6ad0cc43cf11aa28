// Reads content/questions/*.mdx: what the interviewer asks, what is true of the resource, the model's blanks, the rubric, and
// as the body the model answer. Strict like lessons. `publicPart` is what a page may send to the browser before the
// learner has answered: everything except the model.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseBlanks } from '#lib/practice/blanks-url.ts';
import type { Facts } from '#lib/practice/rule.ts';
import { type Blanks, fencingIds, lockIds, type UseCaseId, useCaseIds, type Words } from '#lib/practice/template.ts';
import { render, splitFrontMatter } from './mdx.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug is lower-case words joined by hyphens');
const sentence = z.string().trim().min(1);

const questionSchema = z.strictObject({
  title: sentence.max(60),
  about: z.enum(useCaseIds),
  useCase: sentence.max(80),
  prompt: sentence.max(600),
  resource: sentence.regex(/^(the|our|a|an) /, 'a resource starts with its article, so that it fits into a sentence'),
  refusal: sentence.nullable(),
  correctness: z.boolean(),
  checksToken: z.boolean(),
  transactional: z.boolean(),
  seconds: z.int().min(30).max(900),
  model: z.strictObject({
    lock: z.enum(lockIds),
    reason: sentence.max(600),
    ttl: z.number().positive().optional(),
    heartbeat: z.number().nonnegative().optional(),
    fencing: z.enum(fencingIds),
    notes: sentence.max(1200).optional(),
  }),
  points: z
    .array(z.strictObject({ text: sentence.max(160), lesson: slug }))
    .min(4)
    .max(8),
  lessons: z.array(slug).min(1),
  cites: z.array(slug).min(1),
});

export type Point = { readonly text: string; readonly lesson: string };

/** What the browser may know before the answer is saved. */
export type AskedQuestion = {
  readonly id: string;
  readonly title: string;
  readonly useCase: string;
  readonly prompt: string;
  readonly facts: Facts;
  readonly words: Words;
  /** Target for thinking and filling in the template. */
  readonly seconds: number;
};

export type Question = AskedQuestion & {
  readonly about: UseCaseId;
  readonly model: Blanks;
  readonly points: readonly Point[];
  readonly lessons: readonly string[];
  readonly cites: readonly string[];
  /** The model answer in MDX. */
  readonly body: string;
};

const folder = path.join(process.cwd(), 'content', 'questions');
const fileName = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.mdx$/;

export function readQuestion(name: string, text: string): Question {
  const id = fileName.exec(name)?.[1];
  if (id === undefined) throw new Error(`${name}: a question's file is called id.mdx`);
  const { data, body } = splitFrontMatter(text);
  const parsed = questionSchema.safeParse(data);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'front matter'}: ${issue.message}`);
    throw new Error(`${name}: ${reasons.join('; ')}`);
  }
  const front = parsed.data;
  return {
    id,
    title: front.title,
    about: front.about,
    useCase: front.useCase,
    prompt: front.prompt,
    facts: {
      useCase: front.about,
      correctness: front.correctness,
      checksToken: front.checksToken,
      transactional: front.transactional,
      refusal: front.refusal,
    },
    words: { resource: front.resource },
    seconds: front.seconds,
    // Through the same door as a learner's answer, so that a model can say nothing that a learner could not.
    model: parseBlanks({
      useCase: front.useCase,
      ...front.model,
      ttl: front.model.ttl === undefined ? '' : String(front.model.ttl),
      heartbeat: front.model.heartbeat === undefined ? '' : String(front.model.heartbeat),
    }),
    points: front.points,
    lessons: front.lessons,
    cites: front.cites,
    body,
  };
}

let kept: readonly Question[] | undefined;

/** All questions, in the order of the use cases. Read once in production; in development each time. */
export function allQuestions(): readonly Question[] {
  if (kept && process.env.NODE_ENV === 'production') return kept;
  const rank = (question: Question) => useCaseIds.indexOf(question.about);
  kept = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .map((name) => readQuestion(name, readFileSync(path.join(folder, name), 'utf8')))
    .sort((a, b) => rank(a) - rank(b));
  return kept;
}

export function questionById(id: string): Question | undefined {
  return allQuestions().find((question) => question.id === id);
}

const compiled = new Map<string, ReturnType<typeof render>>();

/** The model answer as a component: compiled once for each question in production, in development each time. */
export function modelAnswer({ id, body }: Question): ReturnType<typeof render> {
  const before = compiled.get(id);
  if (before && process.env.NODE_ENV === 'production') return before;
  const fresh = render(body);
  compiled.set(id, fresh);
  return fresh;
}

export function publicPart({ id, title, useCase, prompt, facts, words, seconds }: Question): AskedQuestion {
  return { id, title, useCase, prompt, facts, words, seconds };
}
