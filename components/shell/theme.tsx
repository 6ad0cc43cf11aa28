'use client';
// Light, dark, or as the system says. The choice is kept in the browser and put on <html> before the first paint by
// a script (chosen.ts); without script the system's choice holds.
import { useSyncExternalStore } from 'react';
import { THEME_KEY } from './chosen.ts';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

function current(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function ThemeButton() {
  const theme = useSyncExternalStore(subscribe, current, () => null);
  const next = theme === 'dark' ? 'light' : 'dark';
  function change() {
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(THEME_KEY, next);
    } catch {
      // Storage may be forbidden; the theme then lasts as long as the page.
    }
    for (const listener of listeners) listener();
  }
  return (
    <button
      type="button"
      onClick={change}
      className="inline-flex min-h-11 items-center px-1 text-sm text-muted hover:text-ink"
      aria-label={`Use the ${next} theme`}
      style={{ visibility: theme ? 'visible' : 'hidden' }}
    >
      {next === 'dark' ? 'Dark' : 'Light'}
    </button>
  );
}
