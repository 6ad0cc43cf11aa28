// Limits the list of a deck. A plain form that any browser can send, so the filters stand in the address and no script is fetched.
import { buttonClass } from '#components/ui/button.tsx';
import type { Filter } from './options.ts';

const field =
  'mt-1 min-h-11 w-full min-w-0 rounded-[3px] border border-muted bg-paper px-2 text-[0.9375rem] text-ink hover:border-ink';

export function DeckFilter({
  words,
  mostLetters,
  filters,
  whole,
}: {
  words: string;
  mostLetters: number;
  filters: readonly Filter[];
  /** The address of the list without a filter; null while there is none. */
  whole: string | null;
}) {
  return (
    // To what was found, so that reading goes on there.
    <form action="/review/deck#found" aria-label="Find cards" className="text-sm">
      <div className="grid grid-cols-2 items-end gap-x-4 gap-y-3 md:grid-cols-3">
        <div className="min-w-0 max-md:col-span-2">
          <label htmlFor="deck-words" className="block text-muted">
            Words
          </label>
          <input
            id="deck-words"
            type="search"
            name="q"
            defaultValue={words}
            maxLength={mostLetters}
            className={field}
          />
        </div>
        {filters.map(({ name, title, any, now, options }) => (
          <div key={name} className={`min-w-0 ${name === 'state' ? 'max-md:col-span-2' : ''}`}>
            <label htmlFor={`deck-${name}`} className="block text-muted">
              {title}
            </label>
            <select id={`deck-${name}`} name={name} defaultValue={now} className={field}>
              <option value="">{any}</option>
              {options.map(({ value, text }) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      <p className="mt-3 flex min-h-11 items-center gap-x-5">
        <button type="submit" className={buttonClass('quiet')}>
          Show
        </button>
        {/* A page of its own, so that the fields are empty there. */}
        {whole !== null && (
          <a href={whole} className="inline-flex min-h-11 items-center">
            Show the whole deck
          </a>
        )}
      </p>
    </form>
  );
}
