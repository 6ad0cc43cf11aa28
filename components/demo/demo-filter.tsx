'use client';
// Finds a demo by its lock, its use case, what goes wrong or what breaks. A form that any browser can send; with script it answers as
// soon as something is chosen.
import { useRouter } from 'next/navigation';
import { useId, useRef, useTransition } from 'react';
import { buttonClass } from '#components/ui/button.tsx';

export type Choosable = {
  readonly name: string;
  readonly title: string;
  /** What stands for any value. */
  readonly any: string;
  readonly now: string;
  readonly values: readonly { readonly value: string; readonly text: string }[];
};

export function DemoFilter({ action, choices }: { action: string; choices: readonly Choosable[] }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [waiting, begin] = useTransition();
  const id = useId();
  const show = () => {
    const query = queryOf(form.current);
    begin(() => router.replace(`${action}${query && `?${query}`}`, { scroll: false }));
  };
  return (
    <form
      ref={form}
      action={action}
      aria-label="Find a demo"
      aria-busy={waiting}
      className="grid grid-cols-2 items-end gap-x-4 gap-y-3 md:grid-cols-4"
    >
      {choices.map(({ name, title, any, now, values }) => (
        <div key={name} className="min-w-0 text-sm">
          <label htmlFor={`${id}${name}`} className="block text-muted">
            {title}
          </label>
          <select
            key={now}
            id={`${id}${name}`}
            name={name}
            defaultValue={now}
            onChange={show}
            className="mt-1 min-h-11 w-full min-w-0 rounded-[3px] border border-muted bg-paper px-2 text-[0.9375rem] text-ink hover:border-ink"
          >
            <option value="">{any}</option>
            {values.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button type="submit" className={`${buttonClass('quiet')} [@media(scripting:enabled)]:hidden`}>
        Show
      </button>
    </form>
  );
}

function queryOf(form: HTMLFormElement | null): string {
  return queryText([...new FormData(form ?? undefined)].filter(([, value]) => value !== ''));
}

function queryText(pairs: readonly (readonly [name: string, value: FormDataEntryValue])[]): string {
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
}
