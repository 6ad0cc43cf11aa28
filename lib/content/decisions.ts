// Choices that took thought, one file each in content/decisions. They are shown by the app, because how the product keeps its own
// writes safe is part of what it teaches.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { splitFrontMatter } from './mdx.ts';

const frontMatter = z.strictObject({ title: z.string().min(1), date: z.iso.date() });

export type Decision = z.infer<typeof frontMatter> & {
  readonly slug: string;
  readonly number: number;
  readonly body: string;
};

const folder = path.join(process.cwd(), 'content', 'decisions');

/** All decisions, oldest first. */
export function allDecisions(): readonly Decision[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .map((name) => {
      const parts = /^(\d{4})-([a-z0-9-]+)\.mdx$/.exec(name);
      if (!parts) throw new Error(`${name}: a decision's file is called NNNN-slug.mdx`);
      const { data, body } = splitFrontMatter(readFileSync(path.join(folder, name), 'utf8'));
      return { ...frontMatter.parse(data), number: Number(parts[1]), slug: parts[2] ?? '', body };
    });
}
