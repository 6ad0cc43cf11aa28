'use client';
// The four grades, each with the interval that it will really give: preview and grade use the same seeded scheduler.
import { Kbd } from '#components/ui/kbd.tsx';
import { type GradeNumber, grades, type Memory, preview, spoken } from '#lib/study/schedule.ts';

export function GradeBar({
  cardId,
  memory,
  now,
  grade,
}: {
  cardId: string;
  memory: Memory;
  now: number;
  grade: (given: GradeNumber) => void;
}) {
  return (
    <fieldset aria-label="How well did you know it?" className="grid grid-cols-4 gap-2">
      {preview(cardId, memory, now).map(({ grade: given, after }) => (
        <button
          key={given}
          type="button"
          onClick={() => grade(given)}
          className="flex min-h-14 flex-col items-center justify-center rounded-[3px] border border-muted px-1 py-2 hover:border-ink hover:bg-raised"
        >
          <span className="flex items-center gap-2 font-[560]">
            {grades[given - 1]} <Kbd>{given}</Kbd>
          </span>
          <span className="text-sm text-muted">{spoken(after.due - now)}</span>
        </button>
      ))}
    </fieldset>
  );
}
