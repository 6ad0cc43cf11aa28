// A labelled input with its hint and its error, tied together for screen readers.
import type { InputHTMLAttributes, ReactNode } from 'react';

export function Field({
  label,
  hint,
  error,
  ...input
}: InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: string; error?: ReactNode }) {
  const name = input.name ?? '';
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={name} className="mb-1 block font-[560]">
        {label}
      </label>
      <input
        {...input}
        id={name}
        className="field"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p id={`${name}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="mt-1 text-sm font-[560]">
          {error}
        </p>
      )}
    </div>
  );
}
