// Reads content/use-cases/*.mdx: a page for each of the six use cases, all built alike, so that a reader who knows one knows where
// to look in the next. Strict like lessons, and stricter about the sections. A use case has no cards and asks nothing: the lessons
// do that, and the page leads to them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type UseCaseId, useCaseIds } from '#lib/practice/template.ts';
import { checked } from './lessons.ts';
import { attributes, elements, type MdxNode, parse, plainText, splitFrontMatter } from './mdx.ts';
import { type Claim, citeSchema, claimSchema } from './schema.ts';

export const sections = [
  'The race',
  'Watch it break',
  'The weak answer',
  'The strong answer',
  'Watch it hold',
  'It happened',
] as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug is lower-case words joined by hyphens');

const frontMatter = z.strictObject({
  title: z.string().min(1).max(40),
  question: z.string().min(1).max(160),
  /** What keeps it right in a strong answer, in a sentence. */
  decides: z.string().min(1).max(160),
  /** The demo that breaks, and the one that holds. Both stand in the text. */
  demo: slug,
  cure: slug,
  /** The interview question to answer afterwards. */
  practice: slug,
  /** The answers that lead the wizard to the strong answer. */
  wizard: z.record(slug, slug),
  lessons: z.array(slug).min(1),
});

export type UseCase = z.infer<typeof frontMatter> & {
  readonly id: UseCaseId;
  readonly body: string;
  readonly claims: readonly Claim[];
  /** Source keys in the order in which the text first cites them. */
  readonly cites: readonly string[];
  readonly demos: readonly string[];
};

const folder = path.join(process.cwd(), 'content', 'use-cases');
// No `predict`: what a demo asks before it runs is asked in one place, and that is a lesson.
const demoSchema = z.strictObject({ id: slug });
const belongInLessons = ['Card', 'Quiz', 'Covers', 'Depth'] as const;

/** Reads one page from its file name and text. Throws with the file's name when the text breaks a rule. */
export function readUseCase(name: string, text: string): UseCase {
  const id = useCaseIds.find((one) => name === `${one}.mdx`);
  if (!id) throw new Error(`${name}: a use case's file is called after it: ${useCaseIds.join(', ')}`);
  const { data, body } = splitFrontMatter(text);
  const front = checked(frontMatter, data, `${name}, front matter`);
  const tree = parse(body);
  const every = <S extends z.ZodType>(element: string, schema: S): z.output<S>[] =>
    elements(tree, element).map((node) =>
      checked(schema, attributes(node), `${name}:${node.position?.start.line} <${element}>`),
    );
  const demos = every('Demo', demoSchema).map((demo) => demo.id);
  const headings = (tree.children ?? []).filter(isHeading).map(plainText);
  const fault = (message: string) => new Error(`${name}: ${message}`);
  if (headings.join() !== sections.join()) throw fault(`its sections are ${sections.join(', ')}, in this order`);
  if (demos.join() !== [front.demo, front.cure].join())
    throw fault('its demos are those of the front matter, in order');
  const stray = elements(tree, ...belongInLessons)[0];
  if (stray) throw fault(`<${stray.name}> belongs in a lesson`);
  return {
    ...front,
    id,
    body,
    claims: every('Claim', claimSchema),
    cites: [...new Set(every('Cite', citeSchema).map((cite) => cite.of))],
    demos,
  };
}

function isHeading(node: MdxNode): boolean {
  return node.type === 'heading';
}

let kept: readonly UseCase[] | undefined;

/** All six, in their order. Read once in production; in development each time. */
export function allUseCases(): readonly UseCase[] {
  if (kept && process.env.NODE_ENV === 'production') return kept;
  kept = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => readUseCase(name, readFileSync(path.join(folder, name), 'utf8')))
    .sort((one, two) => useCaseIds.indexOf(one.id) - useCaseIds.indexOf(two.id));
  return kept;
}

export function findUseCase(id: string): UseCase | undefined {
  return allUseCases().find((one) => one.id === id);
}
