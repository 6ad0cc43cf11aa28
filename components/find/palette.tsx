'use client';
// The command palette: one field, the hits below it, and Enter goes there. Fetched when it is first wanted. A combobox in a
// native dialog: the focus stays in the field, and the arrows move a mark that a screen reader is told of.
import { useRouter } from 'next/navigation';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Entry } from './entry.ts';
import { type Finder, finderOf } from './finder.ts';

let finder: Promise<Finder> | undefined;

/** The index is fetched once; if that fails, the next wish asks again. */
export function prepareFinder(): Promise<Finder> {
  finder ??= fetch('/find.json')
    .then((response) => {
      if (!response.ok) throw new Error(`find.json answered ${response.status}`);
      return response.json() as Promise<readonly Entry[]>;
    })
    .then(finderOf);
  finder.catch(() => {
    finder = undefined;
  });
  return finder;
}

export function Palette({ close }: { close: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  const [find, setFind] = useState<Finder | null>(null);
  const [failed, setFailed] = useState(false);
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const hits = useMemo(() => (find ? find(query) : []), [find, query]);
  const at = Math.min(marked, hits.length - 1);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    prepareFinder().then(
      (made) => setFind(() => made),
      () => setFailed(true),
    );
  }, []);
  useEffect(() => {
    if (at >= 0) document.getElementById(`${name}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, name]);

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    if (entry.href.startsWith('/')) router.push(entry.href);
    else window.location.assign(entry.href);
  };

  const says = failed
    ? 'The index could not be fetched. Look at your connection, then close and open this again.'
    : query.trim() === ''
      ? 'Lessons, headings, demos, cards, questions, drills and sources.'
      : !find
        ? 'Fetching the index.'
        : hits.length === 0
          ? `Nothing is called or mentions “${query.trim()}”.`
          : `${hits.length} found.`;

  return (
    <dialog
      ref={dialog}
      aria-label="Find"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setMarked(at + 1 >= hits.length ? 0 : at + 1);
        else if (event.key === 'ArrowUp') setMarked(at <= 0 ? hits.length - 1 : at - 1);
        else if (event.key === 'Enter') go(hits[at]);
        else return;
        event.preventDefault();
      }}
      className="mx-auto mt-[10vh] mb-auto w-[calc(100%-1.5rem)] max-w-[40rem] border border-ink bg-paper p-0 text-ink backdrop:bg-ink/30"
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
          }}
          className="min-h-14 w-full bg-transparent text-lg outline-none"
        />
        <button type="button" onClick={close} className="min-h-11 px-2 text-sm text-muted hover:text-ink">
          Close
        </button>
      </div>
      <p role="status" className="px-4 py-2 text-sm text-muted">
        {says}
      </p>
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
