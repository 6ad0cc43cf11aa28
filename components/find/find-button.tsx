'use client';
// Opens the palette, also by Ctrl or Cmd and K from anywhere. The palette itself is fetched when it is first wanted, or a while after
// the page has come to rest, so that it also opens when the connection is gone by then.
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { Kbd } from '#components/ui/kbd.tsx';

type Loaded = { readonly Palette: ComponentType<{ close: () => void }> };

const restMs = 5_000;

/** What is fetched ahead is asked for again when it is wanted, so a failure is nobody's loss. */
function ahead(load: () => Promise<() => Promise<unknown>>): void {
  load()
    .then((prepare) => prepare())
    .catch(() => undefined);
}

export function FindButton() {
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const load = useCallback(async () => {
    const { Palette, prepareFinder } = await import('./palette.tsx');
    setLoaded({ Palette });
    return prepareFinder;
  }, []);
  const open = useCallback(() => {
    setWanted(true);
    load().then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, [load]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', press);
    const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
    const timer = saving ? undefined : setTimeout(() => ahead(load), restMs);
    return () => {
      window.removeEventListener('keydown', press);
      clearTimeout(timer);
    };
  }, [load, open]);
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        className="inline-flex min-h-11 items-center gap-2 px-1 text-sm text-muted hover:text-ink"
      >
        Find <Kbd>Ctrl K</Kbd>
      </button>
      <span role="status" className="text-sm text-muted empty:-ml-4">
        {failed && wanted && !loaded && 'Not fetched: look at your connection.'}
      </span>
      {wanted && loaded && <loaded.Palette close={() => setWanted(false)} />}
    </>
  );
}
