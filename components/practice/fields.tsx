// The template's blanks as form fields. Uncontrolled by anything but their props, so the same fields work as a plain form.
import type { ReactNode } from 'react';
import { longestNotes, longestReason, longestUseCase, parseSeconds } from '#lib/practice/blanks-url.ts';
import { fencingIds, fencingWords, type LockKind, lockGroups, lockWords } from '#lib/practice/template.ts';
import type { Typed } from './draft.ts';

type Change = (name: keyof Typed, value: string) => void;

function Field({
  name,
  label,
  hint,
  wrong = false,
  children,
}: {
  name: keyof Typed;
  label: string;
  hint?: ReactNode;
  /** The hint says what is wrong with the value, so it stands out a little. */
  wrong?: boolean;
  children: ReactNode;
}) {
  return (
    <div>
      <label htmlFor={`blank-${name}`} className="mb-1 block text-sm font-[550]">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`hint-${name}`} className={`mt-1 text-sm ${wrong ? 'text-ink' : 'text-muted'}`}>
          {hint}
        </p>
      )}
    </div>
  );
}

const plainNumber = 'This needs a plain number of seconds, such as 30, at most a day.';

function hintFor(name: 'ttl' | 'heartbeat', typed: Typed, kind: LockKind | null): string | undefined {
  const value = typed[name].trim();
  if (value !== '' && parseSeconds(value, name === 'ttl' ? 0.01 : 0) === null) return plainNumber;
  if (kind !== null && kind !== 'lease') return name === 'ttl' ? 'Only a lease has one.' : undefined;
  return name === 'heartbeat' ? '0 for no renewal.' : undefined;
}

export function BlankFields({ typed, kind, onType }: { typed: Typed; kind: LockKind | null; onType: Change }) {
  const text = (name: keyof Typed) => ({
    id: `blank-${name}`,
    name,
    value: typed[name],
    onChange: (event: { target: { value: string } }) => onType(name, event.target.value),
    className: 'field',
  });
  const number = (name: 'ttl' | 'heartbeat') => {
    const hint = hintFor(name, typed, kind);
    return {
      hint,
      wrong: hint === plainNumber,
      input: (
        <input
          {...text(name)}
          inputMode="decimal"
          autoComplete="off"
          pattern="\s*\d{1,5}(\.\d{1,2})?\s*"
          title={plainNumber}
          aria-invalid={hint === plainNumber}
          aria-describedby={hint ? `hint-${name}` : undefined}
        />
      ),
    };
  };
  const ttl = number('ttl');
  const heartbeat = number('heartbeat');
  return (
    <div className="space-y-5">
      <Field name="useCase" label="Use case">
        <input {...text('useCase')} maxLength={longestUseCase} autoComplete="off" />
      </Field>
      <Field name="lock" label="Lock">
        <select {...text('lock')}>
          <option value="">Choose</option>
          {lockGroups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.locks.map((lock) => (
                <option key={lock} value={lock}>
                  {lockWords[lock].label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </Field>
      <Field name="reason" label="Because">
        <textarea
          {...text('reason')}
          rows={3}
          maxLength={longestReason}
          className="field field-sizing-content min-h-24"
        />
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field name="ttl" label="TTL (seconds)" hint={ttl.hint} wrong={ttl.wrong}>
          {ttl.input}
        </Field>
        <Field name="heartbeat" label="Heartbeat (seconds)" hint={heartbeat.hint} wrong={heartbeat.wrong}>
          {heartbeat.input}
        </Field>
      </div>
      <Field name="fencing" label="Fencing">
        <select {...text('fencing')}>
          <option value="">Choose</option>
          {fencingIds.map((fencing) => (
            <option key={fencing} value={fencing}>
              {fencingWords[fencing]}
            </option>
          ))}
        </select>
      </Field>
      <Field name="notes" label="Anything you would add (optional)">
        <textarea
          {...text('notes')}
          rows={2}
          maxLength={longestNotes}
          className="field field-sizing-content min-h-18"
        />
      </Field>
    </div>
  );
}
