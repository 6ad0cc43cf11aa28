// What the lessons say in a line or two, read from the places where they say it: for the cheat sheet, which copies nothing. A place that
// is gone stops the build.
import { type Lesson, lessonBySlug } from './lessons.ts';
import { elements, type MdxNode, parse, plainText } from './mdx.ts';

export type Mistake = { readonly said: string; readonly better: string };

/** The sentences that end interviews, each with what to say in its place. */
export function threeMistakes(): readonly Mistake[] {
  const lesson = named('three-mistakes');
  return lesson.headings.flatMap(({ text, anchor }) => {
    const said = /^(?:One|Two|Three): (.+)$/.exec(text)?.[1];
    return said === undefined ? [] : [{ said, better: sayThisUnder(lesson, anchor) }];
  });
}

/** Both sides of the debate about Redlock, as somebody says it in an interview. */
export function debateInShort(): string {
  return sayThisUnder(named('redlock'), 'the-argument-in-one-minute');
}

/** What is asked before any lock is chosen, in order. */
export function decisionQuestions(): readonly string[] {
  const lesson = named('decide');
  const items = under(lesson, 'four-questions-in-this-order', (tree) => ofType(tree, 'listItem'));
  return items.map((item) => plainText(ofType(item, 'strong')[0] ?? item));
}

function named(slug: string): Lesson {
  const lesson = lessonBySlug(slug);
  if (!lesson) throw new Error(`there is no lesson '${slug}'`);
  return lesson;
}

function sayThisUnder(lesson: Lesson, anchor: string): string {
  const [box] = under(lesson, anchor, (tree) => elements(tree, 'SayThis'));
  if (!box) throw new Error(`${lesson.slug}: nothing is said under #${anchor}`);
  return plainText(box).trim();
}

/** What stands between a heading and the next of its page. */
function under(lesson: Lesson, anchor: string, find: (tree: MdxNode) => readonly MdxNode[]): readonly MdxNode[] {
  const at = lesson.headings.findIndex((heading) => heading.anchor === anchor);
  const from = lesson.headings[at]?.line;
  if (from === undefined) throw new Error(`${lesson.slug} has no heading #${anchor}`);
  const to = lesson.headings[at + 1]?.line ?? Number.POSITIVE_INFINITY;
  return find(parse(lesson.body)).filter(({ position }) => {
    const line = position?.start.line ?? 0;
    return line > from && line < to;
  });
}

function ofType(node: MdxNode, type: string): MdxNode[] {
  const inside = (node.children ?? []).flatMap((child) => ofType(child, type));
  return node.type === type ? [node, ...inside] : inside;
}
