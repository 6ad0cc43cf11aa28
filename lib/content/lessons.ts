// Reads content/lessons/NNN-slug.mdx: front matter, and from the syntax tree the cards, quizzes, claims, cites and demos that
// stand in the prose. The number in the file name is the order, the rest is the permanent slug.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { attributes, elements, type MdxNode, parse, plainText, splitFrontMatter } from './mdx.ts';
import {
  type Claim,
  cardSchema,
  claimSchema,
  type FrontMatter,
  frontMatterSchema,
  optionSchema,
  quizFault,
  quizSchema,
} from './schema.ts';

export type Lesson = FrontMatter & {
  readonly slug: string;
  readonly order: number;
  readonly body: string;
  readonly cards: readonly Card[];
  readonly quizzes: readonly Quiz[];
  readonly claims: readonly Claim[];
  /** Source keys in the order in which the text first cites them. */
  readonly cites: readonly string[];
  readonly demos: readonly string[];
  readonly headings: readonly string[];
};

const folder = path.join(process.cwd(), 'content', 'lessons');
const fileName = /^(\d{3})-([a-z0-9-]+)\.mdx$/;

function checked<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`);
  throw new Error(`${where}: ${reasons.join('; ')}`);
}

function readQuiz(node: MdxNode, where: string): Quiz {
  const head = checked(quizSchema, attributes(node), where);
  const options = elements(node, 'Option').map((option) => {
    const { why, correct, value } = checked(optionSchema, attributes(option), `${where}, an <Option>`);
    const text = plainText(option).trim();
    return { text, why, correct: correct ?? false, ...(value === undefined ? {} : { value: Number(value) }) };
  });
  const quiz: Quiz = { ...head, options };
  const fault = quizFault(quiz);
  if (fault) throw new Error(`${where}: ${fault}`);
  return quiz;
}

const unique = (list: readonly string[]): string[] => [...new Set(list)];

/** Reads one lesson from its file name and text. Throws with file and line when the text breaks a rule. */
export function readLesson(name: string, text: string): Lesson {
  const parts = fileName.exec(name);
  if (!parts) throw new Error(`${name}: a lesson's file is called NNN-slug.mdx`);
  const [, order, slug] = parts as unknown as [string, string, string];
  const { data, body } = splitFrontMatter(text);
  const front = checked(frontMatterSchema, data, `${name}, front matter`);
  const tree = parse(body);
  const where = (node: MdxNode) => `${name}:${node.position?.start.line} <${node.name}>`;
  const cards = elements(tree, 'Card').map((node) => ({
    ...checked(cardSchema, attributes(node), where(node)),
    lesson: slug,
  }));
  const inText = elements(tree, 'Cite').map((node) => attributes(node).of);
  return {
    ...front,
    slug,
    order: Number(order),
    body,
    cards,
    quizzes: elements(tree, 'Quiz').map((node) => readQuiz(node, where(node))),
    claims: elements(tree, 'Claim').map((node) => checked(claimSchema, attributes(node), where(node))),
    cites: unique(inText.filter((key): key is string => typeof key === 'string')),
    demos: unique(elements(tree, 'Demo').flatMap((node) => String(attributes(node).id))),
    headings: (tree.children ?? []).filter((node) => node.type === 'heading').map(plainText),
  };
}

let kept: readonly Lesson[] | undefined;

/** All lessons in order. Read once in production; in development each time, so that an author sees an edit on reload. */
export function allLessons(): readonly Lesson[] {
  if (kept && process.env.NODE_ENV === 'production') return kept;
  kept = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .map((name) => readLesson(name, readFileSync(path.join(folder, name), 'utf8')));
  return kept;
}

export function lessonBySlug(slug: string): Lesson | undefined {
  return allLessons().find((lesson) => lesson.slug === slug);
}
