// Reads content/lessons/NNN-slug.mdx: front matter, and from the syntax tree the cards, quizzes, claims, cites and demos that
// stand in the prose. The number in the file name is the order, the rest is the permanent slug.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import type { z } from 'zod';
import type { Card } from '#lib/study/card.ts';
import type { Quiz } from '#lib/study/quiz.ts';
import { attributes, elements, type MdxNode, parse, plainText, splitFrontMatter } from './mdx.ts';
import {
  type Claim,
  type Covers,
  cardSchema,
  citeSchema,
  claimSchema,
  coversSchema,
  demoSchema,
  depthSchema,
  type FrontMatter,
  frontMatterSchema,
  optionSchema,
  quizFault,
  quizSchema,
} from './schema.ts';

/** `anchor` is the id that its page gives it. */
export type Heading = { readonly text: string; readonly anchor: string; readonly depth: number; readonly line: number };

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
  /** Where they stand, in the order of the text; one that stands twice is in it twice. */
  readonly runs: readonly { readonly demo: string; readonly heading: string | null }[];
  /** Which question is put to which demo. */
  readonly predictions: readonly { readonly demo: string; readonly question: string }[];
  readonly headings: readonly Heading[];
  /** What of the fact sheet it teaches, and under which heading. */
  readonly covers: readonly Covers[];
};

const folder = path.join(process.cwd(), 'content', 'lessons');
const fileName = /^(\d{3})-([a-z0-9-]+)\.mdx$/;

/** The value as the schema has it, or an error that says where and why not. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`);
  throw new Error(`${where}: ${reasons.join('; ')}`);
}

type Where = (node: MdxNode) => string;

function readQuiz(node: MdxNode, where: Where): Quiz {
  const head = checked(quizSchema, attributes(node), where(node));
  const options = elements(node, 'Option').map((option) => {
    const { why, correct, value, myth } = checked(optionSchema, attributes(option), where(option));
    const text = plainText(option).trim();
    const extras = {
      ...(value === undefined ? {} : { value: Number(value) }),
      ...(myth === undefined ? {} : { myth }),
    };
    return { text, why, correct: correct ?? false, ...extras };
  });
  const quiz: Quiz = { ...head, options };
  const fault = quizFault(quiz);
  if (fault) throw new Error(`${where(node)}: ${fault}`);
  return quiz;
}

function lineOf(node: MdxNode): number {
  return node.position?.start.line ?? 0;
}

/** All headings in the order of the text, with the anchors that rehype-slug gives them. */
function headingsIn(tree: MdxNode): Heading[] {
  const slugger = new GithubSlugger();
  const inside = (node: MdxNode): MdxNode[] =>
    node.type === 'heading' ? [node] : (node.children ?? []).flatMap((child) => inside(child));
  return inside(tree).map((node) => {
    const text = plainText(node);
    return { text, anchor: slugger.slug(text), depth: node.depth ?? 2, line: lineOf(node) };
  });
}

const unique = (list: readonly string[]): string[] => [...new Set(list)];

/** Reads one lesson from its file name and text. Throws with file and line when the text breaks a rule. */
export function readLesson(name: string, text: string): Lesson {
  try {
    return read(name, text);
  } catch (error) {
    // The parsers of MDX and YAML know the line and not the file.
    const { message, line } = error as { message: string; line?: number };
    if (message.startsWith(name)) throw error;
    throw new Error(`${name}${line === undefined ? '' : `:${line}`}: ${message}`, { cause: error });
  }
}

function read(name: string, text: string): Lesson {
  const parts = fileName.exec(name);
  if (!parts) throw new Error(`${name}: a lesson's file is called NNN-slug.mdx`);
  const [, order, slug] = parts as unknown as [string, string, string];
  const { data, body } = splitFrontMatter(text);
  const front = checked(frontMatterSchema, data, `${name}, front matter`);
  const tree = parse(body);
  const where: Where = (node) => `${name}:${node.position?.start.line} <${node.name}>`;
  const headings = headingsIn(tree);
  const under = (node: MdxNode) => headings.findLast(({ line }) => line < lineOf(node))?.anchor ?? null;
  const cards = elements(tree, 'Card').map((node) => ({
    ...checked(cardSchema, attributes(node), where(node)),
    lesson: slug,
    heading: under(node),
  }));
  const every = <S extends z.ZodType>(element: string, schema: S) =>
    elements(tree, element).map((node) => checked(schema, attributes(node), where(node)));
  const demos = every('Demo', demoSchema);
  every('Depth', depthSchema);
  return {
    ...front,
    slug,
    order: Number(order),
    body,
    cards,
    quizzes: elements(tree, 'Quiz').map((node) => readQuiz(node, where)),
    claims: every('Claim', claimSchema),
    cites: unique(every('Cite', citeSchema).map((cite) => cite.of)),
    demos: unique(demos.map((demo) => demo.id)),
    runs: elements(tree, 'Demo').map((node, at) => ({ demo: demos[at]!.id, heading: under(node) })),
    predictions: demos.flatMap(({ id, predict }) => (predict === undefined ? [] : [{ demo: id, question: predict }])),
    headings,
    covers: elements(tree, 'Covers').map((node) => ({
      ...checked(coversSchema, attributes(node), where(node)),
      heading: under(node) ?? '',
    })),
  };
}

type Kept = { lessons?: { readonly stamp: string; readonly all: readonly Lesson[] } };

// A built site loads this module once for its pages, once for its actions and once for each address under /api. Reading takes a
// second, so they share what was read. In development each reads for itself, and a changed reader is used at once.
const kept: Kept = process.env.NODE_ENV === 'production' ? shared() : {};

function shared(): Kept {
  const site = globalThis as { fencepostCourse?: Kept };
  site.fencepostCourse ??= {};
  return site.fencepostCourse;
}

/** All lessons in order. In development read again when a file has changed, so that an author sees an edit on reload. */
export function allLessons(): readonly Lesson[] {
  if (kept.lessons && process.env.NODE_ENV === 'production') return kept.lessons.all;
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .sort();
  const stamp = names.map((name) => `${name} ${statSync(path.join(folder, name)).mtimeMs}`).join();
  if (kept.lessons?.stamp !== stamp) {
    kept.lessons = { stamp, all: names.map((name) => readLesson(name, readFileSync(path.join(folder, name), 'utf8'))) };
  }
  return kept.lessons.all;
}

/** The lesson that puts this question to this demo. */
export function lessonAsking(demo: string, question: string): Lesson | undefined {
  return allLessons().find(({ predictions }) =>
    predictions.some((one) => one.demo === demo && one.question === question),
  );
}

export function lessonBySlug(slug: string): Lesson | undefined {
  return allLessons().find((lesson) => lesson.slug === slug);
}
