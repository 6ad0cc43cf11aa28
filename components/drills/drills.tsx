'use client';
// All numeric drills on one page. Each begins with the course's own numbers; what was solved on this visit is counted.
import Link from 'next/link';
import { useState } from 'react';
import { drills, otherNumbers } from '#content/drills.ts';
import { DrillForm } from './drill.tsx';

export function Drills({ titles }: { titles: Readonly<Record<string, string>> }) {
  const [seeds, setSeeds] = useState<Readonly<Record<string, number>>>({});
  const [solved, setSolved] = useState<readonly string[]>([]);
  return (
    <>
      <p role="status" className="text-muted">
        {solved.length === 0
          ? `${drills.length} sums. None solved on this visit.`
          : `${solved.length} of ${drills.length} solved on this visit.`}
      </p>
      <ol className="mt-4">
        {drills.map((drill) => {
          const seed = seeds[drill.id] ?? null;
          return (
            <li key={drill.id} id={drill.id} className="scroll-mt-4 border-t border-line py-6 first:border-ink">
              <h2 className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 font-[600]">
                {drill.title}
                {titles[drill.lesson] && (
                  <Link href={`/lessons/${drill.lesson}`} prefetch={false} className="text-sm font-normal">
                    {titles[drill.lesson]}
                  </Link>
                )}
              </h2>
              <DrillForm
                key={seed}
                drill={drill}
                seed={seed}
                another={() => setSeeds({ ...seeds, [drill.id]: otherNumbers(drill, seed) })}
                done={(right) => {
                  if (right && !solved.includes(drill.id)) setSolved([...solved, drill.id]);
                }}
              />
            </li>
          );
        })}
      </ol>
    </>
  );
}
