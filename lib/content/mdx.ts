// MDX in two uses: `parse` gives the syntax tree, from which cards, quizzes and claims are read without rendering anything;
// `render` gives the component. Both share one set of plugins, so what is checked is what is shown.

import { createProcessor, evaluate } from '@mdx-js/mdx';
import type { ComponentType } from 'react';
import * as runtime from 'react/jsx-runtime';
import rehypeSlug from 'rehype-slug';
import remarkGfm from 'remark-gfm';
import { parse as parseYaml } from 'yaml';
import { keepUnits } from './keep-units.ts';
import { placeCites } from './place-cites.ts';

/** A node of the syntax tree, as much of it as we look at. */
export type MdxNode = {
  readonly type: string;
  readonly name?: string | null;
  readonly value?: string;
  readonly depth?: number;
  /** Of a link or an image. */
  readonly url?: string;
  /** Of a list: whether it is numbered. */
  readonly ordered?: boolean | null;
  readonly attributes?: readonly { readonly type: string; readonly name?: string; readonly value?: unknown }[];
  readonly children?: readonly MdxNode[];
  readonly position?: { readonly start: { readonly line: number } };
};

export type MdxComponents = Readonly<Record<string, ComponentType<never>>>;

const remarkPlugins = [remarkGfm, placeCites];

/** Splits a file into front matter (as plain data) and body. The body keeps its line numbers for messages. */
export function splitFrontMatter(text: string): { readonly data: unknown; readonly body: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (!match) return { data: null, body: text };
  const blank = '\n'.repeat(match[0].split('\n').length - 1);
  // The line of the opening dashes counts too in a message of the YAML parser.
  return { data: parseYaml(`\n${match[1]}`), body: blank + text.slice(match[0].length) };
}

export function parse(body: string): MdxNode {
  return createProcessor({ remarkPlugins }).parse(body) as unknown as MdxNode;
}

/** Evaluates a body written by the course's authors (never by a user: MDX can run code). */
export async function render(body: string): Promise<ComponentType<{ components: MdxComponents }>> {
  const { default: Body } = await evaluate(body, { ...runtime, remarkPlugins, rehypePlugins: [rehypeSlug, keepUnits] });
  return Body as ComponentType<{ components: MdxComponents }>;
}

/** All elements of these names, in the order of the text. */
export function elements(node: MdxNode, ...names: readonly string[]): MdxNode[] {
  const inside = (node.children ?? []).flatMap((child) => elements(child, ...names));
  const isElement = node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
  return isElement && names.includes(node.name ?? '') ? [node, ...inside] : inside;
}

/** The attributes of an element as plain strings; an attribute without a value is `true`. Expressions are refused. */
export function attributes(node: MdxNode): Record<string, string | true> {
  return Object.fromEntries(
    (node.attributes ?? []).map((attribute) => {
      const { name, value } = attribute;
      if (
        attribute.type !== 'mdxJsxAttribute' ||
        !name ||
        (value !== null && value !== undefined && typeof value !== 'string')
      ) {
        throw new Error(
          `<${node.name}> on line ${node.position?.start.line}: attributes are plain strings, not expressions`,
        );
      }
      return [name, value ?? true];
    }),
  );
}

/** The text inside a node, with inline code in backticks. */
export function plainText(node: MdxNode): string {
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  if (node.type === 'text') return node.value ?? '';
  return (node.children ?? []).map(plainText).join('');
}
