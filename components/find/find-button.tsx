'use client';
// Opens the palette, also by Ctrl or Cmd and K from anywhere. The palette is part of every page, as it is small and has something to say
// without a connection, too. What it searches is fetched when it is first wanted, or when the page has been at rest for a while.
import { useEffect, useState } from 'react';
import { Kbd } from '#components/ui/kbd.tsx';
import { fetchIndex } from './index-fetch.ts';
import { Palette } from './palette.tsx';

const restMs = 5_000;

/** What is fetched ahead is asked for again when it is wanted, so a failure is nobody's loss. */
function fetchAhead(): void {
  fetchIndex().catch(() => undefined);
}

export function FindButton() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setWanted(true);
    };
    window.addEventListener('keydown', press);
    const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
    const timer = saving ? undefined : setTimeout(fetchAhead, restMs);
    return () => {
      window.removeEventListener('keydown', press);
      clearTimeout(timer);
    };
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setWanted(true)}
        aria-haspopup="dialog"
        className="inline-flex min-h-11 items-center gap-2 px-1 text-sm text-muted hover:text-ink"
      >
        Find <Kbd>Ctrl K</Kbd>
      </button>
      {wanted && <Palette close={() => setWanted(false)} />}
    </>
  );
}
