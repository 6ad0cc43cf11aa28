'use client';
// The address of a demo follows what is done in it, and can be copied.
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { System } from '#lib/lock/index.ts';
import { toQuery } from './demo-url.ts';
import type { DemoState } from './use-demo.ts';

/** The address follows what is done, so that it can be copied from the bar as well; not while a run plays. */
export function CopyLink({ system, state }: { system: System; state: DemoState }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const { trace, cursor, running } = state;
  const touched = useRef(false);
  const opened = useRef({ trace, cursor });
  useEffect(() => {
    if (opened.current.trace !== trace || opened.current.cursor !== cursor) touched.current = true;
    setCopied('no');
    if (running || !touched.current) return;
    const wait = setTimeout(() => history.replaceState(history.state, '', toQuery(system, trace, cursor)), 250);
    return () => clearTimeout(wait);
  }, [system, trace, cursor, running]);

  const copy = async () => {
    const address = new URL(toQuery(system, trace, cursor), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      setCopied('yes');
    } catch {
      history.replaceState(history.state, '', address);
      setCopied('failed');
    }
  };
  return (
    <p className="flex flex-wrap items-center text-sm">
      <Button size="small" onClick={copy}>
        Copy link
      </Button>
      <span className="text-muted not-empty:ml-3" aria-live="polite">
        {copied === 'yes' && 'Copied: it opens this run at this moment.'}
        {copied === 'failed' && 'Your browser did not allow it. The link is in the address bar.'}
      </span>
    </p>
  );
}
