// A run as a strip: one thin row for each client. Beside other runs it is compared with them, beside the knobs it shows what a turn
// has done. What is drawn is laid out by compare-strip.ts.
import { LIMITS } from '#lib/lock/index.ts';
import type { Strip } from './compare-strip.ts';
import { ClientSign, ink, soft } from './shapes.tsx';

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** For the eye: the sentence beside it says what it shows. */
export function StripView({ strip }: { strip: Strip }) {
  // A crowd of rows says less than its sentence.
  if (strip.rows.length > LIMITS.clients) return null;
  return (
    <div aria-hidden="true" className="mt-1.5">
      {strip.rows.map(({ client, hue, spans, marks }) => (
        <div key={client} className="flex items-center gap-2">
          <span className="w-11 shrink-0 text-sm">
            <ClientSign hue={hue} id={client} />
          </span>
          <div className="relative h-7 min-w-0 flex-1">
            <span className="absolute inset-x-0 top-1/2 border-t border-line" />
            {spans.map(({ kind, from, to, token }, at) => (
              <span
                key={at}
                className={`absolute inset-y-1 overflow-hidden border text-xs leading-[1.1rem] ${kind === 'down' ? 'border-dashed' : ''}`}
                style={{
                  left: percent(from),
                  width: `max(2px, ${percent(to - from)})`,
                  borderColor: kind === 'believes' ? ink(hue) : 'var(--ink)',
                  ...(kind === 'believes' ? { background: soft(hue) } : {}),
                  ...(kind === 'paused'
                    ? {
                        // A tile of whole pixels: a gradient that repeats at an angle comes out in uneven bands.
                        backgroundImage:
                          'linear-gradient(135deg, var(--ink) 10%, transparent 10% 50%, var(--ink) 50% 60%, transparent 60%)',
                        backgroundSize: '6px 6px',
                      }
                    : {}),
                }}
              >
                {kind === 'believes' && token > 0 && <span className="pl-1 font-semibold">{token}</span>}
              </span>
            ))}
            {marks.map(({ kind, at }, index) => (
              <span
                key={index}
                className={`absolute top-1/2 -mt-1 -ml-1 size-2 rotate-45 border-[1.5px] border-ink ${kind === 'wrote' ? 'bg-ink' : 'bg-paper'}`}
                style={{ left: percent(at) }}
              />
            ))}
            {strip.breaks.map((at, index) => (
              <span key={index} className="absolute inset-y-0 w-0.5 bg-broken" style={{ left: percent(at) }} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
