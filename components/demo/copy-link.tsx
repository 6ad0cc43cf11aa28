'use client';
// The address of a demo follows what is done in it; it can be copied, and so can the run as text.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { DemoState } from './use-demo.ts';

type Copied = 'nothing' | 'link' | 'text' | 'link failed' | 'text failed';

const SAID: { readonly [what in Copied]: string } = {
  nothing: '',
  link: 'Copied: it opens this run at this moment.',
  text: 'Copied: the run as lines of text.',
  'link failed': 'Your browser did not allow it. The link is in the address bar.',
  'text failed': 'Your browser did not allow it. The table under “As text” can be copied by hand.',
};

/** Given the state that it keeps there itself, the router would not look, and put its own address back after the next action. */
function show(address: string) {
  history.replaceState(null, '', address);
}

/** Not while a run plays, and not before anything was done: an address that was opened stays as it was. */
export function CopyLink({
  state,
  turned,
  address,
  text,
  children,
}: {
  state: DemoState;
  /** Changes with every knob that is turned. */
  turned: string;
  /** The address of what is on the screen, from its slash on. Asked for when it is needed, since it has to be made. */
  address: () => string;
  text: (address: string) => string;
  /** Other ways to take the run along. */
  children?: ReactNode;
}) {
  const [copied, setCopied] = useState<Copied>('nothing');
  const { trace, cursor, running } = state;
  const touched = useRef(false);
  const opened = useRef({ trace, cursor, turned });
  const latest = useRef(address);
  latest.current = address;
  useEffect(() => {
    const { trace: first, cursor: place, turned: knobs } = opened.current;
    if (first !== trace || place !== cursor || knobs !== turned) touched.current = true;
    setCopied('nothing');
    if (running || !touched.current) return;
    const wait = setTimeout(() => show(latest.current()), 250);
    return () => clearTimeout(wait);
  }, [trace, cursor, running, turned]);

  const copy = async (what: 'link' | 'text') => {
    const link = new URL(address(), location.href).href;
    try {
      await navigator.clipboard.writeText(what === 'link' ? link : text(link));
      setCopied(what);
    } catch {
      show(link);
      setCopied(`${what} failed`);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <Button size="small" onClick={() => copy('link')}>
        Copy link
      </Button>
      <Button size="small" onClick={() => copy('text')}>
        Copy as text
      </Button>
      {children}
      <span className="text-muted empty:absolute not-empty:ml-1" aria-live="polite">
        {SAID[copied]}
      </span>
    </div>
  );
}
