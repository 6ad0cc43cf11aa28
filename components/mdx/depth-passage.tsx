// A passage that goes deeper than a first interview does. Readers who have chosen a lesser depth do not see it (globals.css); to
// everybody else it says for whom it is.
import type { ReactNode } from 'react';

const NAMES = { senior: 'For senior interviews', staff: 'For staff interviews' };

export function DepthPassage({ level, children }: { level: keyof typeof NAMES; children: ReactNode }) {
  return (
    <div data-passage={level} role="group" aria-label={NAMES[level]} className="[&>*+*]:mt-[1em]">
      <p className="font-sans text-[0.8125rem] font-[560] text-muted">{NAMES[level]}</p>
      {children}
    </div>
  );
}
