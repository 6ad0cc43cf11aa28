'use client';
// The command palette: one field, the hits below it, and Enter goes there. A combobox in a native dialog: the focus stays in the
// field, and the arrows move a mark that a screen reader is told of.
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Entry } from './entry.ts';
import type { Finder } from './finder.ts';
import { makeFinder } from './index-fetch.ts';
import { says } from './says.ts';
import { useOffline } from './use-offline.ts';

export function Palette({ close }: { close: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  const offline = useOffline();
  const [find, setFind] = useState<Finder | null>(null);
  const [failed, setFailed] = useState(false);
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const found = useMemo(() => (find ? find(query) : null), [find, query]);
  const hits = found?.entries ?? [];
  const at = Math.min(marked, hits.length - 1);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // Without scrolling: the page may have just gone to another place.
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const ask = useCallback(() => {
    setFailed(false);
    makeFinder().then(
      (made) => setFind(() => made),
      () => setFailed(true),
    );
  }, []);
  useEffect(() => {
    ask();
    window.addEventListener('online', ask);
    return () => window.removeEventListener('online', ask);
  }, [ask]);
  useEffect(() => {
    if (at >= 0) document.getElementById(`${name}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, name]);

  // The button is gone then, and the focus with it.
  const askAgain = () => {
    ask();
    dialog.current?.querySelector('input')?.focus();
  };

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    const { pathname, search, hash } = new URL(entry.href, window.location.href);
    const here = pathname === window.location.pathname && search === window.location.search;
    // Another page would be the browser's own page of errors. A place on this one is here already.
    if (offline && !here) {
      setRefused(entry.title);
      return;
    }
    close();
    if (offline) window.location.hash = hash;
    else router.push(entry.href);
  };

  return (
    <dialog
      ref={dialog}
      aria-label="Find"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setMarked(at + 1 >= hits.length ? 0 : at + 1);
        else if (event.key === 'ArrowUp') setMarked(at <= 0 ? hits.length - 1 : at - 1);
        else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) go(hits[at]);
        else return;
        event.preventDefault();
      }}
      className="mx-auto mt-[10vh] mb-auto w-[calc(100%-1.5rem)] max-w-[40rem] border border-ink bg-paper p-0 text-ink backdrop:bg-black/40"
    >
      <div className="flex items-center gap-2 border-b border-line px-4">
        <input
          role="combobox"
          aria-label="Find in the course"
          aria-expanded={hits.length > 0}
          aria-controls={`${name}list`}
          aria-activedescendant={at >= 0 && hits.length > 0 ? `${name}${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Find: fencing, SET NX, session…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setMarked(0);
            setRefused(null);
          }}
          className="min-h-14 w-full bg-transparent text-lg outline-none"
        />
        <button type="button" onClick={close} className="min-h-11 px-2 text-sm text-muted hover:text-ink">
          Close
        </button>
      </div>
      <p role="status" className="px-4 py-2 text-sm text-muted">
        {says({ query, found, failed, offline, refused })}
      </p>
      {failed && !find && !offline && (
        <button type="button" onClick={askAgain} className="mx-4 min-h-11 text-accent underline underline-offset-4">
          Try again
        </button>
      )}
      <div id={`${name}list`} role="listbox" aria-label="Found" className="max-h-[60vh] overflow-y-auto pb-2">
        {hits.map((entry, place) => (
          // A key for the whole list is the field's; a press of the mouse is the same as Enter on the mark.
          <div
            key={entry.id}
            id={`${name}${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            onClick={() => go(entry)}
            onKeyDown={() => undefined}
            onMouseMove={() => place !== at && setMarked(place)}
            className="grid min-h-11 cursor-pointer grid-cols-[5.5rem_1fr] items-baseline gap-x-3 px-4 py-2 aria-selected:bg-accent-soft"
          >
            <span className="text-sm text-muted">{entry.kind}</span>
            <span className="min-w-0">
              {entry.title}
              {entry.kind === 'heading' && <span className="text-muted"> in {entry.text}</span>}
            </span>
          </div>
        ))}
      </div>
    </dialog>
  );
}
