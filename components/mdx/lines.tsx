// The lines of an interview: what the short version says, how an interviewer takes it apart, the line that stands, and the line
// that costs you the job.
import type { ReactNode } from 'react';

function Line({ name, look, children }: { name: string; look: string; children: ReactNode }) {
  return (
    <div className={`border-l-2 pl-4 [&>*+*]:mt-[0.7em] ${look}`}>
      <p className="font-sans text-[0.8125rem] font-[560] text-muted">{name}</p>
      {children}
    </div>
  );
}

export function SimpleLine({ children }: { children: ReactNode }) {
  return (
    <Line name="The simple line" look="border-line text-muted">
      {children}
    </Line>
  );
}

export function TakenApart({ children }: { children: ReactNode }) {
  return (
    <Line name="How an interviewer takes it apart" look="border-muted">
      {children}
    </Line>
  );
}

export function SayThis({ children }: { children: ReactNode }) {
  return (
    <Line name="Say it like this" look="border-accent bg-accent-soft py-3 pr-4">
      {children}
    </Line>
  );
}

export function DontSay({ children }: { children: ReactNode }) {
  return (
    <Line name="Do not say this" look="border-dashed border-ink py-1">
      {children}
    </Line>
  );
}

export function Aside({ children }: { children: ReactNode }) {
  return (
    <div role="note" className="margin-note border-l-2 border-line pl-3 min-[70rem]:border-0 min-[70rem]:pl-0">
      {children}
    </div>
  );
}
