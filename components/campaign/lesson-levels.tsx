// The levels that belong to a lesson, at its end. The list is part of the static page; the marks are filled in afterwards.
import Link from 'next/link';
import type { ListedLevel } from '#content/levels/of-lesson.ts';
import { LevelMark } from './level-mark.tsx';

export function LessonLevels({ levels }: { levels: readonly ListedLevel[] }) {
  if (levels.length === 0) return null;
  return (
    <section aria-labelledby="levels" className="mt-12">
      <h2 id="levels" className="text-lg font-[600]">
        Play what you have read
      </h2>
      <ul className="mt-2 border-t border-line">
        {levels.map(({ id, title, goal, href, par, repair }) => (
          <li key={id} className="border-b border-line">
            <Link href={href} prefetch={false} className="group block py-3 text-ink no-underline">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-medium group-hover:underline">{title}</span>
                <LevelMark level={id} par={par} repair={repair} />
              </span>
              <span className="block text-muted">{goal}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
