// A demo as a thumbnail: its first run as a strip, one row for each client, with beliefs, pauses, writes and the moment at which
// something breaks; a crowd as one square for each, full if it got what only one can have. Drawn on the server, no script, no
// words; whatever it shows is said beside it.
import { compile, type Scenario } from '#lib/lock/index.ts';
import { type Strip, stripOf } from './compare-strip.ts';
import { CROWD } from './crowd.ts';
import { ink, soft } from './hues.ts';
import { firstTrace } from './trace-of.ts';

const WIDE = 112;
const HIGH = 40;
/** Room for a mark at either end. */
const EDGE = 4;

const drawn = new Map<string, Strip>();

export function Thumbnail({ scenario }: { scenario: Scenario }) {
  const strip = drawn.get(scenario.id) ?? stripFor(scenario);
  drawn.set(scenario.id, strip);
  const { rows, breaks } = strip;
  if (rows.length > CROWD) return <CrowdThumbnail rows={rows} />;
  const x = (share: number) => round(EDGE + share * (WIDE - 2 * EDGE));
  const row = HIGH / rows.length;
  const bar = Math.min(8, row * 0.7);
  const dot = Math.min(2.5, row * 0.9);
  const [first] = breaks;
  return (
    <svg width={WIDE} height={HIGH} viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true" className="block shrink-0">
      {rows.map(({ client, hue, spans, marks }, at) => {
        const y = round(row * (at + 0.5));
        return (
          <g key={client}>
            <path d={`M0 ${y}H${WIDE}`} stroke="var(--line)" />
            {spans.map(({ kind, from, to }, index) =>
              kind === 'down' ? (
                <path key={index} d={`M${x(from)} ${y}H${x(to)}`} stroke="var(--paper)" strokeWidth={2} />
              ) : (
                <rect
                  key={index}
                  x={x(from)}
                  y={y - bar / 2}
                  width={round(Math.max(1, x(to) - x(from)))}
                  height={bar}
                  fill={kind === 'paused' ? 'url(#thumbnail-pause)' : soft(hue)}
                  stroke={kind === 'paused' ? 'none' : ink(hue)}
                  strokeWidth={0.75}
                />
              ),
            )}
            {marks.map(({ kind, at: when }, index) => (
              <circle
                key={index}
                cx={x(when)}
                cy={y}
                r={dot}
                fill={kind === 'wrote' ? ink(hue) : 'var(--paper)'}
                stroke={ink(hue)}
              />
            ))}
          </g>
        );
      })}
      {first !== undefined && <path d={`M${x(first)} 0V${HIGH}`} stroke="var(--broken)" strokeWidth={1.5} />}
    </svg>
  );
}

const COLUMNS = 12;
const STEP = 9;

function CrowdThumbnail({ rows }: Pick<Strip, 'rows'>) {
  const served = rows.filter(({ marks }) => marks.some(({ kind }) => kind === 'wrote'));
  return (
    <svg width={WIDE} height={HIGH} viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true" className="block shrink-0">
      {rows.map((row, at) => {
        const place = served.indexOf(row);
        const full = place === 0 ? ink(0) : 'var(--broken)';
        return (
          <rect
            key={row.client}
            x={(at % COLUMNS) * STEP + 3}
            y={Math.floor(at / COLUMNS) * STEP + 3}
            width={STEP - 3}
            height={STEP - 3}
            fill={place === -1 ? 'none' : full}
            stroke={place === -1 ? 'var(--muted)' : full}
            strokeWidth={0.75}
          />
        );
      })}
    </svg>
  );
}

/** Hatching is a paused process. Once on a page, for all of its thumbnails. */
export function ThumbnailHatch() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <defs>
        <pattern id="thumbnail-pause" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M1 0V4" stroke="var(--muted)" strokeWidth="1" />
        </pattern>
      </defs>
    </svg>
  );
}

function stripFor(scenario: Scenario): Strip {
  const system = compile(scenario);
  const trace = firstTrace(system);
  return stripOf(system, trace, trace.steps.at(-1)?.at.$at ?? 1);
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
